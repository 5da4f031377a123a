# SPDX-License-Identifier: EUPL-1.2
"""What this room puts on the desk: what is due, dates, whom to ask, the first steps."""

import datetime as dt
from collections.abc import Iterator
from typing import cast

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from asskomm.core.calendar import Entry
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, ReaderRequest, Role, allowed
from asskomm.people.domain.queries.competence import competent_on
from asskomm.people.domain.queries.dates import own_dates, own_deadlines
from asskomm.people.domain.queries.posts import ending_posts, ends_of, vacancies
from asskomm.people.enums import RUNS_A_HOUSE, OrganisationKind, RelationKind
from asskomm.people.models import Account, CalendarFeed, Function, Organisation, Profile, Relation
from asskomm.people.slots import Deadline, FirstStep

_HALF_A_YEAR, _MOST, _MOST_NAMES = 183, 5, 3
_OF_A_PLACE = (Role.COORDINATOR, Role.MAYOR, Role.DISTRICT)


def due_deadlines(request: ReaderRequest) -> list[Deadline]:
    """Give what is overdue or ends within half a year, asked for once a request."""
    known: list[Deadline] | None = getattr(request, "due_deadlines", None)
    if known is None:
        known = own_deadlines(request.principal, _HALF_A_YEAR)
        vars(request)["due_deadlines"] = known
    return known


def due(request: ReaderRequest) -> str:
    """Show what is due, with one button each, to whoever runs a house."""
    if not request.principal.has(*RUNS_A_HOUSE):
        return ""
    rows = [(deadline, _in_words(deadline, clock.today())) for deadline in due_deadlines(request)]
    return render_to_string("people/box_due.html", {"rows": rows}, request)


def _in_words(deadline: Deadline, today: dt.date) -> str:
    days = (deadline.day - today).days
    if days < 0:
        return _("seit %(day)s") % {"day": f"{deadline.day:%d.%m.%Y}"}
    words = {0: _("heute"), 1: _("morgen")}
    return words.get(days) or _("noch %(days)s Tage, bis %(day)s") % {"days": days, "day": f"{deadline.day:%d.%m.%Y}"}


def dates(request: ReaderRequest) -> str:
    """Show the next dates that are no deadlines, and offer the calendar."""
    today = clock.today()
    coming = [entry for entry in own_dates(request.principal, deadlines=False) if _day(entry) >= today]
    return render_to_string("people/box_dates.html", {"entries": coming[:_MOST]}, request)


def _day(entry: Entry) -> dt.date:
    return entry.start.date() if isinstance(entry.start, dt.datetime) else entry.start


def contacts(request: ReaderRequest) -> str:
    """Show whom to ask: the state council, the police, the district, the coach, with names and what is known of how they are reached."""
    bodies = list(dict.fromkeys(_contacts_of(request.principal)))
    profiles = {profile.organisation_id: profile.as_read(member=True) for profile in Profile.objects.filter(organisation__in=bodies)}
    people = _people_of(bodies, request.principal)
    own = request.principal.organisations
    rows = [(body, profiles.get(body.pk, {}), people[body.pk][:_MOST_NAMES]) for body in bodies if body.pk not in own or people[body.pk]]
    return render_to_string("people/box_contacts.html", {"rows": rows}, request) if rows else ""


def _contacts_of(principal: Principal) -> Iterator[Organisation]:
    today = clock.today()
    yield from Organisation.objects.filter(kind=OrganisationKind.STATE_COUNCIL)
    own = Organisation.objects.filter(pk__in=principal.organisations).select_related("municipality")
    for bodies in competent_on(today, [body.municipality_id for body in own if body.municipality_id]).values():
        yield from bodies
    yield from Organisation.objects.filter(district__municipalities__organisation__in=[body.pk for body in own]).distinct()
    for relation in Relation.objects.on(today).filter(subject__in=[b.pk for b in own], kind=RelationKind.MEMBER_OF).select_related("target"):
        yield relation.target
    yield from own


def _people_of(bodies: list[Organisation], principal: Principal) -> dict[int, list[Function]]:
    """Give who serves where, as every member reads it on the page of an organisation; of her own houses the coaches alone."""
    found: dict[int, list[Function]] = {body.pk: [] for body in bodies}
    for function in Function.objects.on(clock.today()).filter(organisation__in=bodies).select_related("person"):
        if function.organisation_id not in principal.organisations or function.role == Role.COACH:
            found[function.organisation_id].append(function)
    return found


def posts(request: ReaderRequest) -> str:
    """Show the state council which posts end or are vacant."""
    if not allowed("people.see_vacancies", request.principal):
        return ""
    today = clock.today()
    ending = [(function, ends_of(function)) for function in ending_posts(today)[:_MOST]]
    return render_to_string("people/box_posts.html", {"ending": ending, "vacancies": vacancies(today)[:_MOST]}, request)


def access_step(request: ReaderRequest) -> FirstStep | None:
    """Let her choose how she gets in."""
    from allauth.mfa.utils import is_mfa_enabled

    if _own_house(request.principal) is None:
        return None
    own = cast("Account", request.user)
    return FirstStep(_("Wählen Sie, wie Sie sich einloggen."), reverse("people:account"), own.has_usable_password() or is_mfa_enabled(own))


def profile_step(request: ReaderRequest) -> FirstStep | None:
    """Let the house say how it is reached."""
    body = _own_house(request.principal)
    if body is None:
        return None
    path = reverse("people:profile", args=[body.pk])
    done = Profile.objects.filter(organisation=body, released_at__isnull=False).exists()
    return FirstStep(_("Sagen Sie, wie Ihre Stelle erreichbar ist, und geben Sie es frei."), path, done)


def deputy_step(request: ReaderRequest) -> FirstStep | None:
    """Let somebody stand in."""
    own = Function.objects.on(clock.today()).filter(person__account=request.principal.account, role__in=[Role.COORDINATOR, Role.DISTRICT]).first()
    if own is None:
        return None
    return FirstStep(_("Nennen Sie, wer Sie vertritt."), reverse("people:change_function", args=[own.pk]), own.deputy_id is not None)


def coordinator_step(request: ReaderRequest) -> FirstStep | None:
    """Let the mayor say who coordinates."""
    house = Organisation.objects.filter(pk__in=request.principal.houses(Role.MAYOR)).first()
    if house is None:
        return None
    done = Function.objects.on(clock.today()).filter(organisation=house, role=Role.COORDINATOR).exists()
    return FirstStep(_("Tragen Sie ein, wer bei Ihnen koordiniert."), reverse("people:appoint", args=[house.pk]), done)


def calendar_step(request: ReaderRequest) -> FirstStep | None:
    """Let her own calendar know the dates."""
    done = CalendarFeed.objects.filter(account=request.principal.account).exists()
    return FirstStep(_("Holen Sie sich Ihre Termine in den eigenen Kalender."), reverse("people:dates"), done) if _own_house(request.principal) else None


def _own_house(principal: Principal) -> Organisation | None:
    if not principal.has(*_OF_A_PLACE):
        return None
    return Organisation.objects.filter(pk__in=principal.houses(*_OF_A_PLACE), kind__in=[OrganisationKind.MUNICIPALITY, OrganisationKind.DISTRICT]).first()
