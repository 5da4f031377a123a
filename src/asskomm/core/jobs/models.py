# SPDX-License-Identifier: EUPL-1.2
"""Jobs, their log, and when each schedule ran last."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from asskomm.core.jobs.enums import ENDED, JobState
from asskomm.core.jobs.registry import TASKS
from asskomm.core.references import new_reference
from asskomm.core.visibility import Principal, allowed


class JobQuerySet(models.QuerySet["Job"]):
    """Questions about several jobs."""

    def visible_to(self, principal: Principal) -> Self:
        """Keep one's own, or all for those who run the installation."""
        if allowed("jobs.see_all", principal):
            return self
        return self.filter(account=principal.account) if principal.account else self.none()


class Job(models.Model):
    """One piece of work.

    `fence` counts how often it was taken up; only the worker that took it up last may write to it.
    `position` says how far it came; it moves in the same transaction as what was done.
    `once` names an order that must not be given twice, such as one time of a schedule.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    task = models.CharField(max_length=50)
    title = models.CharField(max_length=200, blank=True, default="")
    arguments = models.JSONField(default=dict)
    account = models.BigIntegerField(null=True, blank=True)
    once = models.CharField(max_length=120, null=True, blank=True, unique=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=80, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    position = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    result = models.JSONField(default=dict)
    fault = models.CharField(max_length=500, blank=True, default="")

    objects = JobQuerySet.as_manager()

    class Meta:
        """Newest first; the open ones are found by when they may begin."""

        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["not_before"], name="job_waiting", condition=Q(state=JobState.WAITING)),
            models.Index(fields=["lease_until"], name="job_running", condition=Q(state=JobState.RUNNING)),
            models.Index(fields=["account", "-id"], name="job_of_account"),
        )

    def __str__(self) -> str:
        """Name what is done with what."""
        name = str(TASKS[self.task].name) if self.task in TASKS else self.task
        return f"{name}: {self.title}" if self.title else name

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("jobs:job", args=[self.reference])

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ENDED

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100."""
        if self.state == JobState.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0


class JobLine(models.Model):
    """A line of a job's log."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="lines")
    at = models.DateTimeField()
    text = models.CharField(max_length=500)

    class Meta:
        """In the order in which they were said."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Give the line."""
        return self.text


class ScheduleState(models.Model):
    """The last time of a schedule that was ordered."""

    key = models.CharField(max_length=50, primary_key=True)
    last = models.DateTimeField()

    def __str__(self) -> str:
        """Name schedule and time."""
        return f"{self.key} {self.last:%d.%m.%Y %H:%M}"


class WorkerBeat(models.Model):
    """A worker that lives, or lived not long ago."""

    name = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the worker."""
        return self.name
