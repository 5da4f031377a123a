# SPDX-License-Identifier: EUPL-1.2
"""Every setting that an administrator can make: name, default, meaning; each has its heading in the handbook."""

import os
from dataclasses import dataclass
from pathlib import Path


class OptionError(ValueError):
    """A setting that cannot be read; the message is one sentence."""


@dataclass(frozen=True)
class Option:
    """One environment variable."""

    name: str
    default: str
    meaning: str

    def read(self) -> str:
        """Give the value of the environment or the default."""
        return os.environ.get(self.name, "").strip() or self.default

    def read_int(self) -> int:
        """Give a whole number.

        Raises
        ------
            OptionError: it is none.
        """
        if not self.read().isdecimal():
            raise OptionError(f"Die Einstellung {self.name} muss eine ganze Zahl sein, nicht „{self.read()}“.")
        return int(self.read())

    def read_list(self) -> list[str]:
        """Give the entries between commas."""
        return [entry.strip() for entry in self.read().split(",") if entry.strip()]

    def read_choice(self, *words: str) -> str:
        """Give one of several words.

        Raises
        ------
            OptionError: it is another.
        """
        if self.read().lower() not in words:
            raise OptionError(f"Die Einstellung {self.name} muss {' oder '.join(f'„{word}“' for word in words)} sein, nicht „{self.read()}“.")
        return self.read().lower()

    def read_bool(self) -> bool:
        """Give yes or no.

        Raises
        ------
            OptionError: it is neither.
        """
        answers = {"1": True, "yes": True, "ja": True, "0": False, "no": False, "nein": False}
        if self.read().lower() not in answers:
            raise OptionError(f"Die Einstellung {self.name} muss „ja“ oder „nein“ sein, nicht „{self.read()}“.")
        return answers[self.read().lower()]


