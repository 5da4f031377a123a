# SPDX-License-Identifier: EUPL-1.2
"""Stands and posters of a gathering as pages, papers and lists show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from asskomm.core.estimates import Estimate
from asskomm.events.enums import StandKind, StandState
from asskomm.events.models import Fair, Spot, Stand

_SIDE = 100
"""Of a cell as it is drawn."""


@dataclass(frozen=True)
class Room:
    """How many of a kind there is room for, how many are given, and how many are left."""

    kind: str
    label: str
    capacity: Estimate
    taken: Estimate
    free: Estimate


@dataclass(frozen=True)
class Cell:
    """A place as it is drawn: where, with which number, and who has it."""

    at: str
    spot: Spot
    stand: Stand | None


@dataclass(frozen=True)
class Hall:
    """The plan of the hall as it is drawn: its size, and the places."""

    size: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class SetUp:
    """What the house has to put up for those who have a place."""

    stands: Sequence[Stand]
    tables: Estimate
    powered: Estimate


def rooms_of(fair: Fair) -> list[Room]:
    """Give the counters of what there is room for."""
    rows = fair.places.filter(capacity__gt=0)
    return [Room(row.kind, str(row.get_kind_display()), Estimate(row.capacity), Estimate(row.taken), row.free) for row in rows]


def accepted_stands(fair: Fair) -> list[Stand]:
    """Give those who have a place: by their number in the hall, then in the order in which they came."""
    rows = Stand.objects.accepted().with_all().filter(fair=fair)
    return list(rows.order_by(F("spot__number").asc(nulls_last=True), "applied_at", "pk"))


def applications_of(fair: Fair) -> list[tuple[str, list[Stand]]]:
    """Give all applications by how they stand, those to decide first, without empty ones."""
    rows = list(Stand.objects.with_all().filter(fair=fair))
    return [(str(state.label), [row for row in rows if row.state == state]) for state in StandState if any(row.state == state for row in rows)]


def gallery_of(fair: Fair) -> list[tuple[str, list[Stand]]]:
    """Give what everybody may see, by kind."""
    rows = accepted_stands(fair)
    named = {StandKind.STAND: _("Infostände"), StandKind.POSTER: _("Poster")}
    return [(named[kind], [row for row in rows if row.kind == kind]) for kind in StandKind if any(row.kind == kind for row in rows)]


def hall_of(fair: Fair) -> Hall | None:
    """Give the plan; `None` where there is none yet."""
    standing = {row.spot_id: row for row in accepted_stands(fair) if row.spot_id}
    cells = [Cell(f"{(spot.column - 1) * _SIDE} {(spot.row - 1) * _SIDE}", spot, standing.get(spot.pk)) for spot in fair.spots.all()]
    return Hall(f"{fair.columns * _SIDE} {fair.rows * _SIDE}", cells) if cells else None


def set_up_of(fair: Fair) -> SetUp:
    """Give what has to be put up."""
    rows = accepted_stands(fair)
    return SetUp(rows, Estimate(sum(row.tables for row in rows)), Estimate(sum(row.power for row in rows)))
