# SPDX-License-Identifier: EUPL-1.2
"""Figures that one event of the whole state carries."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from asskomm.alliance.domain.queries.readable import readable
from asskomm.alliance.domain.queries.totals import events_for
from asskomm.alliance.figures.evidence import evidence_of_state, sources_of, with_parties
from asskomm.alliance.models import Event, EventQuerySet
from asskomm.core.estimates import Basis, Estimate
from asskomm.core.figures import MOST_OCCASIONS, Answer, Drilldown, Evidence, Figure, Question


def _shown(events: list[Event], question: Question) -> Drilldown:
    """Give the rows of events; several figures of a question ask for the same."""
    key = ("shown", *(e.pk for e in events))
    if key not in question.memo:
        seen = Event.objects.filter(pk__in=readable([e.pk for e in events], question.reader)) if events else Event.objects.none()
        question.memo[key] = Drilldown(tuple(evidence_of_state(e) for e in with_parties(seen)), len(events))
    found: Drilldown = question.memo[key]
    return found


@dataclass(frozen=True)
class LatestMeasure(Figure):
    """A number carried by the latest event of a kind up to the day."""

    event_kind: str = ""
    measure: str = ""

    def _latest(self, question: Question) -> Event | None:
        key = ("latest", self.event_kind)
        if key not in question.memo:
            question.memo[key] = events_for(question, self.event_kind).select_related("kind").first()
        found: Event | None = question.memo[key]
        return found

    def answer(self, question: Question) -> Answer:
        """Give the number, or none where there was no such event or it does not say."""
        event = self._latest(question)
        if event is None:
            return Answer(Estimate(None, self.unit, Basis.REPORTED, base=0))
        value, seen = event.measures.get(self.measure), _shown([event], question).rows
        sources = (event.source,) if event.source and seen else ()
        return Answer(Estimate(value, self.unit, Basis.REPORTED, base=1, sources=sources), str(event) if seen else "", example=event.example)

    def occasions(self, question: Question) -> Sequence[dt.date]:
        """Give the days of the latest events of the kind."""
        key = ("occasions", self.event_kind)
        if key not in question.memo:
            days = events_for(question, self.event_kind).order_by("-counts_from").values_list("counts_from", flat=True).distinct()
            question.memo[key] = tuple(days[:MOST_OCCASIONS])[::-1]
        found: tuple[dt.date, ...] = question.memo[key]
        return found

    def drilldown(self, question: Question) -> Drilldown:
        """Give the event."""
        event = self._latest(question)
        return _shown([event] if event else [], question)


@dataclass(frozen=True)
class YearSum(Figure):
    """The sum of the amounts that events of a kind give for the year of the day."""

    event_kind: str = ""

    def _events(self, question: Question) -> EventQuerySet:
        return events_for(question, self.event_kind).filter(measures__year=question.on.year)

    def answer(self, question: Question) -> Answer:
        """Give the sum, or none where nothing is recorded for the year."""
        events = list(self._events(question))
        total = sum(e.amount for e in events if e.amount is not None)
        value = (int(total) if total == int(total) else float(total)) if events else None
        sources = sources_of(events, question)
        return Answer(
            Estimate(value, self.unit, Basis.REPORTED, base=len(events), sources=sources), str(question.on.year), example=any(e.example for e in events)
        )

    def drilldown(self, question: Question) -> Drilldown:
        """Give the events."""
        return _shown(list(self._events(question)), question)


@dataclass(frozen=True)
class DistrictCouncils(Figure):
    """Districts that have a council of their own: events without a municipality, with a district as party."""

    event_kinds: ClassVar[tuple[str, ...]] = ("council_constituted", "council_reactivated")

    def _events(self, question: Question) -> EventQuerySet:
        return events_for(question, *self.event_kinds).filter(parties__kind="district", municipalities__isnull=True)

    def answer(self, question: Question) -> Answer:
        """Count the districts."""
        events = self._events(question)
        count = events.values("parties").distinct().order_by().count()
        return Answer(Estimate(count, self.unit, base=count), example=events.filter(example=True).exists())

    def drilldown(self, question: Question) -> Drilldown:
        """Give for each district its first event that the reader may see."""
        events = {e.pk: e for e in with_parties(self._events(question).distinct())}
        seen = readable(events, question.reader)
        districts: set[str] = set()
        rows: dict[str, Evidence] = {}
        for event in sorted(events.values(), key=lambda e: (e.counts_from, e.pk)):
            for district in (o.name for o in event.parties.all() if o.kind == "district"):
                districts.add(district)
                if event.pk in seen:
                    rows.setdefault(district, replace(evidence_of_state(event), label=district))
        return Drilldown(tuple(rows[name] for name in sorted(rows)), len(districts))
