# SPDX-License-Identifier: EUPL-1.2
"""Load the shipped list of fields of action."""

import csv
from pathlib import Path

from asskomm.library.models import FieldOfAction

SHIPPED = Path(__file__).resolve().parent / "data" / "fields.csv"


def load_fields(path: Path = SHIPPED) -> None:
    """Bring the list to the rows of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [FieldOfAction(key=r["key"], name=r["name"], description=r["description"], position=n) for n, r in enumerate(csv.DictReader(file))]
    FieldOfAction.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=["name", "description", "position"])
