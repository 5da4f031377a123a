# SPDX-License-Identifier: EUPL-1.2
"""The door over the API: hand a file in, look at the preview, take over, undo, drop; the same verbs as the pages."""

import base64
import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Field, File, Form, Path, Router, Schema, Status, UploadedFile
from pydantic import BaseModel, ConfigDict

from asskomm.core.api import EstimateOut, Named, Paged, PageNumber, PageSize, Reference, page_of_list, page_of_rows
from asskomm.core.api.paging import USUAL_SIZE
from asskomm.core.estimates import Estimate
from asskomm.core.imports.domain import door
from asskomm.core.imports.domain.looking import note_look
from asskomm.core.imports.domain.queries.batches import batches_of
from asskomm.core.imports.domain.queries.same import taken_before
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch, RejectedRow
from asskomm.core.imports.registry import IMPORTERS, Importer
from asskomm.core.jobs.interfaces.api import JobOut, job_as_json
from asskomm.core.visibility import Principal, ReaderRequest, allowed

router, kinds = Router(tags=["imports"]), Router(tags=["imports"])
FileIn = Annotated[UploadedFile, File(description="the file")]
Kind = Annotated[str, Form("", max_length=40, description="kind of the file, as /api/importers gives it; empty for finding out")]
KindKey = Annotated[str, Path(pattern="^[a-z_]{1,40}$", description="kind of the file, as /api/importers gives it")]
ACCEPTED = 202


class OptionOut(Schema):
    """Something to decide when taking a file over."""

    key: str
    label: str
    choices: list[Named]
    default: str


class ImporterOut(Schema):
    """A kind of file that the owner of the token may read in."""

    key: str
    name: str
    looks_like: str
    where: str = Field(description="where such files come from")
    sample: str = Field(description="address of a file to start from")
    columns: list[Named]
    options: list[OptionOut]


class SampleOut(Schema):
    """A file to start from."""

    file_name: str
    content: str = Field(description="Base64")


class RowOut(Schema):
    """An accepted row of the preview."""

    row: str = Field(description="number of the row in the file")
    cells: list[str]


class RepairOut(Schema):
    """Something that was put right on the way."""

    text: str
    count: EstimateOut


class RejectedOut(Schema):
    """A cell that is not taken over, and why."""

    row: int = Field(description="number of the row in the file")
    column: str
    value: str
    reason: str
    nearest: str = Field(description="what could be meant")


class ImportOut(Schema):
    """A file on its way in."""

    reference: str
    kind: Named
    file_name: str
    state: BatchState
    state_name: str
    fault: str = Field(description="why it cannot be read, in a sentence")
    created_at: dt.datetime
    job: JobOut | None = Field(description="the work that is going on, or went on last")
    url: str = Field(description="address of its page")


class TakenBefore(Schema):
    """That the same file was taken over before, and still counts."""

    at: dt.datetime
    source: str | None = Field(description="reference of the source that was kept of it")


class ReceivedImport(ImportOut):
    """A file on its way in, and whether it has come before."""

    taken_before: TakenBefore | None


class WholeImport(ReceivedImport):
    """A file with its preview, or with what it did."""

    reason: str = Field(description="why it was taken for this kind")
    accepted: EstimateOut = Field(description="rows that can be taken over")
    rejected: EstimateOut = Field(description="rows that cannot, or some of whose cells cannot; each fault is listed under `rejected`")
    duplicates: EstimateOut = Field(description="rows that are known already")
    written: EstimateOut = Field(description="rows that were taken over")
    columns: list[str] = Field(description="headings of the first rows")
    first_rows: list[RowOut]
    repairs: list[RepairOut]
    options: list[OptionOut]
    source: str | None = Field(description="reference of the source that is kept of it")


class TakeOver(BaseModel):
    """What whoever takes a file over decides; what is left out stays at its default."""

    model_config = ConfigDict(extra="forbid")

    options: dict[str, str] = Field(default={}, description="a choice for each option", examples=[{"visibility": "alliance"}])


@kinds.get("", response=Paged[ImporterOut])
def list_importers(request: ReaderRequest, page: PageNumber = 1, page_size: PageSize = USUAL_SIZE) -> dict[str, Any]:
    """Give the kinds of files that the owner of the token may read in."""
    usable = [importer for importer in IMPORTERS if allowed(importer.rule, request.principal)]
    return page_of_list(request, usable, page, page_size, _importer)


@kinds.get("/{key}/sample", response=SampleOut)
def one_sample(request: ReaderRequest, key: KindKey) -> dict[str, str]:
    """Give a file to start from."""
    found = next((importer for importer in IMPORTERS if importer.key == key and allowed(importer.rule, request.principal)), None)
    if found is None:
        raise Http404
    name, content = found.sample()
    return {"file_name": name, "content": base64.b64encode(content).decode("ascii")}


