# SPDX-License-Identifier: EUPL-1.2
"""What ends on a day, for whom, and the deadlines that this room knows itself: posts, functions, vacancies."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.people.domain.queries.posts import vacancies
from asskomm.people.domain.queries.responsibility import responsible_for
from asskomm.people.enums import FunctionRole, OrganisationKind
from asskomm.people.models import Account, Function, Organisation, Person
from asskomm.people.slots import DEADLINES, Deadline, Wanted

_OVERDUE = dt.timedelta(days=365)


def open_deadlines(wanted: Wanted) -> list[Deadline]:
    """Give the deadlines of all rooms, the first first."""
    found = (deadline for room in DEADLINES for deadline in room(wanted))
    return sorted(found, key=lambda deadline: (deadline.day, deadline.key))


def deadlines_of(organisations: Iterable[int], days: int) -> list[Deadline]:
    """Give what is overdue or ends within so many days, of some organisations."""
    today, own = clock.today(), frozenset(organisations)
    return open_deadlines(Wanted(today - _OVERDUE, today + dt.timedelta(days=days), own)) if own else []


def accounts_in_charge(deadline: Deadline, on: dt.date) -> QuerySet[Account]:
    """Give whose matter a deadline is on a day; where a house has nobody left, it is the state council's."""
    bodies = Organisation.objects.filter(pk__in=deadline.organisations)
    people = {person for body in bodies for person in responsible_for(body, on).people}
    if deadline.with_mayor:
        mayors = Function.objects.on(on).filter(organisation__in=bodies, role=FunctionRole.MAYOR)
        people |= set(Person.objects.filter(functions__in=mayors))
    if not people:
        council = Organisation.objects.filter(kind=OrganisationKind.STATE_COUNCIL)
        people = {person for body in council for person in responsible_for(body, on).people}
    return Account.objects.filter(person__in=people, is_active=True).order_by("pk")


def deadlines_of_posts(wanted: Wanted) -> Iterator[Deadline]:
    """Give the ends of money and of functions, and the posts that are vacant."""
    held = Function.objects.on(clock.today()).select_related("person", "organisation")
    if wanted.organisations is not None:
        held = held.filter(organisation__in=wanted.organisations)
    window = (wanted.first, wanted.last)
    for function in held.filter(Q(funded_until__range=window) | Q(end__range=window)):
        yield from _of_function(function, wanted)
    yield from (_vacancy(body, day) for body, day in _vacant(wanted) if day <= wanted.last)  # however long ago: it stays until somebody follows


def _of_function(function: Function, wanted: Wanted) -> Iterator[Deadline]:
    body, path = function.organisation, reverse("people:change_function", args=[function.pk])
    words = {"function": function.name, "organisation": body.name, "name": function.person}
    money, end = function.funded_until, function.end
    if money and wanted.first <= money <= wanted.last and (end is None or money < end):
        text = _("Das Geld für die Stelle „%(function)s“ (%(organisation)s) läuft aus.") % words
        yield Deadline(f"funding:{function.pk}", (body.pk,), money, text, _("Stelle ansehen"), path)
    if end and wanted.first <= end <= wanted.last:
        text = _("%(name)s hört auf: „%(function)s“ (%(organisation)s).") % words
        path = reverse("people:appoint", args=[body.pk])
        yield Deadline(f"function:{function.pk}", (body.pk,), end, text, _("Nachfolge eintragen"), path, with_mayor=True)


def _vacant(wanted: Wanted) -> Iterator[tuple[Organisation, dt.date]]:
    for vacancy in vacancies(clock.today()):
        if wanted.organisations is None or vacancy.organisation.pk in wanted.organisations:
            yield vacancy.organisation, vacancy.last_day


def _vacancy(body: Organisation, last_day: dt.date) -> Deadline:
    text = _("Die Koordinierungsstelle (%(organisation)s) ist frei.") % {"organisation": body.name}
    return Deadline(f"vacancy:{body.pk}", (body.pk,), last_day, text, _("Person eintragen"), reverse("people:appoint", args=[body.pk]), months=())
