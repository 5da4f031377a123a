# SPDX-License-Identifier: EUPL-1.2
"""Verbs: order, cancel and try again a job; claim one and end it, each guarded by its fence."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.jobs.enums import ENDED, JobState
from asskomm.core.jobs.models import Job, JobLine
from asskomm.core.jobs.registry import TASKS
from asskomm.core.visibility import Principal

LEASE = dt.timedelta(seconds=30)
LATER = dt.timedelta(minutes=1)
FIRST_PAUSE = dt.timedelta(seconds=10)
_LOOKED_AT = 5


def order(task: str, arguments: Mapping[str, Any] | None = None, *, by: Principal, title: str = "", not_before: dt.datetime | None = None) -> Job:
    """Order a job; it runs in the name of whoever ordered it.

    Raises
    ------
        KeyError: no such task.
        PermissionDenied: whoever has no account orders nothing.
    """
    TASKS[task]
    if by.account is None and not by.everything:
        raise PermissionDenied
    now = clock.now()
    return Job.objects.create(task=task, title=title[:200], arguments=dict(arguments or {}), account=by.account, created_at=now, not_before=not_before or now)


def order_once(task: str, once: str) -> Job | None:
    """Order a job of the installation itself under a name that is used once; `None` where it has been ordered already."""
    TASKS[task]
    now = clock.now()
    try:
        with transaction.atomic():
            return Job.objects.create(task=task, once=once, created_at=now, not_before=now)
    except IntegrityError:
        return None


def cancel(job: Job) -> Job:
    """End a waiting job, and ask a running one to end at its next step."""
    now = clock.now()
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    if not waiting.update(state=JobState.CANCELLED, finished_at=now):
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_requested=True)
    job.refresh_from_db()
    return job


def try_again(job: Job) -> Job:
    """Let a job that failed or was cancelled go on from where it was."""
    ended = Job.objects.filter(pk=job.pk, state__in=(JobState.FAILED, JobState.CANCELLED))
    ended.update(state=JobState.WAITING, attempts=0, cancel_requested=False, fault="", finished_at=None, not_before=clock.now())
    job.refresh_from_db()
    return job


def claim(worker: str, only: Job | None = None) -> Job | None:
    """Take up the next job that waits or was left behind; two workers never get the same."""
    now = clock.now()
    open_ones = Job.objects.filter(Q(state=JobState.WAITING, not_before__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now))
    if only is not None:
        open_ones = open_ones.filter(pk=only.pk)
    for key, fence in list(open_ones.order_by("not_before", "pk").values_list("pk", "fence")[:_LOOKED_AT]):
        taken = Job.objects.filter(pk=key, fence=fence).exclude(state__in=ENDED)
        values = {"fence": fence + 1, "attempts": F("attempts") + 1, "started_at": Coalesce("started_at", now)}
        if taken.update(state=JobState.RUNNING, worker=worker[:80], lease_until=now + LEASE, **values):
            return Job.objects.get(pk=key)
    return None


def mine(job: Job) -> QuerySet[Job]:
    """Give the job as a query, empty when another worker has taken it up since."""
    return Job.objects.filter(pk=job.pk, fence=job.fence, state=JobState.RUNNING)


def renew(job: Job) -> bool:
    """Keep the lease; false when the job is no longer this worker's."""
    return mine(job).update(lease_until=clock.now() + LEASE) == 1


def say(job: Job, text: str) -> None:
    """Add a line to the log."""
    JobLine.objects.create(job=job, at=clock.now(), text=text[:500])


def finish(job: Job, result: Mapping[str, Any]) -> bool:
    """End it well; false when it is no longer this worker's."""
    return _end(job, JobState.DONE, result=dict(result))


def end_cancelled(job: Job) -> bool:
    """End it because somebody wanted so."""
    return _end(job, JobState.CANCELLED)


def refuse(job: Job, sentence: str) -> bool:
    """End it for good because it cannot be done."""
    return _end(job, JobState.FAILED, fault=sentence[:500])


def give_back(job: Job) -> bool:
    """Let another worker go on at once; the attempt does not count."""
    return bool(mine(job).update(state=JobState.WAITING, not_before=clock.now(), attempts=F("attempts") - 1, worker=""))


def put_off(job: Job, fault: str) -> bool:
    """Try again later after a fault, with a longer pause each time; after the last attempt it has failed."""
    attempts = TASKS[job.task].attempts if job.task in TASKS else 1
    if job.attempts >= attempts:
        return refuse(job, fault)
    pause = FIRST_PAUSE * 4 ** (job.attempts - 1)
    return bool(mine(job).update(state=JobState.WAITING, not_before=clock.now() + pause, fault=fault[:500], worker=""))


def postpone(job: Job, why: str) -> bool:
    """Try again later because of something that is no fault of the job; the attempt does not count."""
    values = {"attempts": F("attempts") - 1, "fault": why[:500], "worker": ""}
    return bool(mine(job).update(state=JobState.WAITING, not_before=clock.now() + LATER, **values))


def _end(job: Job, state: JobState, **values: object) -> bool:
    return bool(mine(job).update(state=state, finished_at=clock.now(), lease_until=None, **values))


def died_too_often(job: Job) -> bool:
    """End a job whose workers died again and again without coming further."""
    if job.attempts <= (TASKS[job.task].attempts if job.task in TASKS else 1):
        return False
    return refuse(job, _("Der Auftrag ist %(count)s-mal mittendrin abgebrochen.") % {"count": job.attempts - 1})
