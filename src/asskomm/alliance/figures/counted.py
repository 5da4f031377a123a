# SPDX-License-Identifier: EUPL-1.2
"""Figures that count municipalities or events: the value from the changes of the counts, the rows from the intervals."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils.translation import gettext as _

from asskomm.alliance.domain.counts import COUNTS, Count
from asskomm.alliance.domain.folding import Interval
from asskomm.alliance.domain.queries.status import audiences_of, intervals_as_known
from asskomm.alliance.domain.queries.totals import published_total
from asskomm.alliance.figures.evidence import EVENT_COLUMNS, PLACE_COLUMNS, EventRow, PlaceRow, evidence, sources_of
from asskomm.alliance.models import CountChange, Event, StatusInterval
from asskomm.alliance.models.wave import shown
from asskomm.core.estimates import Basis, Estimate
from asskomm.core.figures import OF_MUNICIPALITIES, Answer, Breakdown, Drilldown, Evidence, Figure, Question, Rows
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.territory.domain.queries.history import municipalities_on
from asskomm.territory.models import Municipality

Unit = str | int
_MOST_ASKED = 500


class Key(NamedTuple):
    """What is counted: a municipality by an opening event, and the day of that event."""

    place: str
    event: int
    since: dt.date


@dataclass(frozen=True)
class Counted(Figure):
    """Municipalities or events in a layer; what is counted stands in `COUNTS` under the same key.

    Args:
        total: name of the measure in a published total.
    """

    total: str = ""
    breakdowns: ClassVar[Sequence[Breakdown]] = OF_MUNICIPALITIES

    @property
    def count(self) -> Count:
        """What is counted."""
        return COUNTS[self.key]

    def answer(self, question: Question) -> Answer:
        """Count; from facts only, give the published total with the number proven one by one."""
        count, made_up = self._value(question)
        if not question.documented:
            return Answer(Estimate(count, self.unit, base=count), example=made_up)
        published = published_total(question, self.total) if self.total else None
        if published is None:
            return Answer(Estimate(count, self.unit, base=count), _("einzeln belegt"))
        event, value = published
        sources = sources_of([event], question)
        note = _("gemeldet, %(source)s; davon %(count)s einzeln belegt") % {"source": ", ".join(sources) or event.span, "count": Estimate(count)}
        return Answer(Estimate(int(value), self.unit, Basis.REPORTED, base=count, sources=sources), note)

    def drilldown(self, question: Question) -> Drilldown:
        """Give one row for each municipality or event counted that the reader may see."""
        value, _made_up = self._value(question)
        rows = self._rows_as_known(question) if question.known_on else self._rows(question)
        return Drilldown(rows, value)

    def split(self, question: Question, by: Breakdown) -> list[tuple[str, Estimate]]:
        """Count by district, type, size class, field of action or year of the first event."""
        keys = sorted(self._keys(question), key=lambda key: (key.since, key.event))
        labels = self._labels(by, question.on, keys)
        first: dict[Unit, Key] = {}
        for key in keys:
            first.setdefault(self._unit(key), key)
        parts: dict[tuple[str, str], set[Unit]] = defaultdict(set)
        for key in first.values() if by is Breakdown.YEAR else keys:
            for label in labels(key):
                parts[label].add(self._unit(key))
        return [(label, Estimate(len(units), self.unit, base=len(units))) for (_order, label), units in sorted(parts.items())]

    def _unit(self, key: Key) -> Unit:
        return key.event if self.count.by_event else key.place

    def _value(self, question: Question) -> tuple[int, bool]:
        if question.known_on:
            keys = self._keys(question)
            made_up = Event.objects.filter(pk__in={key.event for key in keys}, example=True).exists()
            return len({self._unit(key) for key in keys}), made_up
        sums = _sums(question, *audiences_of(SYSTEM))
        asked = sums.get((self.key, question.documented), 0)
        return asked, _anything_made_up(question) and asked != sums.get((self.key, not question.documented), 0)

    def _selection(self, question: Question, audiences: Sequence[str]) -> QuerySet[StatusInterval]:
        on = question.on
        rows = StatusInterval.objects.current().filter(
            audience__in=audiences, documented=question.documented, layer=self.count.layer, start__lte=on, until__gt=on
        )
        rows = rows if self.count.ever else rows.filter(true_end__gt=on)
        return rows.filter(kind__in=self.count.opened_by) if self.count.opened_by else rows

    def _rows(self, question: Question) -> Rows:
        audiences = audiences_of(question.reader)
        rows = self._selection(question, audiences)

        def fetch(start: int, stop: int | None) -> list[Evidence]:
            if stop is None:
                groups = _groups_together(question)[self.key] if question.together else self._grouped(_keys_of(rows))
                found = _evidence(question, groups, in_one_place=not self.count.by_event)
                return found if self.count.by_event else sorted(found, key=lambda row: (row.label, row.place))
            units = self._units(rows, start, stop)
            groups = self._grouped(_keys_of(rows.filter(**{f"{self._column}__in": units})), units)
            return _evidence(question, groups, in_one_place=not self.count.by_event)

        return Rows(lambda: self._length(question, *audiences), fetch)

    def _length(self, question: Question, everybody: str, *organisations: str) -> int:
        """Count the rows: what the reader sees as one of many is summed already, what her organisations see besides is little."""
        common = _sums(question, everybody).get((self.key, question.documented), 0)
        if not organisations:
            return common
        seen = self._selection(question, [everybody]).filter(**{self._column: OuterRef(self._column)})
        besides = self._selection(question, organisations).filter(~Exists(seen))
        extra: int = besides.order_by().values(self._column).distinct().count()
        return common + extra

    @property
    def _column(self) -> str:
        return "event" if self.count.by_event else "municipality"

    def _units(self, rows: QuerySet[StatusInterval], start: int, stop: int) -> list[Unit]:
        """Give a stretch of what is counted, in its order; walks along an index, so that a page costs what it shows."""
        counted = Exists(rows.filter(**{self._column: OuterRef("pk")}).order_by())
        if self.count.by_event:
            return list(Event.objects.filter(counted).order_by("counts_from", "pk").values_list("pk", flat=True)[start:stop])
        return list(Municipality.objects.filter(counted).order_by("name", "ags").values_list("pk", flat=True)[start:stop])

    def _rows_as_known(self, question: Question) -> Rows:
        counted = {self._unit(key) for key in self._keys(question)}
        keys = sorted((key for key in self._keys_as_known(question, question.reader) if self._unit(key) in counted), key=lambda key: (key.since, key.event))
        units = list(dict.fromkeys(self._unit(key) for key in keys))

        def fetch(start: int, stop: int | None) -> list[Evidence]:
            return _evidence(question, self._grouped(keys, units[start:stop]), in_one_place=not self.count.by_event)

        return Rows(lambda: len(units), fetch)

    def _grouped(self, keys: Iterable[Key], units: Sequence[Unit] | None = None) -> list[list[Key]]:
        """Put together the keys of each unit, of all or of those wanted in their order."""
        groups: dict[Unit, list[Key]] = {unit: [] for unit in units or ()}
        for key in keys:
            if units is None or self._unit(key) in groups:
                groups.setdefault(self._unit(key), []).append(key)
        return list(groups.values())

    def _keys(self, question: Question) -> list[Key]:
        """Give everything that is counted, whoever asks."""
        if question.known_on:
            return self._keys_as_known(question, SYSTEM)
        rows = self._selection(question, audiences_of(SYSTEM)).values_list("municipality_id", "event_id", "since")
        return [Key(*row) for row in rows]

    def _keys_as_known(self, question: Question, reader: Principal) -> list[Key]:
        on, count = question.on, self.count
        return [
            Key(i.place, i.event, i.since)
            for i in _known(question, reader)
            if i.layer == count.layer and i.start <= on < i.until and (count.ever or on < i.end) and (not count.opened_by or i.kind in count.opened_by)
        ]

    def _labels(self, by: Breakdown, on: dt.date, keys: list[Key]) -> Callable[[Key], Iterable[tuple[str, str]]]:
        places = municipalities_on(on)
        if by is Breakdown.FIELD:
            fields = _fields({key.event for key in keys})
            return lambda key: fields.get(key.event, [("999", _("ohne Angabe"))])
        if by is Breakdown.YEAR:
            return lambda key: [(str(key.since.year), str(key.since.year))]
        return lambda key: [_trait(places[key.place], by)]


def _keys_of(rows: QuerySet[StatusInterval]) -> list[Key]:
    return [Key(*row) for row in rows.order_by("since", "event").values_list("municipality", "event", "since")]


def _groups_together(question: Question) -> dict[str, list[list[Key]]]:
    """Group the rows of all counts at once, and fetch what any of them shows: three queries for all figures of a question."""
    if "groups" not in question.memo:
        on, rows = question.on, _open_rows(question)
        groups: dict[str, dict[Unit, list[Key]]] = {name: {} for name in COUNTS}
        for name, count in COUNTS.items():
            for key, layer, kind, true_end in rows:
                if layer == count.layer and (count.ever or on < true_end) and (not count.opened_by or kind in count.opened_by):
                    groups[name].setdefault(key.event if count.by_event else key.place, []).append(key)
        _fetch(question, [keys for by_unit in groups.values() for keys in by_unit.values()])
        question.memo["groups"] = {name: list(by_unit.values()) for name, by_unit in groups.items()}
    found: dict[str, list[list[Key]]] = question.memo["groups"]
    return found


def _open_rows(question: Question) -> list[tuple[Key, str, str, dt.date]]:
    """Give all intervals of the day that the reader sees, with layer, kind and end."""
    mine = StatusInterval.objects.current().filter(audience__in=audiences_of(question.reader), documented=question.documented)
    rows = mine.filter(start__lte=question.on, until__gt=question.on).order_by("since", "event")
    return [(Key(*row[:3]), *row[3:]) for row in rows.values_list("municipality", "event", "since", "layer", "kind", "true_end")]


def _evidence(question: Question, groups: Sequence[list[Key]], *, in_one_place: bool) -> list[Evidence]:
    """Give a row for each group: its first event, with its one place or with all of them."""
    named = [keys[:1] if in_one_place else keys for keys in groups]
    events, places = _fetch(question, named)
    return [evidence(events[keys[0].event], {key.place: places[key.place] for key in keys}.values()) for keys in named]


def _fetch(question: Question, groups: Sequence[list[Key]]) -> tuple[dict[Unit, EventRow], dict[Unit, PlaceRow]]:
    """Give the first event of each group and all its places; each is fetched once for all figures of a question."""
    events: dict[Unit, EventRow] = question.memo.setdefault("events", {})
    places: dict[Unit, PlaceRow] = question.memo.setdefault("places", {})
    for part in _parts({keys[0].event for keys in groups} - events.keys()):
        events |= {row[0]: EventRow(*row[1:]) for row in Event.objects.filter(pk__in=part).order_by().values_list("pk", *EVENT_COLUMNS)}
    for part in _parts({key.place for keys in groups for key in keys} - places.keys()):
        places |= {row[0]: PlaceRow(*row) for row in Municipality.objects.filter(pk__in=part).order_by().values_list(*PLACE_COLUMNS)}
    return events, places


def _parts(keys: Collection[Unit]) -> Iterator[list[Unit]]:
    """Cut what is looked up into questions that every database takes."""
    ordered = sorted(keys, key=str)
    return (ordered[begin : begin + _MOST_ASKED] for begin in range(0, len(ordered), _MOST_ASKED))


def _sums(question: Question, audience: str) -> dict[tuple[str, bool], int]:
    """Give every count on the day for an audience, with and without what is made up, in one query for all figures of a question."""
    if ("sums", audience) not in question.memo:
        rows = CountChange.objects.filter(shown(), audience=audience, day__lte=question.on)
        if not _anything_made_up(question):  # then everything is proven, and half the changes need not be read
            rows = rows.filter(documented=question.documented)
        totals = rows.values("figure", "documented").annotate(total=Sum("change")).order_by()
        question.memo["sums", audience] = {(row["figure"], row["documented"]): row["total"] for row in totals}
    found: dict[tuple[str, bool], int] = question.memo["sums", audience]
    return found


def _anything_made_up(question: Question) -> bool:
    if "made up" not in question.memo:
        question.memo["made up"] = Event.objects.filter(example=True).exists()
    return bool(question.memo["made up"])


def _known(question: Question, reader: Principal) -> list[Interval]:
    if question.known_on is None:
        return []
    if ("known", reader) not in question.memo:
        question.memo["known", reader] = intervals_as_known(question.known_on, reader, documented=question.documented)
    found: list[Interval] = question.memo["known", reader]
    return found


def _trait(place: Municipality, by: Breakdown) -> tuple[str, str]:
    if by is Breakdown.DISTRICT:
        return place.district_id, place.district.name
    if by is Breakdown.KIND:
        return place.kind, place.get_kind_display()
    return f"{place.size_class:09}", place.get_size_class_display()


def _fields(events: set[int]) -> dict[int, list[tuple[str, str]]]:
    fields: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Event.fields.through.objects.filter(event__in=events).values_list("event_id", "fieldofaction__position", "fieldofaction__name")
    for event, position, name in rows:
        fields[event].append((f"{position:03}", _(name)))
    return fields
