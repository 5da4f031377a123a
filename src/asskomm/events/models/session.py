# SPDX-License-Identifier: EUPL-1.2
"""What takes place within a gathering, and who contributes to it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from asskomm.core.references import REFERENCE_LENGTH, new_reference
from asskomm.events.enums import SessionKind

_TIMED = Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at"))
_UNTIMED = Q(starts_at__isnull=True, ends_at__isnull=True)


class SessionQuerySet(models.QuerySet["Session"]):
    """Questions about several sessions."""

    def timed(self) -> Self:
        """Keep those that have a time."""
        return self.filter(starts_at__isnull=False)

    def with_all(self) -> Self:
        """Read with each what a programme shows of it, in a fixed number of queries."""
        return self.select_related("room", "track").prefetch_related("speakings__speaker", "fields")


class Session(models.Model):
    """A part of a gathering: what, where, when. Without a time it waits to be put into the programme."""

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    guid = models.UUIDField(default=uuid.uuid4)
    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=10, choices=SessionKind)
    title = models.CharField(max_length=200)
    abstract = models.TextField(blank=True, default="")
    language = models.CharField(max_length=5, blank=True, default="")
    track = models.ForeignKey("events.Track", models.SET_NULL, null=True, blank=True, related_name="sessions")
    room = models.ForeignKey("events.MeetingRoom", models.SET_NULL, null=True, blank=True, related_name="sessions")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    fields = models.ManyToManyField("library.FieldOfAction", related_name="+", blank=True)
    example = models.BooleanField(default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        """By time, those without one last; both ends or none, and the number that programs know it by stands for one session."""

        ordering = (F("starts_at").asc(nulls_last=True), "room__position", "pk")
        indexes = (models.Index(fields=["gathering", "starts_at"], name="session_by_time"),)
        constraints = (
            models.UniqueConstraint(fields=["gathering", "guid"], name="session_guid_once"),
            models.CheckConstraint(condition=_TIMED | _UNTIMED, name="session_time_whole"),
        )

    def __str__(self) -> str:
        """Give its title."""
        return self.title


class Speaking(models.Model):
    """Somebody contributes to a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="speakings")
    speaker = models.ForeignKey("events.Speaker", models.CASCADE, related_name="speakings")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """In the order in which they are named, each once."""

        ordering = ("session", "position", "pk")
        constraints = (models.UniqueConstraint(fields=["session", "speaker"], name="speaking_once"),)

    def __str__(self) -> str:
        """Name the speaker."""
        return str(self.speaker)
