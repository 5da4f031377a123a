# SPDX-License-Identifier: EUPL-1.2
"""What belongs together in a programme."""

from django.db import models


class Track(models.Model):
    """A line of sessions on one subject, of which somebody may want to hear all."""

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="tracks")
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """In the order of the organiser; a name stands for one track."""

        ordering = ("gathering", "position", "pk")
        constraints = (models.UniqueConstraint(fields=["gathering", "name"], name="track_named_once"),)

    def __str__(self) -> str:
        """Give its name."""
        return self.name
