# SPDX-License-Identifier: EUPL-1.2
"""Coordination offices: who holds the posts, which money ends, and which posts are vacant."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import DateField, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Least

from asskomm.people.enums import FunctionRole
from asskomm.people.models import FormerPost, Function, Organisation

SOON = dt.timedelta(days=183)


@dataclass(frozen=True)
class Vacancy:
    """A post that nobody holds, and the last day on which somebody did."""

    organisation: Organisation
    last_day: dt.date


def held_posts(on: dt.date) -> QuerySet[Function]:
    """Give the posts of coordinators that are held on a day; those whose money or time ends first come first."""
    rows = Function.objects.on(on).filter(role=FunctionRole.COORDINATOR)
    never = Value(dt.date.max, DateField())
    ends = Least(Coalesce("end", never), Coalesce("funded_until", never))
    return rows.select_related("person", "organisation__municipality", "deputy").order_by(ends, "organisation__name", "pk")


def ends_of(function: Function) -> dt.date | None:
    """Give the day on which a post ends: with its money or with the function, whichever comes first."""
    days = [day for day in (function.funded_until, function.end) if day is not None]
    return min(days) if days else None


def ending_posts(on: dt.date) -> list[Function]:
    """Give the posts that end within half a year, or whose money has ended already, the first first."""
    ending = [(day, function) for function in held_posts(on) if (day := ends_of(function)) is not None and day <= on + SOON]
    return [function for _day, function in sorted(ending, key=lambda found: (found[0], found[1].pk))]


def vacancies(on: dt.date, organisation: Organisation | None = None) -> list[Vacancy]:
    """Give the posts that somebody held and nobody holds on a day, the longest vacant first, also where it is forgotten who held them."""
    coordinator = Q(role=FunctionRole.COORDINATOR)
    known, forgotten = Function.objects.filter(coordinator, end__lt=on), FormerPost.objects.filter(coordinator, last_day__lt=on)
    held = Function.objects.on(on).filter(coordinator)
    rows = Organisation.objects.filter(Q(pk__in=known.values("organisation")) | Q(pk__in=forgotten.values("organisation")))
    rows = rows.exclude(pk__in=held.values("organisation"))
    if organisation is not None:
        rows = rows.filter(pk=organisation.pk)
    last = Max("functions__end", filter=Q(functions__in=known))
    rows = rows.annotate(last=last, former=Max("former_posts__last_day", filter=Q(former_posts__in=forgotten)))
    found = [Vacancy(body, _later(body.last, body.former)) for body in rows]
    return sorted(found, key=lambda vacancy: (vacancy.last_day, vacancy.organisation.pk))


def _later(*days: dt.date | None) -> dt.date:
    """Give the later of two days of which one at least is known; the databases do not agree on the greatest where one is not."""
    return max(day for day in days if day is not None)
