# SPDX-License-Identifier: EUPL-1.2
"""Who sends which mail: one worker at a time, and where a mail goes on after a fault."""

import datetime as dt

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.mail.enums import MailState
from asskomm.core.mail.models import Address, Mail
from asskomm.core.mail.registry import MAIL_KINDS
from asskomm.core.visibility import Principal, require

LEASE = dt.timedelta(minutes=10)
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
_LOOKED_AT = 20


def due() -> QuerySet[Mail]:
    """Give what may go now and nobody is sending."""
    now = clock.now()
    waiting = Mail.objects.filter(state=MailState.WAITING, not_before__lte=now)
    return waiting.exclude(lease_until__gt=now)


def claim() -> Mail | None:
    """Take up the next mail that is due; two workers never get the same before its lease has ended."""
    while keys := list(due().order_by("not_before", "pk").values_list("pk", "fence")[:_LOOKED_AT]):
        for key, fence in keys:
            taken = Mail.objects.filter(pk=key, fence=fence, state=MailState.WAITING)
            if taken.update(fence=fence + 1, attempts=F("attempts") + 1, lease_until=clock.now() + LEASE):
                return Mail.objects.select_related("address").get(pk=key)
    return None


def note_sent(mail: Mail) -> None:
    """Write down that the server has taken it."""
    _mine(mail).update(state=MailState.SENT, sent_at=clock.now(), lease_until=None, last_fault="", text=_kept(mail))


def suppress(mail: Mail, why: str, *, keep_text: bool = False) -> None:
    """End it without sending; what it said goes, unless somebody is to read it here."""
    _mine(mail).update(state=MailState.SUPPRESSED, lease_until=None, last_fault=why[:500], text=mail.text if keep_text else "")


def refuse(mail: Mail, fault: str) -> None:
    """End it because no further attempt would help."""
    _mine(mail).update(state=MailState.FAILED, lease_until=None, last_fault=fault[:500], text=_kept(mail))


def put_off(mail: Mail, fault: str) -> None:
    """Try again later, with a longer pause each time; after the last one it has failed."""
    if mail.attempts > len(PAUSES):
        refuse(mail, fault)
    else:
        _mine(mail).update(not_before=clock.now() + PAUSES[mail.attempts - 1], lease_until=None, last_fault=fault[:500])


def note_bounced(mail: Mail, fault: str) -> None:
    """Write down that it came back, whatever was thought of it before."""
    Mail.objects.filter(pk=mail.pk).update(state=MailState.BOUNCED, lease_until=None, last_fault=fault[:500])


def mark_undeliverable(address: Address, fault: str) -> None:
    """Write to an address no more, until an administrator says otherwise."""
    Address.objects.filter(pk=address.pk).update(undeliverable_since=clock.now(), fault=fault[:500])


def write_again(address: Address, *, by: Principal) -> None:
    """Let mails go to an address again.

    Raises
    ------
        PermissionDenied: the reader does not run the installation.
    """
    require("mail.see_outbox", by)
    with transaction.atomic():
        Address.objects.filter(pk=address.pk).update(undeliverable_since=None, fault="")
        record_keys("addresses", [address.reference], Action.RESTORED, by=by)


def hindrance(mail: Mail) -> str:
    """Say why a mail must not go; empty where it may."""
    if mail.address.undeliverable_since:
        return _("An diese Adresse ist nichts zustellbar.")
    if mail.address.unsubscriptions.filter(kind=mail.kind).exists():
        return _("Abbestellt.")
    return ""


def _mine(mail: Mail) -> QuerySet[Mail]:
    return Mail.objects.filter(pk=mail.pk, fence=mail.fence, state=MailState.WAITING)


def _kept(mail: Mail) -> str:
    """Give what is kept of a text once nobody sends it any more: nothing of one with a secret."""
    return "" if mail.kind in MAIL_KINDS and MAIL_KINDS[mail.kind].secret else mail.text
