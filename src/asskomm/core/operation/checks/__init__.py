# SPDX-License-Identifier: EUPL-1.2
"""What is looked at in every installation, whatever rooms it has."""

from django.utils.translation import gettext_lazy as _

from asskomm.core.operation.checks import certificate, database, files, machine, protection, validity
from asskomm.core.operation.registry import Check

ALL = (
    Check("integrity", _("Datenbank"), database.integrity, thorough=True),
    Check("engine", _("Version der Datenbank"), database.engine),
    Check("migrations", _("Umstellungen"), database.migrations),
    Check("disk", _("Speicherplatz"), machine.disk, asks_database=False),
    Check("clock", _("Uhr"), machine.clocks),
    Check("zone", _("Zeitzone"), machine.zone, asks_database=False),
    Check("static", _("Gestaltung"), files.static, asks_database=False),
    Check("files", _("Dateien"), files.named, thorough=True),
    Check("secrets", _("Geheimnisse"), protection.secrets, asks_database=False),
    Check("https", _("HTTPS"), protection.https, asks_database=False),
    Check("connections", _("Verbindungen"), protection.connections, asks_database=False),
    Check("example", _("Beispiel"), protection.example),
    Check("passphrase", _("Verschlüsselte Sicherungen"), protection.passphrase),
    Check("certificate", _("Zertifikat"), certificate.expiry, thorough=True, asks_database=False),
    Check("dated_rules", _("Regeln mit Datum"), validity.dated_rules),
)
