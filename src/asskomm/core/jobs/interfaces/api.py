# SPDX-License-Identifier: EUPL-1.2
"""One's own jobs over the API."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from asskomm.core.api import Paged, PageNumber, PageSize, Reference, page_of_rows
from asskomm.core.api.paging import USUAL_SIZE
from asskomm.core.jobs.enums import JobState
from asskomm.core.jobs.models import Job
from asskomm.core.visibility import ReaderRequest

router = Router(tags=["jobs"])


class JobOut(Schema):
    """A piece of work that goes on in the background."""

    reference: str
    task: str
    name: str = Field(description="what is done with what")
    state: JobState
    ended: bool = Field(description="whether nothing more will happen")
    percent: int = Field(description="how far it is, 0 to 100")
    created_at: dt.datetime
    finished_at: dt.datetime | None
    fault: str = Field(description="why it did not succeed, in a sentence")
    url: str


class JobLineOut(Schema):
    """Something that it said while it was done."""

    at: dt.datetime
    text: str


class JobDetailOut(JobOut):
    """The same with what came of it and what it said."""

    result: dict[str, Any] = Field(description="what came of it, as its kind of work has it")
    log: list[JobLineOut]


@router.get("", response=Paged[JobOut])
def list_jobs(request: ReaderRequest, page: PageNumber = 1, page_size: PageSize = USUAL_SIZE) -> dict[str, Any]:
    """Give one's own jobs, newest first."""
    return page_of_rows(request, _own(request), page, page_size, job_as_json)


@router.get("/{reference}", response=JobDetailOut)
def one_job(request: ReaderRequest, reference: Reference) -> dict[str, Any]:
    """Give one of one's own jobs: ask again until it has ended."""
    job = get_object_or_404(_own(request), reference=reference)
    return job_as_json(job) | {"result": job.result, "log": list(job.lines.values("at", "text"))}


def _own(request: ReaderRequest) -> QuerySet[Job]:
    """Keep one's own: that an administrator sees those of others is for pages only."""
    return Job.objects.visible_to(request.principal).filter(account=request.principal.account)


def job_as_json(job: Job) -> dict[str, Any]:
    """Give the fields of a job."""
    names = ("reference", "task", "state", "ended", "percent", "created_at", "finished_at", "fault")
    return {name: getattr(job, name) for name in names} | {"name": str(job), "url": job.get_absolute_url()}