@router.post("", response={ACCEPTED: ReceivedImport})
def hand_in(request: ReaderRequest, response: HttpResponse, file: FileIn, kind: Kind = "") -> Status[dict[str, Any]]:
    """Hand a file in; it is read in the background, and nothing is written before it is taken over."""
    batch = door.receive(file.name or "", file.chunks(), by=request.principal, importer=kind)
    return _accepted(response, batch, _before(batch, request.principal))


@router.get("", response=Paged[ImportOut])
def list_imports(request: ReaderRequest, page: PageNumber = 1, page_size: PageSize = USUAL_SIZE) -> dict[str, Any]:
    """Give one's own files, newest first."""
    return page_of_rows(request, batches_of(request.principal), page, page_size, _import)


@router.get("/{reference}", response=WholeImport)
def one_import(request: ReaderRequest, reference: Reference) -> dict[str, Any]:
    """Give how far a file is, what it would do, or what it did."""
    batch = _visible(request, reference)
    note_look(batch, by=request.principal)
    counts = {name: Estimate(getattr(batch, name)).as_json() for name in ("accepted", "rejected", "duplicates", "written")}
    return (
        _import(batch)
        | _before(batch, request.principal)
        | counts
        | {
            "reason": batch.reason,
            "columns": [str(label) for label in batch.kind.shown],
            "first_rows": [{"row": row, "cells": cells} for row, *cells in batch.first_rows],
            "repairs": [{"text": text, "count": Estimate(count).as_json()} for text, count in batch.repairs.items()],
            "options": _options(batch.kind),
            "source": batch.source.reference if batch.source else None,
        }
    )


@router.get("/{reference}/rejected", response=Paged[RejectedOut])
def list_rejected(request: ReaderRequest, reference: Reference, page: PageNumber = 1, page_size: PageSize = USUAL_SIZE) -> dict[str, Any]:
    """Give the cells that are not taken over, in the order of the file."""
    batch = _visible(request, reference)
    note_look(batch, by=request.principal)
    return page_of_rows(request, batch.rejections.all(), page, page_size, _rejected)


@router.post("/{reference}/take-over", response={ACCEPTED: ImportOut})
def take_over(request: ReaderRequest, response: HttpResponse, reference: Reference, given: TakeOver | None = None) -> Status[dict[str, Any]]:
    """Write the accepted rows, in the background; events, numbers and boundaries count all at once or not at all, any others row by row."""
    options = given.options if given else {}
    return _accepted(response, door.take_over(_visible(request, reference), by=request.principal, options=options))


@router.post("/{reference}/undo", response={ACCEPTED: ImportOut})
def undo(request: ReaderRequest, response: HttpResponse, reference: Reference) -> Status[dict[str, Any]]:
    """Undo what the file made, in the background, unless something of it was changed or used since."""
    return _accepted(response, door.undo(_visible(request, reference), by=request.principal))


@router.delete("/{reference}", response={204: None})
def drop(request: ReaderRequest, reference: Reference) -> Status[None]:
    """Forget a file that was not taken over."""
    door.drop(_visible(request, reference), by=request.principal)
    return Status(204, None)


def _visible(request: ReaderRequest, reference: str) -> Batch:
    return get_object_or_404(batches_of(request.principal), reference=reference)


def _accepted(response: HttpResponse, batch: Batch, more: Mapping[str, object] = MappingProxyType({})) -> Status[dict[str, Any]]:
    response["Location"] = reverse("api:one_import", args=[batch.reference])
    return Status(ACCEPTED, {**_import(batch), **more})


def _before(batch: Batch, principal: Principal) -> dict[str, Any]:
    before = taken_before(batch, principal)
    said = {"at": before.live_at, "source": before.source.reference if before.source else None} if before else None
    return {"taken_before": said}


def _import(batch: Batch) -> dict[str, Any]:
    names = ("reference", "file_name", "state", "fault", "created_at")
    return {name: getattr(batch, name) for name in names} | {
        "kind": {"key": batch.importer, "name": str(batch.kind.name)},
        "state_name": batch.get_state_display(),
        "job": job_as_json(batch.job) if batch.job else None,
        "url": batch.get_absolute_url(),
    }


def _rejected(rejection: RejectedRow) -> dict[str, Any]:
    return {name: getattr(rejection, name) for name in ("row", "column", "value", "reason", "nearest")}


def _importer(importer: Importer) -> dict[str, Any]:
    return {
        "key": importer.key,
        "name": str(importer.name),
        "looks_like": str(importer.looks_like),
        "where": str(importer.where),
        "sample": reverse("api:one_sample", args=[importer.key]),
        "columns": [{"key": key, "name": str(label)} for key, label in importer.columns.items()],
        "options": _options(importer),
    }


def _options(importer: Importer) -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "label": str(option.label),
            "choices": [{"key": choice, "name": str(label)} for choice, label in option.choices],
            "default": option.default,
        }
        for key, option in importer.options.items()
    ]
