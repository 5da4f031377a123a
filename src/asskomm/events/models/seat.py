# SPDX-License-Identifier: EUPL-1.2
"""Who takes part in which workshop, and who would like to."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from asskomm.events.enums import SEAT_HOLDING, SeatState


class SeatQuerySet(models.QuerySet["Seat"]):
    """Questions about several seats."""

    def holding(self) -> Self:
        """Keep those that take a place."""
        return self.filter(state__in=SEAT_HOLDING)

    def in_line(self) -> Self:
        """Keep those that wait, in the order in which they chose."""
        return self.filter(state=SeatState.WAITING).order_by("session", "number")

    def overdue(self, now: dt.datetime) -> Self:
        """Keep offers that nobody accepted in time."""
        return self.filter(state=SeatState.OFFERED, held_until__lte=now)


class Seat(models.Model):
    """Somebody's place in a session, or her place in its line; it is gone when she leaves."""

    registration = models.ForeignKey("events.Registration", models.CASCADE, related_name="seats")
    session = models.ForeignKey("events.Session", models.CASCADE, related_name="seats")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=SeatState)
    held_until = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        """In the order in which people chose; each once, and only an offer has an end."""

        ordering = ("session", "number")
        indexes = (models.Index(fields=["held_until"], condition=Q(held_until__isnull=False), name="seat_by_end"),)
        constraints = (
            models.UniqueConstraint(fields=["registration", "session"], name="seat_once"),
            models.UniqueConstraint(fields=["session", "number"], name="seat_number_once"),
            models.CheckConstraint(
                condition=Q(state=SeatState.OFFERED, held_until__isnull=False) | (~Q(state=SeatState.OFFERED) & Q(held_until__isnull=True)),
                name="seat_end_fits",
            ),
        )

    def __str__(self) -> str:
        """Name the session."""
        return str(self.session)


class Wish(models.Model):
    """What somebody would like to take part in, as long as places are not given out: 1 is the dearest."""

    registration = models.ForeignKey("events.Registration", models.CASCADE, related_name="wishes")
    session = models.ForeignKey("events.Session", models.CASCADE, related_name="wishes")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        """The dearest first, each named once."""

        ordering = ("registration", "rank", "pk")
        verbose_name_plural = "wishes"
        constraints = (models.UniqueConstraint(fields=["registration", "session"], name="wish_once"),)

    def __str__(self) -> str:
        """Name the session."""
        return str(self.session)
