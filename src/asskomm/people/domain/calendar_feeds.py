# SPDX-License-Identifier: EUPL-1.2
"""Verbs: open the address under which one's calendar is subscribed to, and close it again."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, require
from asskomm.people.models import Account, CalendarFeed

_TRAIL = "calendar_feeds"
_signer = Signer(salt="asskomm.people.calendar")


def open_feed(account: Account, *, by: Principal) -> CalendarFeed:
    """Give an account a new address for its calendar; the one before answers no longer.

    Raises
    ------
        PermissionDenied: the account is another's.
    """
    require("people.hold_token", by, account)
    with transaction.atomic():
        _close(account, by)
        feed = CalendarFeed.objects.create(account=account, opened_at=clock.now())
        record(_TRAIL, [feed], Action.CREATED, by=by)
    return feed


def close_feed(account: Account, *, by: Principal) -> None:
    """Let the address answer no longer; a second call changes nothing.

    Raises
    ------
        PermissionDenied: the account is another's.
    """
    require("people.hold_token", by, account)
    with transaction.atomic():
        _close(account, by)


def _close(account: Account, by: Principal) -> None:
    for feed in CalendarFeed.objects.filter(account=account):
        record(_TRAIL, [feed], Action.ENDED, by=by)
        feed.delete()


def address_of(feed: CalendarFeed) -> str:
    """Give the address to subscribe to; whoever has it reads the dates."""
    return settings.SITE_URL + reverse("people:calendar_feed", args=[_signer.sign(feed.reference)])


def feed_under(word: str) -> CalendarFeed | None:
    """Give the feed of the word in an address; `None` where it is not ours or was closed."""
    try:
        return CalendarFeed.objects.select_related("account").filter(reference=_signer.unsign(word)).first()
    except BadSignature:
        return None
