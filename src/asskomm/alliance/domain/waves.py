# SPDX-License-Identifier: EUPL-1.2
"""Verbs: let many events begin or cease to count at once, without anybody waiting for it.

A wave is made ready in small parts, each a short transaction: its events step onto a side, and the projection follows in the view after it.
Turning it changes one row. Then it is settled in small parts, and goes. Each generator gives its parts, may be begun anew after a break,
and writes nothing twice.
"""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from asskomm.alliance.domain import projection
from asskomm.alliance.domain.drafts import fingerprint
from asskomm.alliance.domain.events import TRAIL, fingerprints_on, index_events
from asskomm.alliance.domain.wave_pieces import MOST_PLACES, cut, in_pieces, places_of, together
from asskomm.alliance.models import CountChange, Event, EventQuerySet, Side, StatusInterval, Wave
from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM, Principal, require
from asskomm.core.visibility.accounts import principal_of_account

Part = Callable[[], None]
_KEPT = dt.timedelta(minutes=2)
_LOOKED_EVERY = 0.5
_COUNTS, _INDEXED = 500, 20


class WaveLostError(Exception):
    """Another one has taken the place of this wave, because it stood still for too long; it can be made ready anew."""


def bring_in(key: str, events: EventQuerySet, *, by: Principal) -> Iterator[Part]:
    """Make staged events ready to begin; what is known already stays closed. `turn` comes after."""
    while True:
        yield from _claimed(key, leaving=False, by=by)
        steady = True
        for piece in in_pieces(_staged(events)):
            known = fingerprints_on({event.first_day for event in piece.events}, piece.places)
            new = {event.pk for event in piece.events if fingerprint(event) not in known}
            wrong = new ^ {event.pk for event in piece.events if event.side == Side.AFTER}
            for some in together([event for event in piece.events if event.pk in wrong]):
                steady = False
                yield partial(_step_over, key, some, new)
        if steady and _is_mine(key, leaving=False):
            return


def take_out(key: str, events: EventQuerySet, *, by: Principal) -> Iterator[Part]:
    """Withdraw events, all at once: make ready, turn, settle.

    Raises
    ------
        PermissionDenied: one of them is not hers to change.
    """
    staying = events.filter(closed_at__isnull=True, side=Side.ALWAYS)
    steady = False
    while not (steady and _is_mine(key, leaving=True)):
        yield from _claimed(key, leaving=True, by=by)
        for piece in in_pieces(staying):  # all of them before the first part: one that is not hers leaves the others untouched
            for event in piece.events:
                require("alliance.change_event", by, event)
        steady = True
        for piece in in_pieces(staying):
            for some in together(piece.events):
                steady = False
                yield partial(_step_aside, key, some)
    yield partial(_turn, key)
    yield from settle()


def turn(key: str) -> int:
    """Let the wave turn; give how many events it carried.

    Raises
    ------
        WaveLostError: it is not there any more.
    """
    _turn(key)
    return Event.objects.exclude(side=Side.ALWAYS).filter(closed_at__isnull=True).count()


def _turn(key: str) -> None:
    with transaction.atomic():
        if not _kept(key):
            raise WaveLostError(_("Die Übernahme stand zu lange still und beginnt von vorn."))
        projection.lock_everywhere()  # so that nobody writes who takes it for not turned
        Wave.objects.filter(key=key).update(turned_at=clock.now())


def settle() -> Iterator[Part]:
    """Let what a wave has turned stand always, and let history and search follow."""
    wave = Wave.objects.filter(turned_at__isnull=False).first()
    if wave is None:
        return
    places = StatusInterval.objects.exclude(side=Side.ALWAYS).order_by("municipality").values_list("municipality", flat=True).distinct()
    for some in cut(list(places), MOST_PLACES):
        yield partial(_while_there, wave, partial(projection.settle, some))
    for references in _references(Event.objects.exclude(side=Side.ALWAYS)):
        yield partial(_while_there, wave, partial(_settle_events, wave, references))
    while _is_there(wave) and CountChange.objects.filter(side=Side.AFTER).exists():
        yield partial(_while_there, wave, partial(projection.settle_counts, _COUNTS))
    yield partial(_end, wave)


def _references(events: EventQuerySet) -> Iterator[list[str]]:
    """Give references a few at a time, each read when it is asked for."""
    last = 0
    while rows := list(events.filter(pk__gt=last).order_by("pk").values_list("pk", "reference")[:_INDEXED]):
        last = rows[-1][0]
        yield [reference for _key, reference in rows]


