# SPDX-License-Identifier: EUPL-1.2
"""Events of the whole state: published totals, conferences, money."""

from django.db.models import Q

from asskomm.alliance.domain.facts import known_at, now_known
from asskomm.alliance.models import Event, EventQuerySet
from asskomm.core.clock import clock
from asskomm.core.figures import Question


def events_for(question: Question, *kinds: str) -> EventQuerySet:
    """Give the events of some kinds up to the day, as known then and from facts only where that is asked."""
    known = known_at(clock.end_of(question.known_on))("") if question.known_on else now_known()
    facts = Q(example=False) if question.documented else Q()
    return Event.objects.filter(known, facts, kind__in=kinds, counts_from__lte=question.on).order_by("-counts_from", "-pk")


def published_total(question: Question, measure: str) -> tuple[Event, float] | None:
    """Give the latest published total of a measure up to the day."""
    for event in events_for(question, "state_total"):
        if measure in event.measures:
            return event, event.measures[measure]
    return None
