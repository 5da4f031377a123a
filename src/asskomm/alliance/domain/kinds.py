# SPDX-License-Identifier: EUPL-1.2
"""The list of kinds, brought to what the shipped table says; more kinds may be added as rows."""

import csv
from pathlib import Path

from asskomm.alliance.enums import Layer
from asskomm.alliance.measures import MEASURES
from asskomm.alliance.models import EventKind

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "kinds.csv"


def load_kinds(path: Path = SHIPPED) -> list[EventKind]:
    """Bring the table of kinds to the rows of a file.

    Raises
    ------
        ValueError: a row names a layer or a measure that does not exist.
    """
    with path.open(encoding="utf-8", newline="") as file:
        kinds = [_kind(row, position) for position, row in enumerate(csv.DictReader(file))]
    updated = [f.name for f in EventKind._meta.concrete_fields if not f.primary_key]
    return EventKind.objects.bulk_create(kinds, update_conflicts=True, unique_fields=["key"], update_fields=updated)


def _kind(row: dict[str, str], position: int) -> EventKind:
    return EventKind(
        key=row["key"],
        name=row["name"],
        definition=row["definition"],
        begins=_named(row["begins"], set(Layer.values)),
        ends=_named(row["ends"], set(Layer.values)),
        measures=_named(row["measures"], set(MEASURES)),
        needs_municipality=row["needs_municipality"] == "yes",
        needs_amount=row["needs_amount"] == "yes",
        has_term=row["has_term"] == "yes",
        position=position,
    )


def _named(cell: str, known: set[str]) -> list[str]:
    names = [name for name in cell.split("|") if name]
    if unknown := set(names) - known:
        raise ValueError(f"unknown in the table of kinds: {', '.join(sorted(unknown))}")
    return names