def _settle_events(wave: Wave, references: Sequence[str]) -> None:
    rows = Event.objects.filter(reference__in=references)
    rows.filter(side=Side.AFTER).update(side=Side.ALWAYS, recorded_at=wave.turned_at)
    gone = rows.filter(side=Side.BEFORE, closed_at__isnull=True)
    withdrawn = list(gone.values_list("reference", flat=True))
    gone.update(side=Side.ALWAYS, closed_at=wave.turned_at, closed_by=wave.account)
    rows.filter(side=Side.BEFORE).update(side=Side.ALWAYS)
    record_keys(TRAIL, withdrawn, Action.WITHDRAWN, by=principal_of_account(wave.account) if wave.account else SYSTEM)
    index_events(references)


def _while_there(wave: Wave, part: Part) -> None:
    """Do a part unless another one has done the last of them meanwhile."""
    if Wave.objects.select_for_update().filter(pk=wave.pk, key=wave.key):
        part()


def _is_there(wave: Wave) -> bool:
    """Whether it is still this one that is under way: the counts that stand on a side may be those of the next."""
    return Wave.objects.filter(pk=wave.pk, key=wave.key).exists()


def _end(wave: Wave) -> None:
    Wave.objects.filter(pk=wave.pk, key=wave.key).delete()


def _claimed(key: str, *, leaving: bool, by: Principal) -> Iterator[Part]:
    """Give parts until this wave is the one under way: settle another that has turned, wait for one at work, clear away one that was left."""
    while not _is_mine(key, leaving=leaving):
        wave = Wave.objects.first()
        if wave is None:
            yield partial(_begin, key, leaving=leaving, by=by)
        elif wave.turned_at:
            yield from settle()
        elif wave.key == key or wave.kept_until < clock.now():
            yield from _given_up(wave)
        else:
            time.sleep(_LOOKED_EVERY)
            yield _nothing


def _begin(key: str, *, leaving: bool, by: Principal) -> None:
    projection.lock_everywhere()  # so that nobody writes who has not seen it
    if not Wave.objects.exists():
        Wave.objects.create(key=key, leaving=leaving, account=by.account, kept_until=clock.now() + _KEPT)


def _nothing() -> None:
    """Let the job see whether it was cancelled."""


def _is_mine(key: str, *, leaving: bool) -> bool:
    return Wave.objects.filter(key=key, leaving=leaving, turned_at__isnull=True).exists()


def _kept(key: str) -> bool:
    """Keep the wave for as long as parts of it are done; false where it is another's by now."""
    return bool(Wave.objects.filter(key=key, turned_at__isnull=True).update(kept_until=clock.now() + _KEPT))


def _staged(events: EventQuerySet) -> EventQuerySet:
    """Keep what was staged and never counted."""
    return events.filter(version=1, side=Side.ALWAYS, closed_at=F("recorded_at")) | events.filter(version=1, side=Side.AFTER)


def _step_over(key: str, events: Sequence[Event], new: set[int]) -> None:
    """Let events step onto the side after the wave, and back those that are known by now."""
    if not _kept(key):
        return
    keys = {event.pk for event in events}
    Event.objects.filter(pk__in=keys & new).update(side=Side.AFTER, closed_at=None)
    Event.objects.filter(pk__in=keys - new).update(side=Side.ALWAYS, closed_at=F("recorded_at"))
    projection.refresh(places_of(events))


def _step_aside(key: str, events: Sequence[Event]) -> None:
    """Let events step onto the side before the wave."""
    if not _kept(key):
        return
    Event.objects.filter(pk__in=[event.pk for event in events], side=Side.ALWAYS, closed_at__isnull=True).update(side=Side.BEFORE)
    projection.refresh(places_of(events))


def _given_up(wave: Wave) -> Iterator[Part]:
    """Take everything back that was made ready for a wave, and let it go."""
    yield partial(_disown, wave)
    wave.key = ""
    for piece in in_pieces(Event.objects.exclude(side=Side.ALWAYS)):
        for some in together(piece.events):
            yield partial(_while_there, wave, partial(_step_back, some))
    while _is_there(wave) and CountChange.objects.filter(side=Side.AFTER).exists():
        yield partial(_while_there, wave, partial(projection.drop_counts, _COUNTS))
    yield partial(_end, wave)


def _disown(wave: Wave) -> None:
    Wave.objects.filter(pk=wave.pk, turned_at__isnull=True).update(key="", kept_until=clock.now())


def _step_back(events: Sequence[Event]) -> None:
    rows = Event.objects.filter(pk__in=[event.pk for event in events])
    rows.filter(side=Side.AFTER).update(side=Side.ALWAYS, closed_at=F("recorded_at"))
    rows.filter(side=Side.BEFORE).update(side=Side.ALWAYS)
    projection.refresh(places_of(events))
