# SPDX-License-Identifier: EUPL-1.2
"""Sources over the API."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from asskomm.core.api import EstimateOut, Paged, PageNumber, PageSize, Reference, page_of_rows
from asskomm.core.api.paging import USUAL_SIZE
from asskomm.core.estimates import Estimate
from asskomm.core.provenance.models import Source
from asskomm.core.visibility import ReaderRequest

router = Router(tags=["sources"])


class SourceOut(Schema):
    """A file from which data were read; kept for ever."""

    reference: str
    title: str
    file_name: str
    sha256: str = Field(description="tells whether another file is the same")
    size: EstimateOut
    publisher: str
    licence: str
    address: str = Field(description="where its publisher keeps it")
    retrieved: dt.date
    rows_used: EstimateOut
    filters: str = Field(description="which rows were left out")
    public: bool
    undone_at: dt.datetime | None = Field(description="when what was read from it was undone; null while it counts")
    url: str


@router.get("", response=Paged[SourceOut])
def list_sources(request: ReaderRequest, page: PageNumber = 1, page_size: PageSize = USUAL_SIZE) -> dict[str, Any]:
    """Give the sources that the reader may see, newest first."""
    return page_of_rows(request, Source.objects.visible_to(request.principal).with_end(), page, page_size, source_as_json)


@router.get("/{reference}", response=SourceOut)
def one_source(request: ReaderRequest, reference: Reference) -> dict[str, Any]:
    """Give one source."""
    return source_as_json(get_object_or_404(Source.objects.visible_to(request.principal).with_end(), reference=reference))


def source_as_json(source: Source) -> dict[str, Any]:
    """Give the fields of a source."""
    texts = ("reference", "title", "file_name", "sha256", "publisher", "licence", "address", "retrieved", "filters", "public", "undone_at")
    numbers = {"size": Estimate(source.size, "bytes").as_json(), "rows_used": Estimate(source.rows_used).as_json()}
    return {name: getattr(source, name) for name in texts} | numbers | {"url": source.get_absolute_url()}
