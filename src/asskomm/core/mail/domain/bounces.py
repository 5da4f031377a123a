# SPDX-License-Identifier: EUPL-1.2
"""Read what a mail server reports about a mail that did not arrive (RFC 3464), and stop where no mail ever will.

Only the signed token of the return path says which mail it was: everything else in such a report can be made up by anybody.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from django.utils.translation import gettext as _

from asskomm.core.mail.domain.claims import mark_undeliverable, note_bounced
from asskomm.core.mail.domain.faults import masked
from asskomm.core.mail.models import Mail
from asskomm.core.mail.signatures import LENGTH, is_signed
from asskomm.core.references import REFERENCE_LENGTH

LARGEST = 1024 * 1024
_TOKEN = re.compile(rf"\+([0-9a-z]{{{REFERENCE_LENGTH}}})([0-9a-f]{{{LENGTH}}})@", re.IGNORECASE)
_TO = ("X-Original-To", "Delivered-To", "Envelope-To", "To")
_OF_THE_MAIL = re.compile(r"5\.(2\.2|3\.4|7\.\d+)")  # full, too large, refused for policy: another mail may arrive


class BounceError(ValueError):
    """What came is no report about one of our mails; the message is a sentence."""


def take_bounce(report: bytes) -> str:
    """Note that a mail came back, and give a sentence on what was done.

    Raises
    ------
        BounceError: it is no report, or about none of our mails.
    """
    if len(report) > LARGEST:
        raise BounceError(_("Die Meldung ist größer als 1 MB und wird nicht gelesen."))
    message = message_from_bytes(report)
    mail, (status, words) = _mail_of(message), _failure_in(message)
    if not status.startswith("5"):
        return _("Der Mailserver versucht es noch (%(status)s); es bleibt, wie es ist.") % {"status": status}
    note_bounced(mail, words)
    if _OF_THE_MAIL.fullmatch(status):
        return _("Die Nachricht kam zurück (%(status)s); an die Adresse wird weiter geschrieben.") % {"status": status}
    mark_undeliverable(mail.address, words)
    return _("Die Nachricht kam zurück (%(status)s); an die Adresse wird nicht mehr geschrieben.") % {"status": status}


def _mail_of(message: Message) -> Mail:
    for name in _TO:
        for value in message.get_all(name, []):
            for reference, signature in _TOKEN.findall(str(value).lower()):
                if is_signed(signature, "bounce", reference):
                    return _known(reference)
    raise BounceError(_("In den Empfängern der Meldung steht keine unserer Rückadressen."))


def _known(reference: str) -> Mail:
    found = Mail.objects.select_related("address").filter(reference=reference).first()
    if found is None:
        raise BounceError(_("Die Nachricht, um die es geht, ist schon gelöscht."))
    return found


def _failure_in(message: Message) -> tuple[str, str]:
    """Give status and words of the first recipient that the report names; its fields may be damaged in any way."""
    for block in _blocks(message):
        if match := re.match(r"\s*([245]\.\d{1,3}\.\d{1,3})", str(block.get("Status", ""))):
            said = str(block.get("Diagnostic-Code", "")).partition(";")[2]
            return match[1], masked(f"{match[1]} {said}".replace("\x00", ""))
    raise BounceError(_("Das ist keine Meldung über eine Zustellung: Es fehlt der Teil „message/delivery-status“ mit „Status“."))


def _blocks(message: Message) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and isinstance(part.get_payload(), list):
            yield from (block for block in part.get_payload() if isinstance(block, Message))
