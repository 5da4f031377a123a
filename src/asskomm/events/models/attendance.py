# SPDX-License-Identifier: EUPL-1.2
"""Who came, by which door, and what stays of it when the names are gone."""

import datetime as dt
from typing import Self

from django.db import models

from asskomm.core.references import REFERENCE_LENGTH, new_reference
from asskomm.events.enums import ParticipantType


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Questions about several."""

    def present(self) -> Self:
        """Keep whoever came and was not taken back."""
        return self.filter(came_at__isnull=False)


class Attendance(models.Model):
    """That somebody came: the earliest instant that any device noted; `None` once it was taken back.

    `days` holds for each day of the gathering on which she came that instant, so that a course of several days knows each.
    `keys` are the notes of devices that were counted already: a device that never got an answer sends its note again, and
    what was taken back does not come back with it.
    """

    registration = models.OneToOneField("events.Registration", models.CASCADE, related_name="attendance")
    came_at = models.DateTimeField(null=True, blank=True)
    noted_at = models.DateTimeField()
    station = models.CharField(max_length=60, blank=True, default="")
    walk_in = models.BooleanField(default=False)
    days = models.JSONField(default=dict)
    keys = models.JSONField(default=list)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        """In the order in which they came."""

        ordering = ("came_at", "pk")

    def __str__(self) -> str:
        """Say who."""
        return str(self.registration)

    @property
    def dates(self) -> list[dt.date]:
        """The days on which she came."""
        return [dt.date.fromisoformat(day) for day in self.days]


class DoorPass(models.Model):
    """A link for one day by which somebody without an account helps at the door."""

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="door_passes")
    station = models.CharField(max_length=60)
    day = models.DateField()
    lets_in_guests = models.BooleanField(default=False)
    revoked = models.BooleanField(default=False)

    class Meta:
        """By day."""

        ordering = ("day", "pk")
        verbose_name_plural = "door passes"

    def __str__(self) -> str:
        """Say where it is for."""
        return self.station

    def opens(self, day: dt.date) -> bool:
        """Whether it opens the door on a day."""
        return not self.revoked and self.day == day


class Certificate(models.Model):
    """What stays of a certificate: whoever has the paper can ask whether a name belongs to it, and nobody can read a name out of this.

    The number on the paper is kept as a digest only, and it is the key of the other digest. So nothing here tells anything without the paper.
    `days` and `hours` say how much of a gathering of several days it attests.
    """

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="certificates")
    number_digest = models.CharField(max_length=64, unique=True)
    name_digest = models.CharField(max_length=64)
    issued_on = models.DateField()
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    hours = models.FloatField(null=True, blank=True)

    class Meta:
        """In the order in which they were issued."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Say for what."""
        return str(self.gathering)


class AttendanceCount(models.Model):
    """How many were registered and came for a type of participants, worked out when the names go, so that the numbers stay."""

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="attendance_counts")
    participant_type = models.CharField(max_length=20, choices=ParticipantType)
    registered = models.PositiveIntegerField()
    came = models.PositiveIntegerField()
    walk_ins = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a type; nobody came who was not registered."""

        ordering = ("gathering", "participant_type")
        constraints = (
            models.UniqueConstraint(fields=["gathering", "participant_type"], name="attendance_count_once"),
            models.CheckConstraint(condition=models.Q(came__lte=models.F("registered")), name="attendance_count_fits"),
        )

    def __str__(self) -> str:
        """Say of whom."""
        return str(self.get_participant_type_display())
