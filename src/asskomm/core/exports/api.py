# SPDX-License-Identifier: EUPL-1.2
"""Which tables there are, over the API: their columns and the addresses of their files."""

import datetime as dt
from typing import Any

from django.urls import reverse
from ninja import Field, Router, Schema

from asskomm.core.api import Day, Paged, PageNumber, PageSize, day_or_today, page_of_list
from asskomm.core.api.paging import USUAL_SIZE
from asskomm.core.exports.datasets import DATASETS, Dataset
from asskomm.core.exports.formats import FORMATS
from asskomm.core.visibility import ReaderRequest

router = Router(tags=["datasets"])


class ColumnOut(Schema):
    """A column and what stands in it."""

    key: str
    label: str
    meaning: str


class FileOut(Schema):
    """A file with the table of the day."""

    name: str = Field(description="name of the format")
    media_type: str
    url: str


class DatasetOut(Schema):
    """A table to take along; the addresses of former versions lead to those of today."""

    key: str
    name: str
    about: str
    version: str
    licence: str
    licence_url: str
    columns: list[ColumnOut]
    files: list[FileOut]


@router.get("", response=Paged[DatasetOut])
def list_datasets(request: ReaderRequest, on: Day = "", page: PageNumber = 1, page_size: PageSize = USUAL_SIZE) -> dict[str, Any]:
    """Give the tables with the addresses of their files for a day; the files hold what the public may see."""
    day = day_or_today(on)
    return page_of_list(request, list(DATASETS), page, page_size, lambda dataset: _dataset(dataset, day))


def _dataset(dataset: Dataset, day: dt.date) -> dict[str, Any]:
    return {
        "key": dataset.key,
        "name": str(dataset.name),
        "about": str(dataset.about),
        "version": str(dataset.version),
        "licence": str(dataset.licence.name),
        "licence_url": dataset.licence.url,
        "columns": [{"key": column.key, "label": str(column.label), "meaning": str(column.meaning)} for column in dataset.dictionary],
        "files": [_file(dataset, day, ending) for ending in dataset.formats],
    }


def _file(dataset: Dataset, day: dt.date, ending: str) -> dict[str, str]:
    address = reverse("exports:file", args=[dataset.key, dataset.version, f"{day.isoformat()}.{ending}"])
    return {"name": str(FORMATS[ending].name), "media_type": FORMATS[ending].media_type, "url": address}