DATA = Option("ASSKOMM_DATA", "data", "Ordner mit allen Daten; dieser Ordner wird gesichert.")
DATABASE_URL = Option("ASSKOMM_DATABASE_URL", "", "Adresse einer PostgreSQL-Datenbank; leer heißt SQLite im Datenordner.")
SECRETS = Option("ASSKOMM_SECRETS", "", "Datei mit den Geheimnissen; leer heißt neben dem Datenordner.")
HOSTS = Option("ASSKOMM_HOSTS", "localhost,127.0.0.1,[::1]", "Namen, unter denen die Seite erreichbar ist, durch Komma getrennt.")
HTTPS = Option("ASSKOMM_HTTPS", "nein", "„ja“, wenn die Seite nur über HTTPS erreichbar ist.")
UPLOAD_LIMIT_MB = Option("ASSKOMM_UPLOAD_LIMIT_MB", "20", "Größte Datei, die eingelesen werden darf, in Megabyte.")
LOG_FORMAT = Option("ASSKOMM_LOG_FORMAT", "text", "„text“ oder „json“: Form des Protokolls auf der Standardfehlerausgabe.")
CONTACT = Option("ASSKOMM_CONTACT", "", "E-Mail-Adresse für Rückfragen, im Fuß jeder Seite.")
OPERATOR = Option("ASSKOMM_OPERATOR", "", "Name und Anschrift der Stelle, die die Seite betreibt, für Impressum und Datenschutz; Zeilen durch | getrennt.")
API_PER_MINUTE = Option("ASSKOMM_API_PER_MINUTE", "300", "Wie viele Anfragen die Schnittstelle von einer Adresse in einer Minute annimmt.")
API_TOKEN_PER_MINUTE = Option("ASSKOMM_API_TOKEN_PER_MINUTE", "1200", "Wie viele Anfragen die Schnittstelle von einem Zugang in einer Minute annimmt.")
COSTLY_PER_MINUTE = Option("ASSKOMM_COSTLY_PER_MINUTE", "240", "Wie viele Suchen und Dateien die Seiten von einer Adresse in einer Minute annehmen.")
PROXIES = Option("ASSKOMM_PROXIES", "0", "Wie viele eigene Proxys vor der Anwendung stehen.")
BACKUP_PASSPHRASE = Option("ASSKOMM_BACKUP_PASSPHRASE", "", "Passphrase, mit der Sicherungen verschlüsselt werden.")
URL = Option("ASSKOMM_URL", "http://localhost:8000", "Adresse der Seite, wie sie in Links von E-Mails steht.")
METRICS_TOKEN = Option(
    "ASSKOMM_METRICS_TOKEN", "", "Geheimnis, mit dem die Überwachung die Messwerte unter /metrics abruft; leer heißt, dass es sie nicht gibt."
)
CA_FILE = Option("ASSKOMM_CA_FILE", "", "Datei mit dem Zertifikat einer eigenen Zertifizierungsstelle (PEM), der diese Installation zusätzlich vertraut.")
MAIL_HOST = Option("ASSKOMM_MAIL_HOST", "", "Mailserver, der E-Mails annimmt; leer heißt, dass keine verschickt wird.")
MAIL_PORT = Option("ASSKOMM_MAIL_PORT", "587", "Port des Mailservers.")
MAIL_USER = Option("ASSKOMM_MAIL_USER", "", "Name, mit dem sich das Programm beim Mailserver anmeldet; leer heißt ohne Anmeldung.")
MAIL_PASSWORD = Option("ASSKOMM_MAIL_PASSWORD", "", "Passwort für den Mailserver.")
MAIL_PASSWORD_FILE = Option("ASSKOMM_MAIL_PASSWORD_FILE", "", "Datei mit dem Passwort für den Mailserver; sie geht vor.")
MAIL_TLS = Option("ASSKOMM_MAIL_TLS", "starttls", "„starttls“, „tls“ oder „none“: wie die Verbindung zum Mailserver verschlüsselt ist.")
MAIL_FROM = Option("ASSKOMM_MAIL_FROM", "asskomm@localhost", "Absender der E-Mails.")
MAIL_BOUNCE = Option("ASSKOMM_MAIL_BOUNCE", "", "Adresse, an die Mailserver melden, was nicht ankam; leer heißt an den Absender.")
OIDC_URL = Option("ASSKOMM_OIDC_URL", "", "Adresse eines Anmeldedienstes (OpenID Connect), mit dem man sich auch einloggen kann; leer heißt keiner.")
OIDC_NAME = Option("ASSKOMM_OIDC_NAME", "Anmeldedienst", "Name des Anmeldedienstes, wie er auf dem Knopf steht.")
OIDC_CLIENT = Option("ASSKOMM_OIDC_CLIENT", "asskomm", "Name, unter dem der Anmeldedienst diese Installation kennt.")
OIDC_SECRET = Option("ASSKOMM_OIDC_SECRET", "", "Geheimnis, mit dem sich diese Installation beim Anmeldedienst ausweist.")
OIDC_SECRET_FILE = Option("ASSKOMM_OIDC_SECRET_FILE", "", "Datei mit dem Geheimnis für den Anmeldedienst; sie geht vor.")

_OIDC = (OIDC_URL, OIDC_NAME, OIDC_CLIENT, OIDC_SECRET, OIDC_SECRET_FILE)
_MAIL = (MAIL_HOST, MAIL_PORT, MAIL_USER, MAIL_PASSWORD, MAIL_PASSWORD_FILE, MAIL_TLS, MAIL_FROM, MAIL_BOUNCE)
OPTIONS = (
    *(DATA, DATABASE_URL, SECRETS, HOSTS, HTTPS, UPLOAD_LIMIT_MB, LOG_FORMAT, CONTACT, OPERATOR, API_PER_MINUTE, API_TOKEN_PER_MINUTE),
    *(COSTLY_PER_MINUTE, PROXIES, BACKUP_PASSPHRASE, URL, METRICS_TOKEN, CA_FILE, *_OIDC, *_MAIL),
)


def mail_password() -> str:
    """Give the password for the mail server, from its file where one is named."""
    return _secret(MAIL_PASSWORD_FILE, MAIL_PASSWORD)


def oidc_secret() -> str:
    """Give the secret for the identity provider, from its file where one is named."""
    return _secret(OIDC_SECRET_FILE, OIDC_SECRET)


def _secret(file: Option, secret: Option) -> str:
    return Path(file.read()).expanduser().read_text(encoding="utf-8").strip() if file.read() else secret.read()


def data_folder() -> Path:
    """Give the data folder as absolute path."""
    return Path(DATA.read()).expanduser().resolve()


def secrets_file() -> Path:
    """Give the file of the secrets: beside the data folder unless set, so that a backup does not hold it."""
    named = SECRETS.read()
    return Path(named).expanduser().resolve() if named else data_folder().with_name(data_folder().name + ".secrets")
