# SPDX-License-Identifier: EUPL-1.2
"""Settings that leave a door open."""

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from asskomm.core.installation.domain import is_example
from asskomm.core.installation.middleware import is_loopback
from asskomm.core.operation.registry import Finding

_OWNER_ONLY = 0o600
_OF_OTHERS = 0o077


def secrets() -> Finding:
    """Whether only the owner reads the secrets."""
    mode = settings.SECRETS_FILE.stat().st_mode & 0o777
    if not mode & _OF_OTHERS:
        return Finding.ok(_("Die Geheimnisse in %(path)s liest nur ihr Eigentümer.") % {"path": settings.SECRETS_FILE})
    text = _("Die Geheimnisse in %(path)s lesen auch andere (Rechte %(mode)s).") % {"path": settings.SECRETS_FILE, "mode": f"{mode:o}"}
    return Finding.fault(text, f"chmod {_OWNER_ONLY:o} {settings.SECRETS_FILE}")


def _public_names() -> list[str]:
    return [name for name in settings.ALLOWED_HOSTS if not is_loopback(name)]


def https() -> Finding:
    """Whether what others see goes over HTTPS."""
    if not _public_names():
        return Finding.ok(_("Die Seite ist nur auf diesem Rechner erreichbar."))
    if not settings.HTTPS:
        remedy = _("Stellen Sie einen Proxy mit Zertifikat davor, und setzen Sie ASSKOMM_HTTPS=ja.")
        return Finding.fault(_("Die Seite ist unter einem öffentlichen Namen erreichbar, aber nicht über HTTPS."), remedy)
    if "*" in settings.ALLOWED_HOSTS:
        return Finding.warning(_("Die Seite antwortet unter jedem Namen."), _("Nennen Sie in ASSKOMM_HOSTS nur die eigenen Namen."))
    if not settings.PROXIES:
        remedy = _("Setzen Sie ASSKOMM_PROXIES auf die Zahl der eigenen Proxys, meist 1.")
        return Finding.warning(_("Hinter dem Proxy gelten alle Besucher als einer, auch beim Einloggen."), remedy)
    return Finding.ok(_("Die Seite ist nur über HTTPS erreichbar."))


def connections() -> Finding:
    """Whether what leaves this machine for the database or the mail server is encrypted, and the other side is known by its certificate."""
    database = connection.settings_dict
    servers = [server for server in str(database.get("HOST", "")).split(",") if server and not server.startswith("/")]
    known = database.get("OPTIONS", {}).get("sslmode") == "verify-full"
    if not known and not all(map(is_loopback, servers)):
        remedy = _("Hängen Sie an ASSKOMM_DATABASE_URL „?sslmode=verify-full“ an, bei eigener Zertifizierungsstelle mit „&sslrootcert=DATEI“.")
        return Finding.warning(_("Die Verbindung zu PostgreSQL auf einem anderen Rechner prüft dessen Zertifikat nicht."), remedy)
    if settings.EMAIL_HOST and not is_loopback(settings.EMAIL_HOST) and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        return Finding.warning(_("E-Mails gehen unverschlüsselt zum Mailserver."), _("Setzen Sie ASSKOMM_MAIL_TLS auf „starttls“ oder „tls“."))
    return Finding.ok(_("Verbindungen zu anderen Rechnern sind verschlüsselt, oder es gibt keine."))


def example() -> Finding:
    """Whether people who sign in with one click could be met from outside."""
    if not is_example():
        return Finding.ok(_("Dieser Datenordner ist für echte Daten."))
    if not _public_names():
        return Finding.ok(_("Dieser Datenordner enthält das Beispiel und ist nur auf diesem Rechner erreichbar."))
    text = _("Dieser Datenordner enthält das Beispiel, und ASSKOMM_HOSTS nennt einen öffentlichen Namen.")
    return Finding.fault(text, _("Beginnen Sie für echte Daten mit einem neuen Ordner: asskomm --data ORDNER up --no-example"))


def passphrase() -> Finding:
    """Whether backups are enciphered, where they hold real data."""
    if settings.BACKUPS_ENCIPHERED or is_example():
        return Finding.ok(_("Sicherungen werden verschlüsselt.") if settings.BACKUPS_ENCIPHERED else _("Das Beispiel braucht keine Verschlüsselung."))
    remedy = _("Setzen Sie ASSKOMM_BACKUP_PASSPHRASE, und bewahren Sie die Passphrase an einem anderen Ort auf.")
    return Finding.warning(_("Sicherungen werden nur auf Wunsch verschlüsselt; sie enthalten personenbezogene Daten."), remedy)
