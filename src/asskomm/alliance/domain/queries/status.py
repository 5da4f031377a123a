# SPDX-License-Identifier: EUPL-1.2
"""Where municipalities stand on a day, as a reader sees it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from asskomm.alliance.domain.facts import Known, known_at, now_known, read_facts, read_lives
from asskomm.alliance.domain.folding import Fact, Interval, Life, audiences, fold
from asskomm.alliance.domain.queries.readable import readable
from asskomm.alliance.models import Event, StatusInterval
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, Visibility
from asskomm.territory.domain.queries.history import successors

Standing = dict[str, dict[str, bool]]
"""Layers by municipality key; the value says whether only made-up events put it there."""


def audiences_of(principal: Principal) -> list[str]:
    """Give the audiences whose intervals a reader sees."""
    if principal.everything:
        return ["all"]
    return ["alliance" if principal.is_member else "public", *(f"org:{key}" for key in sorted(principal.organisations))]


class Open(NamedTuple):
    """A municipality stands in a layer, opened by an event on a day."""

    place: str
    layer: str
    event: int
    since: dt.date
    example: bool


def open_on(day: dt.date, principal: Principal, *, documented: bool = False, places: Iterable[str] | None = None) -> list[Open]:
    """Give what is open on a day as a reader sees it, in all municipalities or in those named."""
    keys = None if places is None else list(places)
    if len(principal.organisations) < _SEVERAL:
        return _kept(_rows_on(day, principal, documented=documented), keys)
    apart = _seen_by_several(principal, keys)
    folded = _fold_seen(now_known, principal, documented=documented, only=apart)
    plain = _rows_on(day, replace(principal, organisations=frozenset()), documented=documented).exclude(municipality__in=apart)
    return _kept(plain, keys) + [Open(i.place, i.layer, i.event, i.since, i.example) for i in folded if i.start <= day < i.end]


_SEVERAL = 2
_COLUMNS = ("municipality_id", "layer", "event_id", "since", "example")


def _kept(rows: QuerySet[StatusInterval], places: list[str] | None) -> list[Open]:
    rows = rows if places is None else rows.filter(municipality__in=places)
    return [Open(*row) for row in rows.values_list(*_COLUMNS)]


def _rows_on(day: dt.date, principal: Principal, *, documented: bool) -> QuerySet[StatusInterval]:
    """Give the open intervals for a reader of at most one organisation; what it sees ended has ended for her."""
    mine = Q(audience__in=audiences_of(principal), documented=documented)
    rows = StatusInterval.objects.current().filter(mine, start__lte=day, end__gt=day)
    if not principal.organisations:
        return rows
    ended = StatusInterval.objects.current().filter(mine, municipality=OuterRef("municipality"), layer=OuterRef("layer"), event=OuterRef("event"), end__lte=day)
    return rows.filter(~Exists(ended))


def _seen_by_several(principal: Principal, places: list[str] | None) -> set[str]:
    """Give the municipalities of which one of her organisations sees more than the alliance.

    One may see the beginning and another the end, so that no audience's intervals show what she sees: these are folded for her.
    """
    narrow = Event.objects.current().visible_to(principal).filter(visibility__in=(Visibility.PRIVATE, Visibility.PARTNERS))
    named = Event.municipalities.through.objects.filter(event__in=narrow.values("pk")).values_list("municipality_id", flat=True)
    found = successors(set(named))
    return found if places is None else found & set(places)


def in_layer(layer: str, day: dt.date, principal: Principal, *, documented: bool = False) -> Q:
    """Give the condition on municipalities that stand in a layer; looked up one by one, so that a page of a list costs what it shows."""
    if len(principal.organisations) < _SEVERAL:
        return Q(Exists(_rows_on(day, principal, documented=documented).filter(layer=layer, municipality=OuterRef("pk"))))
    return Q(pk__in={found.place for found in open_on(day, principal, documented=documented) if found.layer == layer})


def standing_on(day: dt.date, principal: Principal, *, documented: bool = False, places: Iterable[str] | None = None) -> Standing:
    """Give the layers of municipalities on a day; of all of them, or of those named."""
    return _standing((found.place, found.layer, found.example) for found in open_on(day, principal, documented=documented, places=places))


def standing_as_known(day: dt.date, known_on: dt.date, principal: Principal, *, documented: bool = False) -> Standing:
    """Give the same as it was known when a day was over; folded anew from the versions of then."""
    intervals = intervals_as_known(known_on, principal, documented=documented)
    return _standing((i.place, i.layer, i.example) for i in intervals if i.start <= day < i.end)


def intervals_as_known(known_on: dt.date, principal: Principal, *, documented: bool = False) -> list[Interval]:
    """Fold every municipality from what was known when a day was over."""
    return _fold_seen(known_at(clock.end_of(known_on)), principal, documented=documented)


def _fold_seen(known: Known, principal: Principal, *, documented: bool, only: set[str] | None = None) -> list[Interval]:
    lives = read_lives()
    at: dict[str, list[Fact]] = defaultdict(list)
    for fact in _seen(read_facts(known), principal):
        if not (documented and fact.example):
            _hand_down(at, fact, lives)
    return [interval for place, facts in at.items() if only is None or place in only for interval in fold(place, facts, lives)]


def _seen(facts: list[Fact], principal: Principal) -> Iterable[Fact]:
    by_audience = audiences(facts)
    seen = {fact for name in audiences_of(principal) for fact in by_audience.get(name, [])}
    kept = readable({fact.event for fact in seen}, principal)
    return (fact for fact in facts if fact in seen and fact.event in kept)


def _hand_down(at: dict[str, list[Fact]], fact: Fact, lives: dict[str, Life]) -> None:
    step: str | None = fact.place
    while step is not None:
        at[step].append(fact)
        step = lives[step].successor


def _standing(rows: Iterable[tuple[str, str, bool]]) -> Standing:
    standing: Standing = defaultdict(dict)
    for place, layer, example in rows:
        standing[place][layer] = standing[place].get(layer, True) and example
    return standing
