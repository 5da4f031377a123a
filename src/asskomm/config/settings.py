# SPDX-License-Identifier: EUPL-1.2
"""Django's settings, from the options of the environment."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from asskomm.config import options
from asskomm.config.database_address import read_address
from asskomm.config.secret_file import load_secrets

PACKAGE = Path(__file__).resolve().parent.parent
DATA_FOLDER = options.data_folder()
DATA_FOLDER.mkdir(parents=True, exist_ok=True)
SECRETS_FILE = options.secrets_file()
_SECRETS = load_secrets(SECRETS_FILE)
SECRET_KEY, SECRET_KEY_FALLBACKS = _SECRETS["secret_key"], _SECRETS.get("former_keys", [])

DEBUG = False
ALLOWED_HOSTS = options.HOSTS.read_list()
ROOT_URLCONF = "asskomm.config.urls"
WSGI_APPLICATION = "asskomm.config.wsgi.application"
APPEND_SLASH = True

INSTALLED_APPS = [
    "asskomm.core.ui",
    "asskomm.core.installation",
    "asskomm.core.operation",
    "asskomm.core.jobs",
    "asskomm.core.audit",
    "asskomm.core.retention",
    "asskomm.core.mail",
    "asskomm.core.backup",
    "asskomm.core.merging",
    "asskomm.core.provenance",
    "asskomm.core.imports",
    "asskomm.core.exports",
    "asskomm.core.search",
    "asskomm.territory",
    "asskomm.people",
    "asskomm.library",
    "asskomm.alliance",
    "asskomm.events",
    "asskomm.publishing",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "rules",
]
MIDDLEWARE = [
    "asskomm.core.ui.requests.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # before what answers with files, so that they carry it too
    "asskomm.core.installation.middleware.ExampleStaysLocalMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "asskomm.core.ui.uploads.UploadLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "asskomm.core.ui.language.LanguageMiddleware",
    "asskomm.core.api.transport.TransportMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "asskomm.people.interfaces.middleware.PrincipalMiddleware",
    "asskomm.core.installation.middleware.MaintenanceMiddleware",
    "asskomm.people.interfaces.gate.GateMiddleware",
    "asskomm.core.ui.methods.MethodMiddleware",
    "asskomm.core.ui.parameters.ParameterMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "asskomm.core.ui.frame.frame",
            ],
            "builtins": ["asskomm.core.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "asskomm.core.ui.forms.KernRenderer"

CACHE_TABLE = "shared_cache"  # made by a migration of core.installation
_SQLITE: dict[str, Any] = {
    "ENGINE": "asskomm.core.database.sqlite",
    "NAME": DATA_FOLDER / "asskomm.sqlite3",
    "CONN_MAX_AGE": 60,  # to open it anew costs a third of a small page
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456;",
    },
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": read_address(options.DATABASE_URL.read()) if options.DATABASE_URL.read() else _SQLITE,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "asskomm.people.known_passwords.StolenPasswordValidator"},
    {"NAME": "asskomm.people.known_passwords.WordsOfThePlaceValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:desk"
ACCOUNT_ADAPTER = "asskomm.people.interfaces.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "publishing:home"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "asskomm.people.interfaces.forms.SignInForm"}
MFA_ADAPTER = "asskomm.people.interfaces.mfa_adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "ASSKomm"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "asskomm.people.interfaces.forms.SecondFactorForm",
    "activate_totp": "asskomm.people.interfaces.forms.ActivateForm",
    "add_webauthn": "asskomm.people.interfaces.key_forms.AddKeyForm",
    "edit_webauthn": "asskomm.people.interfaces.key_forms.RenameKeyForm",
}

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_FOLDER / "files"
_MEMORY: dict[str, Any] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
_SHARED: dict[str, Any] = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": CACHE_TABLE}
CACHES = {"default": _SHARED if options.DATABASE_URL.read() else _MEMORY, "local": _MEMORY | {"LOCATION": "local"}}
PAGES_KEPT_SECONDS = 1  # so old may be what strangers read
COUNTS_TOGETHER = bool(options.DATABASE_URL.read())  # requests are counted over all nodes, in the database
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

UPLOAD_LIMIT = options.UPLOAD_LIMIT_MB.read_int() * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = DATA_FOLDER / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)

API_PER_MINUTE = options.API_PER_MINUTE.read_int()
API_TOKEN_PER_MINUTE = options.API_TOKEN_PER_MINUTE.read_int()
COSTLY_PER_MINUTE = options.COSTLY_PER_MINUTE.read_int()
PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = options.PROXIES.read_int()

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
HTTPS = options.HTTPS.read_bool()
COOKIE_PREFIX = "__Host-" if HTTPS else ""  # no other host of the domain can set such a cookie
SECURE_SSL_REDIRECT = HTTPS
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # http://localhost; what a passkey is good for is bound to the name of the host all the same
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [
    *(r"^healthz$", r"^readyz$", r"^metrics$"),  # asked for past the proxy
    r"^api/",  # a program that speaks in the clear is refused, so that whoever wrote it notices
]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME, DEVICE_COOKIE_NAME = (
    f"{COOKIE_PREFIX}{name}" for name in ("sitzung", "csrftoken", "sprache", "geraet")
)
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "asskomm.core.ui.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS: list[str] = []
CONTACT = options.CONTACT.read()
OPERATOR = [line.strip() for line in options.OPERATOR.read().split("|") if line.strip()]
METRICS_TOKEN = options.METRICS_TOKEN.read()
CA_FILE = options.CA_FILE.read()
BACKUPS_ENCIPHERED = bool(options.BACKUP_PASSPHRASE.read())
OIDC_URL = options.OIDC_URL.read().rstrip("/")
OIDC_NAME, OIDC_CLIENT, OIDC_SECRET = options.OIDC_NAME.read(), options.OIDC_CLIENT.read(), options.oidc_secret()

SITE_URL = options.URL.read().rstrip("/")
MAIL_FROM = DEFAULT_FROM_EMAIL = options.MAIL_FROM.read()
MAIL_BOUNCE = options.MAIL_BOUNCE.read()
_MAIL_TLS = options.MAIL_TLS.read_choice("starttls", "tls", "none")
EMAIL_HOST = options.MAIL_HOST.read()
EMAIL_PORT = options.MAIL_PORT.read_int()
EMAIL_HOST_USER = options.MAIL_USER.read()
EMAIL_HOST_PASSWORD = options.mail_password()
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL_TLS == "starttls", _MAIL_TLS == "tls"
EMAIL_TIMEOUT = 30

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {"()": "asskomm.core.ui.logs.TextFormatter"}, "json": {"()": "asskomm.core.ui.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": options.LOG_FORMAT.read_choice("text", "json")}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "asskomm": {"level": "INFO"},
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
