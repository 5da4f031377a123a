# SPDX-License-Identifier: EUPL-1.2
"""Verbs of whoever organises: say how many stands and posters there is room for and until when one applies, and draw the hall."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.gatherings import TRAIL
from asskomm.events.enums import StandKind, StandState
from asskomm.events.models import Fair, Gathering, Spot, Stand, StandPlaces

MOST_ACROSS = 20
"""How many cells a hall has beside each other at most, and how many below each other."""


class StandError(ValueError):
    """What is asked cannot be as things stand; the message is a sentence."""


@dataclass(frozen=True)
class Offer:
    """What there is to apply for.

    Args:
        places: how many there is room for, by kind (`StandKind`).
        apply_until: the last day on which one may apply.
        note: a sentence about the place.
    """

    places: Mapping[str, int]
    apply_until: dt.date
    note: str = ""


def hold_fair(gathering: Gathering) -> Fair | None:
    """Give what a gathering offers, and hold it until the transaction ends; whoever changes counters, stands or the hall does this first."""
    return Fair.objects.select_for_update(of=("self",), no_key=True).select_related("gathering__owner").filter(gathering=gathering).first()


def held_fair(gathering: Gathering) -> Fair:
    """Do the same where there has to be one.

    Raises
    ------
        StandError: it has neither stands nor posters.
    """
    fair = hold_fair(gathering)
    if fair is None:
        raise StandError(_("Diese Veranstaltung hat keine Stände und Poster."))
    return fair


def lock_places(fair: Fair) -> dict[str, StandPlaces]:
    """Lock the counters of stands and posters, by kind, always in the same order."""
    return {row.kind: row for row in StandPlaces.objects.select_for_update(of=("self",)).filter(fair=fair).order_by("pk")}


def offer_stands(gathering: Gathering, offer: Offer, *, by: Principal) -> Fair:
    """Say what there is to apply for, or change it.

    Raises
    ------
        StandError: there is nothing, fewer than are given already, or one would apply after the beginning.
        PermissionDenied: the reader does not organise this gathering.
    """
    with transaction.atomic():
        require("events.change", by, gathering)
        row = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
        if not any(offer.places.values()):
            raise StandError(_("Sagen Sie, für wie viele Stände oder Poster Platz ist."))
        if offer.apply_until > localtime(row.starts_at).date():
            raise StandError(_("Bewerben kann man sich höchstens bis zu dem Tag, an dem die Veranstaltung beginnt."))
        fair = hold_fair(row) or Fair(gathering=row)
        fair.apply_until, fair.note = offer.apply_until, offer.note.strip()
        fair.save()
        _furnish(fair, offer.places)
        record(TRAIL, [row], Action.CHANGED, by=by)
    return fair


def draw_hall(gathering: Gathering, columns: int, rows: int, cells: Collection[tuple[int, int]], *, by: Principal) -> Fair:
    """Say how large the hall is and which cells are places; they are numbered row by row, and whoever has a place keeps it.

    Args:
        gathering: whose hall it is.
        columns: how many cells beside each other.
        rows: how many below each other.
        cells: row and column of each place, counted from 1; others are ways, doors or pillars.
        by: who does it.

    Raises
    ------
        StandError: it has neither stands nor posters, it is too large, or a cell that is no place any more is given already.
        PermissionDenied: as `offer_stands`.
    """
    with transaction.atomic():
        require("events.change", by, gathering)
        fair = held_fair(gathering)
        if not (1 <= columns <= MOST_ACROSS and 1 <= rows <= MOST_ACROSS):
            raise StandError(_("Der Plan hat 1 bis %(most)d Felder in jeder Richtung.") % {"most": MOST_ACROSS})
        wanted = sorted(cell for cell in set(cells) if 1 <= cell[0] <= rows and 1 <= cell[1] <= columns)
        fair.columns, fair.rows = columns, rows
        fair.save(update_fields=["columns", "rows"])
        _number(fair, wanted)
        record(TRAIL, [fair.gathering], Action.CHANGED, by=by)
    return fair


def assign_spots(gathering: Gathering, wanted: Mapping[str, int | None], *, by: Principal) -> int:
    """Give places in the hall; gives how many stands moved.

    Args:
        gathering: whose hall it is.
        wanted: the number of the place by the reference of the stand, `None` for none; stands that are not named stay where they are.
        by: who does it.

    Raises
    ------
        StandError: two would be at the same place, or there is no such place.
        PermissionDenied: as `offer_stands`.
    """
    with transaction.atomic():
        require("events.change", by, gathering)
        fair = held_fair(gathering)
        spots = {spot.number: spot for spot in fair.spots.all()}
        stands = list(fair.stands.accepted().select_for_update(of=("self",)).select_related("spot"))
        numbers = {stand: wanted.get(stand.reference, stand.spot and stand.spot.number) for stand in stands}
        _check_numbers([number for number in numbers.values() if number], spots)
        moved = [stand for stand, number in numbers.items() if number != (stand.spot and stand.spot.number)]
        Stand.objects.filter(pk__in=[stand.pk for stand in moved]).update(spot=None)  # first all out, so that two can change places
        for stand in moved:
            stand.spot = spots[number] if (number := numbers[stand]) else None
            stand.save(update_fields=["spot"])
        if moved:
            record(TRAIL, [fair.gathering], Action.CHANGED, by=by)
    return len(moved)


def _furnish(fair: Fair, places: Mapping[str, int]) -> None:
    """Set how many there is room for; never fewer than are given."""
    known = lock_places(fair)
    for kind in StandKind:
        row = known.get(kind) or StandPlaces(fair=fair, kind=kind)
        row.capacity = places.get(kind, 0)
        if row.taken > row.capacity:
            told = _("Für %(taken)d ist schon zugesagt (%(kind)s). Weniger Plätze gehen erst, wenn Sie Zusagen zurücknehmen.")
            raise StandError(told % {"taken": row.taken, "kind": kind.label})
        row.save()


def _number(fair: Fair, wanted: Collection[tuple[int, int]]) -> None:
    known = {(spot.row, spot.column): spot for spot in fair.spots.select_related("stand")}
    gone = [spot for cell, spot in known.items() if cell not in wanted]
    if given := Stand.objects.filter(spot__in=gone, state=StandState.ACCEPTED).select_related("spot").first():
        told = _("Auf Platz %(number)s steht „%(title)s“. Geben Sie dem Stand erst einen anderen Platz.")
        raise StandError(told % {"number": given.spot, "title": given.title})
    Spot.objects.filter(pk__in=[spot.pk for spot in gone]).delete()
    for number, (row, column) in enumerate(wanted, 1):
        Spot.objects.update_or_create(fair=fair, row=row, column=column, defaults={"number": number})


def _check_numbers(numbers: Collection[int], spots: Mapping[int, Spot]) -> None:
    if missing := next((number for number in numbers if number not in spots), None):
        raise StandError(_("Einen Platz %(number)s gibt es auf dem Plan nicht.") % {"number": missing})
    if twice := next((number for number in spots if list(numbers).count(number) > 1), None):
        raise StandError(_("Platz %(number)s ist zweimal vergeben.") % {"number": twice})
