# SPDX-License-Identifier: EUPL-1.2
"""Rows as every database understands them: times in UTC, numbers with decimals and UUIDs as text, bytes as base64."""

import base64
import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.apps.registry import Apps
from django.db.models import BinaryField, Field, JSONField, Model

LEFT_OUT = ("search.", "sessions.", "people.device")
"""The index is built anew; whoever was signed in signs in again."""

_BATCH = 1000


def models_of(apps: Apps) -> dict[str, type[Model]]:
    """Give every model that has a table to keep, by label."""
    found = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy}
    return {label: model for label, model in sorted(found.items()) if not label.startswith(LEFT_OUT)}


def columns_of(model: type[Model]) -> list[str]:
    """Give the names of its columns as Django calls them."""
    return [field.attname for field in model._meta.concrete_fields]


def rows_of(model: type[Model]) -> Iterator[list[Any]]:
    """Give its rows, streamed, in the order of their keys."""
    for row in model._base_manager.order_by("pk").values_list(*columns_of(model)).iterator(_BATCH):
        yield [plain(value) for value in row]


def plain(value: Any) -> Any:
    """Give a value as JSON can hold it.

    >>> plain(b"abc"), plain(Decimal("1.50")), plain(dt.date(2026, 11, 23)), plain(uuid.UUID(int=7))
    ('YWJj', '1.50', '2026-11-23', '00000000-0000-0000-0000-000000000007')
    """
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value


def put_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows with the keys that they had, and give how many."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    part: list[Model] = []
    count = 0
    for row in rows:
        part.append(model(**{name: _own(fields[name], value) for name, value in zip(columns, row, strict=True)}))
        count += 1
        if len(part) == _BATCH:
            model._base_manager.bulk_create(part)
            part = []
    model._base_manager.bulk_create(part)
    return count


def _own(column: "Field[Any, Any]", value: Any) -> Any:
    if isinstance(column, JSONField) or value is None:
        return value
    if isinstance(column, BinaryField):
        return base64.b64decode(value, validate=True)
    return column.to_python(value)
