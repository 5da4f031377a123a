# SPDX-License-Identifier: EUPL-1.2
"""Keep the projection of status intervals; the verbs call this within their transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from asskomm.alliance.domain.facts import now_known, read_facts, read_lives
from asskomm.alliance.domain.folding import Fact, Interval, Life, audiences, fold
from asskomm.alliance.models import StatusInterval
from asskomm.territory.domain.queries.history import successors
from asskomm.territory.models import Municipality

_BATCH = 500


def refresh(places: Iterable[str]) -> None:
    """Fold anew the municipalities named and all that took them over."""
    touched = sorted(successors(places))
    _lock(touched)
    lives = read_lives()
    lines = _lines(lives)
    sources = {source for place in touched for source in lines[place]}
    _write(touched, read_facts(now_known, sources), lives, lines)


def _lock(places: Sequence[str]) -> None:
    """Let two writers to one municipality pass one after the other, always in the order of the keys.

    Without this, each would fold without seeing the other's event. SQLite has one writer anyway.
    """
    list(Municipality.objects.select_for_update().filter(ags__in=places).order_by("ags").values_list("ags"))


def rebuild() -> None:
    """Fold every municipality anew, after a load of many events or a change of kinds."""
    lives = read_lives()
    with transaction.atomic():
        _lock(sorted(lives))
        _write(sorted(lives), read_facts(now_known), lives, _lines(lives))


def _lines(lives: Mapping[str, Life]) -> dict[str, list[str]]:
    """Give for each municipality itself and all that went into it."""
    lines: dict[str, list[str]] = defaultdict(list)
    for place in lives:
        step: str | None = place
        while step is not None:
            lines[step].append(place)
            step = lives[step].successor
    return lines


def _write(touched: Sequence[str], facts: Iterable[Fact], lives: Mapping[str, Life], lines: Mapping[str, list[str]]) -> None:
    at: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        at[fact.place].append(fact)
    for begin in range(0, len(touched), _BATCH):
        StatusInterval.objects.filter(municipality__in=touched[begin : begin + _BATCH]).delete()
    rows = (row for place in touched for row in _rows(place, [f for source in lines[place] for f in at[source]], lives))
    StatusInterval.objects.bulk_create(rows, batch_size=_BATCH)


def _rows(place: str, facts: list[Fact], lives: Mapping[str, Life]) -> list[StatusInterval]:
    rows = []
    for documented in (False, True):
        for audience, seen in audiences(f for f in facts if not (documented and f.example)).items():
            rows += [_row(interval, audience, documented=documented) for interval in fold(place, seen, lives)]
    return rows


def _row(interval: Interval, audience: str, *, documented: bool) -> StatusInterval:
    return StatusInterval(
        municipality_id=interval.place,
        layer=interval.layer,
        audience=audience,
        documented=documented,
        event_id=interval.event,
        start=interval.start,
        end=interval.end,
        since=interval.since,
        example=interval.example,
    )


def differences() -> list[str]:
    """Give the municipalities whose projection does not equal their events; empty when all is well."""
    lives = read_lives()
    lines = _lines(lives)
    at: dict[str, list[Fact]] = defaultdict(list)
    for fact in read_facts(now_known):
        at[fact.place].append(fact)
    kept: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for row in StatusInterval.objects.iterator():
        kept[row.municipality_id].add(_content(row))
    expected = {place: {_content(row) for row in _rows(place, [f for source in lines[place] for f in at[source]], lives)} for place in lives}
    return sorted(place for place in lives if expected[place] != kept[place])


def _content(row: StatusInterval) -> tuple[object, ...]:
    return row.audience, row.documented, row.layer, row.event_id, row.start, row.end, row.since, row.example
