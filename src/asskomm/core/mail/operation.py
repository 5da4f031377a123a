# SPDX-License-Identifier: EUPL-1.2
"""Whether mails go out."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Count, Min
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import clock
from asskomm.core.installation.domain import is_example
from asskomm.core.operation import Check, Finding, Measure, Reading

LATE = dt.timedelta(minutes=30)


def _not_sent() -> Finding | None:
    """Say why nothing is sent here; `None` where it is."""
    if is_example():
        return Finding.ok(_("Im Beispiel verlässt keine E-Mail den Rechner."))
    if not settings.EMAIL_HOST:
        text = _("Es ist kein Mailserver eingestellt; E-Mails warten und werden nicht verschickt.")
        return Finding.warning(text, _("Setzen Sie ASSKOMM_MAIL_HOST, und versuchen Sie „asskomm mail ADRESSE“."))
    return None


def server() -> Finding:
    """Sign in to the mail server, and leave again."""
    from asskomm.core.mail.domain.faults import words_of
    from asskomm.core.mail.server import MailServer

    if found := _not_sent():
        return found
    line = MailServer(timeout=5)
    try:
        line.open()
        line.close()
    except OSError as fault:
        text = _("Der Mailserver %(host)s nimmt keine Verbindung an: %(why)s") % {"host": settings.EMAIL_HOST, "why": words_of(fault)}
        return Finding.fault(text, _("Prüfen Sie ASSKOMM_MAIL_HOST, Port, Verschlüsselung, Name und Passwort, und die Firewall."))
    return Finding.ok(_("Der Mailserver %(host)s antwortet.") % {"host": settings.EMAIL_HOST})


def waiting() -> Finding:
    """Look for a mail that should have gone long ago."""
    oldest = _oldest()
    if oldest is None or clock.now() - oldest < LATE:
        return Finding.ok(_("Keine E-Mail wartet länger, als sie soll."))
    if found := _not_sent():
        return found
    text = _("Die älteste E-Mail wartet seit %(day)s Uhr.") % {"day": f"{localtime(oldest):%d.%m.%Y %H:%M}"}
    return Finding.warning(text, _("Warum, steht im „Postausgang“ bei der E-Mail."))


def _oldest() -> dt.datetime | None:
    from asskomm.core.mail.domain.claims import due

    oldest: dt.datetime | None = due().aggregate(oldest=Min("not_before"))["oldest"]
    return oldest


def _by_state() -> Iterable[Reading]:
    from asskomm.core.mail.enums import MailState
    from asskomm.core.mail.models import Mail

    counts = dict(Mail.objects.order_by().values_list("state").annotate(Count("pk")))
    return [Reading(counts.get(state, 0), {"state": state}) for state in MailState.values]


def _oldest_age() -> Iterable[Reading]:
    oldest = _oldest()
    yield Reading((clock.now() - oldest).total_seconds() if oldest else 0)


CHECKS = (
    Check("mail_server", gettext_lazy("Mailserver"), server, thorough=True),
    Check("mail_waiting", gettext_lazy("E-Mails"), waiting),
)
MEASURES = {
    "mails": Measure("Mails by state.", _by_state),
    "mails_oldest_waiting_seconds": Measure("How long the oldest mail has waited that could go; 0 where none waits.", _oldest_age),
}
