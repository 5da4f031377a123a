# SPDX-License-Identifier: EUPL-1.2
"""How a gathering stands: places, line, and somebody's place in it."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asskomm.core.estimates import Estimate
from asskomm.events.domain.programme_content import Part
from asskomm.events.enums import RegistrationState
from asskomm.events.models import Gathering, Places, Registration, SessionPlaces
from asskomm.events.models.places import Counter


def places_line(gathering: Gathering) -> str:
    """Say how many places are left; empty where nobody registers."""
    whole = Places.objects.filter(gathering=gathering, contingent="").first()
    if whole is None:
        return ""
    return free_line(whole) if whole.has_room else _("Alle Plätze sind vergeben. Sie kommen auf die Warteliste.")


def session_places_line(gathering: Gathering, part: Part) -> str:
    """Say how many places of a session are left; empty where everybody can come."""
    counter = SessionPlaces.objects.filter(session__gathering=gathering, session__reference=part.reference).first()
    if counter is None:
        return ""
    return free_line(counter) if counter.has_room else _("Alle Plätze sind vergeben. Sie kommen auf die Warteliste.")


def free_line(counter: Counter) -> str:
    """Say how many places are left."""
    return ngettext("Noch %(free)s Platz frei", "Noch %(free)s Plätze frei", counter.capacity - counter.taken) % {"free": counter.free}


def place_in_line(registration: Registration) -> Estimate:
    """Give how many are served before somebody who waits, herself included."""
    before = Registration.objects.in_line().filter(gathering=registration.gathering, number__lt=registration.number)
    return Estimate(before.exclude(pk=registration.pk).count() + 1)


@dataclass(frozen=True)
class Standing:
    """How many registrations stand how, for those who organise."""

    counts: tuple[tuple[str, Estimate], ...]


def standing_of(gathering: Gathering) -> Standing:
    """Count the registrations of a gathering by how they stand."""
    found = dict(Registration.objects.filter(gathering=gathering).order_by().values_list("state").annotate(Count("pk")))
    return Standing(tuple((str(state.label), Estimate(found[state])) for state in RegistrationState if state in found))


def contingents_of(gathering: Gathering) -> list[tuple[str, Estimate, Estimate]]:
    """Give for each contingent its name, how many places are taken, and how many there are."""
    rows = Places.objects.filter(gathering=gathering).exclude(contingent="")
    return [(str(row), Estimate(row.taken), Estimate(row.capacity)) for row in rows]
