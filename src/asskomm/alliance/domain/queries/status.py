# SPDX-License-Identifier: EUPL-1.2
"""Where municipalities stand on a day, as a reader sees it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from asskomm.alliance.domain.facts import known_at, read_facts, read_lives
from asskomm.alliance.domain.folding import Fact, Interval, Life, audiences, fold
from asskomm.alliance.domain.queries.readable import readable
from asskomm.alliance.models import StatusInterval
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal

Standing = dict[str, dict[str, bool]]
"""Layers by municipality key; the value says whether only made-up events put it there."""


def audiences_of(principal: Principal) -> list[str]:
    """Give the audiences whose intervals a reader sees."""
    if principal.everything:
        return ["all"]
    return ["alliance" if principal.is_member else "public", *(f"org:{key}" for key in sorted(principal.organisations))]


def open_on(day: dt.date, principal: Principal, *, documented: bool = False) -> QuerySet[StatusInterval]:
    """Give the intervals open on a day; what one organisation of the reader sees ended has ended for her."""
    mine = Q(audience__in=audiences_of(principal), documented=documented)
    rows = StatusInterval.objects.filter(mine, start__lte=day, end__gt=day)
    if not principal.organisations:
        return rows
    ended = StatusInterval.objects.filter(mine, municipality=OuterRef("municipality"), layer=OuterRef("layer"), event=OuterRef("event"), end__lte=day)
    return rows.filter(~Exists(ended))


def standing_on(day: dt.date, principal: Principal, *, documented: bool = False, places: Iterable[str] | None = None) -> Standing:
    """Give the layers of municipalities on a day; of all of them, or of those named."""
    rows = open_on(day, principal, documented=documented)
    if places is not None:
        rows = rows.filter(municipality__in=list(places))
    return _standing(rows.values_list("municipality_id", "layer", "example"))


def standing_as_known(day: dt.date, known_on: dt.date, principal: Principal, *, documented: bool = False) -> Standing:
    """Give the same as it was known when a day was over; folded anew from the versions of then."""
    intervals = intervals_as_known(known_on, principal, documented=documented)
    return _standing((i.place, i.layer, i.example) for i in intervals if i.start <= day < i.end)


def intervals_as_known(known_on: dt.date, principal: Principal, *, documented: bool = False) -> list[Interval]:
    """Fold every municipality from what was known when a day was over."""
    lives = read_lives()
    at: dict[str, list[Fact]] = defaultdict(list)
    for fact in _seen(read_facts(known_at(clock.end_of(known_on))), principal):
        if not (documented and fact.example):
            _hand_down(at, fact, lives)
    return [interval for place, facts in at.items() for interval in fold(place, facts, lives)]


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
