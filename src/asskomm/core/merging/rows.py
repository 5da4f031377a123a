# SPDX-License-Identifier: EUPL-1.2
"""The handler that most rooms need: rows that point to the one point to the other."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db.models import Model

from asskomm.core.merging.registry import MergeHandler, Moved


def rows_of(kind: str, model: str, field: str, *, once: Sequence[str] = (), apart: str = "") -> MergeHandler:
    """Give the handler for a foreign key.

    Args:
        kind: of object that is merged.
        model: label of the rows.
        field: name of the key that points to the object.
        once: other fields with which a row may exist once only; a row that the kept object has already goes, and comes back when parted.
        apart: another key that must not point to the same object; a row between the two goes, and comes back.
    """

    def rows() -> "type[Model]":
        return apps.get_model(model)

    def move(kept: int, gone: int) -> Moved:
        objects = rows()._default_manager
        there = set(objects.filter(**{field: kept}).values_list(*once)) if once else set()
        mine = list(objects.filter(**{field: gone}).values())
        double = [row for row in mine if (once and tuple(row[_column(rows(), name)] for name in once) in there) or (apart and row[f"{apart}_id"] == kept)]
        double_keys = {row["id"] for row in double}
        moved = [row["id"] for row in mine if row["id"] not in double_keys]
        objects.filter(pk__in=double_keys).delete()
        objects.filter(pk__in=moved).update(**{field: kept})
        return {"moved": moved, "dropped": double}

    def move_back(_kept: int, gone: int, moved: dict[str, Any]) -> None:
        rows()._default_manager.filter(pk__in=moved["moved"]).update(**{field: gone})
        rows()._default_manager.bulk_create(rows()(**row) for row in moved["dropped"])

    return MergeHandler(kind, move, move_back, frozenset({f"{model}.{field}"}))


def _column(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]  # a column, no reverse relation
