# SPDX-License-Identifier: EUPL-1.2
"""Until when the certificate of the site is good, as a browser finds it."""

import datetime as dt
import socket
import ssl
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.installation.trust import trusting
from asskomm.core.operation.registry import Finding

SOON = dt.timedelta(days=21)
_PATIENCE = 5


def expiry() -> Finding:
    """Ask for the certificate and look at its last day."""
    address = urlsplit(settings.SITE_URL)
    if address.scheme != "https":
        return Finding.ok(_("ASSKOMM_URL beginnt nicht mit https; es gibt kein Zertifikat zu prüfen."))
    try:
        end = _last_day(address.hostname or "", address.port or 443)
    except ssl.SSLCertVerificationError as fault:
        text = _("Dem Zertifikat von %(host)s ist nicht zu trauen: %(why)s.") % {"host": address.hostname, "why": fault.verify_message}
        return Finding.fault(text, _("Erneuern Sie es. Stammt es von einer eigenen Stelle, nennen Sie deren Zertifikat in ASSKOMM_CA_FILE."))
    except OSError as fault:
        text = _("%(host)s antwortet nicht über HTTPS: %(why)s.") % {"host": address.hostname, "why": fault.strerror or fault}
        return Finding.warning(
            text, _("Prüfen Sie Proxy, Namen und Firewall. Von manchen Netzen aus ist die eigene Adresse nicht erreichbar; dann ist das ohne Belang.")
        )
    return _judge(end)


def _last_day(host: str, port: int) -> dt.datetime:
    with socket.create_connection((host, port), timeout=_PATIENCE) as line, trusting().wrap_socket(line, server_hostname=host) as secured:
        certificate = secured.getpeercert() or {}
    return dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), dt.UTC)


def _judge(end: dt.datetime) -> Finding:
    text = _("Das Zertifikat gilt bis %(day)s.") % {"day": f"{localtime(end):%d.%m.%Y}"}
    if end - clock.now() < SOON:
        return Finding.warning(text, _("Erneuern Sie es, oder prüfen Sie, warum die automatische Erneuerung ausbleibt."))
    return Finding.ok(text)
