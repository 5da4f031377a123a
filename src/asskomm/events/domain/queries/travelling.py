# SPDX-License-Identifier: EUPL-1.2
"""How those who come travel, and who could share a car."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from asskomm.core.estimates import Estimate
from asskomm.events.enums import RegistrationState, Travel
from asskomm.events.models import Gathering, Registration


@dataclass(frozen=True)
class Travelling:
    """For those who order a bus or bring people together.

    Args:
        counts: how many come in which way.
        offering: who has room in a car, each with where she comes from; empty where nobody knows.
        looking: who looks for a lift, in the same way.
    """

    counts: tuple[tuple[str, Estimate], ...]
    offering: tuple[tuple[str, str], ...]
    looking: tuple[tuple[str, str], ...]


def travelling_of(gathering: Gathering) -> Travelling:
    """Give how those travel who come; nothing once their names are gone."""
    coming = Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED, shredded=False)
    rows = list(coming.select_related("municipality", "brought_by__municipality").order_by("name", "pk"))
    ways = [row.travel for row in rows]
    counts = [(str(way.label), Estimate(ways.count(way))) for way in Travel if way in ways]
    if counts and "" in ways:
        counts.append((_("keine Angabe"), Estimate(ways.count(""))))
    return Travelling(tuple(counts), _who(rows, Travel.CAR_WITH_ROOM), _who(rows, Travel.LIFT_WANTED))


def _who(rows: list[Registration], way: Travel) -> tuple[tuple[str, str], ...]:
    return tuple((row.name, _from(row)) for row in rows if row.travel == way)


def _from(row: Registration) -> str:
    """Give the municipality, else what somebody wrote; whoever is brought comes from where those come who bring her."""
    said = str(row.municipality) if row.municipality else row.organisation
    return said or (_from(row.brought_by) if row.brought_by else "")
