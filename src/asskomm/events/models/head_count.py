# SPDX-License-Identifier: EUPL-1.2
"""How many came, for when nobody can be counted any more."""

from django.db import models


class HeadCount(models.Model):
    """How many people came to a gathering and from how many municipalities; beside it stand the counts by type (`AttendanceCount`).

    Worked out when the names go, or entered by those who invited where people were counted by hand. `participants` may be more than the
    types add up to where not all were counted by type; `municipalities` is `None` where nobody counted them; `unplaced` came for a municipality that
    was not recognised, so that there may be more.
    """

    gathering = models.OneToOneField("events.Gathering", models.CASCADE, related_name="head_count")
    participants = models.PositiveIntegerField()
    municipalities = models.PositiveIntegerField(null=True, blank=True)
    unplaced = models.PositiveIntegerField(default=0)
    by_hand = models.BooleanField(default=False)

    class Meta:
        """In the order in which they were written down."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Say of what."""
        return str(self.gathering)
