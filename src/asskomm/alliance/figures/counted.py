# SPDX-License-Identifier: EUPL-1.2
"""Figures that count municipalities or events over the status intervals."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, NamedTuple

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from asskomm.alliance.domain.folding import Interval
from asskomm.alliance.domain.queries.status import audiences_of, intervals_as_known
from asskomm.alliance.domain.queries.totals import published_total
from asskomm.alliance.figures.evidence import evidence, sources_of
from asskomm.alliance.models import Event, StatusInterval
from asskomm.core.estimates import Basis, Estimate
from asskomm.core.figures import Answer, Breakdown, Drilldown, Evidence, Figure, Question, Rows
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.territory.domain.queries.history import municipalities_on
from asskomm.territory.models import Municipality


class Key(NamedTuple):
    """What is counted: a municipality by an opening event, and the day of that event."""

    place: str
    event: int
    since: dt.date
    name: str


@dataclass(frozen=True)
class Counted(Figure):
    """Municipalities or events in a layer.

    Args:
        layer: the status layer.
        by_event: count opening events instead of municipalities.
        ever: count what has begun up to the day, ended or not.
        opened_by: kinds of opening events that count; empty for all.
        total: name of the measure in a published total.
    """

    layer: str = ""
    by_event: bool = False
    ever: bool = False
    opened_by: tuple[str, ...] = ()
    total: str = ""
    breakdowns: ClassVar[Sequence[Breakdown]] = tuple(Breakdown)

    def answer(self, question: Question) -> Answer:
        """Count; from facts only, give the published total with the number proven one by one."""
        count, made_up = self._count(question)
        if not question.documented:
            return Answer(Estimate(count, self.unit, base=count), example=made_up)
        published = published_total(question, self.total) if self.total else None
        if published is None:
            return Answer(Estimate(count, self.unit, base=count), _("einzeln belegt"))
        event, value = published
        sources = sources_of([event], question)
        note = _("gemeldet, %(source)s; davon %(count)s einzeln belegt") % {"source": ", ".join(sources) or event.span, "count": count}
        return Answer(Estimate(int(value), self.unit, Basis.REPORTED, base=count, sources=sources), note)

    def drilldown(self, question: Question) -> Drilldown:
        """Give one row for each municipality or event counted that the reader may see."""
        counted = {self._unit(key) for key in self._keys(question, SYSTEM)}
        seen: dict[str | int, list[Key]] = defaultdict(list)
        for key in self._keys(question, question.reader):
            if self._unit(key) in counted:
                seen[self._unit(key)].append(key)
        groups = sorted(seen.values(), key=lambda keys: min(key.name for key in keys))
        return Drilldown(Rows(groups, self._rows), len(counted) - len(seen))

    def split(self, question: Question, by: Breakdown) -> list[tuple[str, Estimate]]:
        """Count by district, type, size class, field of action or year of the first event."""
        parts: dict[tuple[object, str], set[str | int]] = defaultdict(set)
        keys = self._keys(question, SYSTEM)
        labels = self._labels(by, question.on, keys)
        first: dict[str | int, Key] = {}
        for key in sorted(keys, key=lambda k: (k.since, k.event)):
            first.setdefault(self._unit(key), key)
        for key in first.values() if by is Breakdown.YEAR else keys:
            for label in labels(key):
                parts[label].add(self._unit(key))
        return [(label, Estimate(len(units), self.unit, base=len(units))) for (_order, label), units in sorted(parts.items(), key=lambda p: str(p[0][0]))]

    def _unit(self, key: Key) -> str | int:
        return key.event if self.by_event else key.place

    def _selection(self, question: Question, reader: Principal) -> QuerySet[StatusInterval]:
        on = question.on
        rows = StatusInterval.objects.filter(audience__in=audiences_of(reader), documented=question.documented, layer=self.layer, start__lte=on)
        rows = rows.filter(municipality__valid_from__lte=on, municipality__valid_to__gte=on)
        return rows.filter(event__kind__in=self.opened_by) if self.opened_by else rows

    def _count(self, question: Question) -> tuple[int, bool]:
        if question.known_on:
            keys = self._keys(question, SYSTEM)
            examples = Event.objects.filter(pk__in={key.event for key in keys}, example=True)
            return len({self._unit(key) for key in keys}), examples.exists()
        rows = self._selection(question, SYSTEM)
        rows = rows if self.ever else rows.filter(end__gt=question.on)
        counted = rows.aggregate(n=Count("event" if self.by_event else "municipality", distinct=True), made_up=Count("pk", filter=Q(example=True)))
        return counted["n"], counted["made_up"] > 0

    def _keys(self, question: Question, reader: Principal) -> list[Key]:
        if question.known_on:
            return self._keys_as_known(question, reader)
        rows = self._selection(question, reader).values_list("municipality_id", "event_id", "since", "municipality__name", "end")
        ended = set() if self.ever else {(place, event) for place, event, _since, _name, end in rows if end <= question.on}
        return sorted({Key(*row[:4]) for row in rows if row[:2] not in ended}, key=lambda key: (key.since, key.event, key.place))

    def _keys_as_known(self, question: Question, reader: Principal) -> list[Key]:
        if question.known_on is None:
            return []
        living = municipalities_on(question.on)
        intervals = [i for i in _known(question.known_on, reader, _stamp(), documented=question.documented) if i.layer == self.layer and i.place in living]
        kinds = set(Event.objects.filter(pk__in={i.event for i in intervals}, kind__in=self.opened_by).values_list("pk", flat=True)) if self.opened_by else None
        chosen = (i for i in intervals if i.start <= question.on and (self.ever or i.end > question.on) and (kinds is None or i.event in kinds))
        return [Key(i.place, i.event, i.since, living[i.place].name) for i in chosen]

    def _rows(self, groups: Sequence[list[Key]]) -> list[Evidence]:
        firsts = [keys[0].event for keys in groups]
        events = Event.objects.select_related("kind").in_bulk(firsts)
        places = Municipality.objects.select_related("district").in_bulk([key.place for keys in groups for key in keys])
        shown = ([places[key.place] for key in keys] if self.by_event else [places[keys[0].place]] for keys in groups)
        return [evidence(events[first], named) for first, named in zip(firsts, shown, strict=True)]

    def _labels(self, by: Breakdown, on: dt.date, keys: list[Key]) -> Callable[[Key], Iterable[tuple[object, str]]]:
        places = municipalities_on(on)
        if by is Breakdown.FIELD:
            fields = _fields({key.event for key in keys})
            return lambda key: fields.get(key.event, [(999, _("ohne Angabe"))])
        if by is Breakdown.YEAR:
            return lambda key: [(key.since.year, str(key.since.year))]
        return lambda key: [_trait(places[key.place], by)]


def _trait(place: Municipality, by: Breakdown) -> tuple[object, str]:
    if by is Breakdown.DISTRICT:
        return place.district_id, place.district.name
    if by is Breakdown.KIND:
        return place.kind, place.get_kind_display()
    return f"{place.size_class:09}", place.get_size_class_display()


def _fields(events: set[int]) -> dict[int, list[tuple[object, str]]]:
    fields: dict[int, list[tuple[object, str]]] = defaultdict(list)
    for event, position, name in Event.fields.through.objects.filter(event__in=events).values_list(
        "event_id", "fieldofaction__position", "fieldofaction__name"
    ):
        fields[event].append((f"{position:03}", name))
    return fields


def _stamp() -> tuple[object, ...]:
    return tuple(Event.objects.aggregate(rows=Count("pk"), recorded=Max("recorded_at"), closed=Max("closed_at")).values())


@lru_cache(maxsize=4)
def _known(known_on: dt.date, reader: Principal, stamp: tuple[object, ...], *, documented: bool) -> tuple[Interval, ...]:
    return tuple(intervals_as_known(known_on, reader, documented=documented))
