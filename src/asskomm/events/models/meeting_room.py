# SPDX-License-Identifier: EUPL-1.2
"""Where in the house something takes place."""

from django.db import models

from asskomm.core.estimates import Estimate


class MeetingRoom(models.Model):
    """A room of a gathering; without a capacity it holds everybody."""

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=80)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """In the order of the organiser; a name stands for one room."""

        ordering = ("gathering", "position", "pk")
        constraints = (models.UniqueConstraint(fields=["gathering", "name"], name="meeting_room_named_once"),)

    def __str__(self) -> str:
        """Give its name."""
        return self.name

    @property
    def seats(self) -> Estimate | None:
        """How many it holds, where that is known."""
        return None if self.capacity is None else Estimate(self.capacity)
