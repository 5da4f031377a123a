# SPDX-License-Identifier: EUPL-1.2
"""Coordination offices: who holds the posts, which money ends, and which posts are vacant."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from asskomm.people.enums import FunctionRole
from asskomm.people.models import Function, Organisation

SOON = dt.timedelta(days=183)


@dataclass(frozen=True)
class Vacancy:
    """A post that nobody holds, and the last day on which somebody did."""

    organisation: Organisation
    last_day: dt.date


def held_posts(on: dt.date) -> QuerySet[Function]:
    """Give the posts of coordinators that are held on a day; those whose money or time ends first come first."""
    rows = Function.objects.on(on).filter(role=FunctionRole.COORDINATOR)
    return rows.select_related("person", "organisation__municipality", "deputy").order_by("organisation__name", "pk")


def ends_of(function: Function) -> dt.date | None:
    """Give the day on which a post ends: with its money or with the function, whichever comes first."""
    days = [day for day in (function.funded_until, function.end) if day is not None]
    return min(days) if days else None


def ending_posts(on: dt.date) -> list[Function]:
    """Give the posts that end within half a year, or whose money has ended already, the first first."""
    ending = [(day, function) for function in held_posts(on) if (day := ends_of(function)) is not None and day <= on + SOON]
    return [function for _day, function in sorted(ending, key=lambda found: (found[0], found[1].pk))]


def vacancies(on: dt.date, organisation: Organisation | None = None) -> list[Vacancy]:
    """Give the posts that somebody held and nobody holds on a day, the longest vacant first."""
    ended = Function.objects.filter(role=FunctionRole.COORDINATOR, end__lt=on)
    held = Function.objects.on(on).filter(role=FunctionRole.COORDINATOR)
    rows = Organisation.objects.filter(functions__in=ended).exclude(pk__in=held.values("organisation"))
    if organisation is not None:
        rows = rows.filter(pk=organisation.pk)
    last = Max("functions__end", filter=Q(functions__role=FunctionRole.COORDINATOR, functions__end__lt=on))
    return [Vacancy(body, body.last_day) for body in rows.annotate(last_day=last).order_by("last_day", "pk")]
