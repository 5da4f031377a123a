# SPDX-License-Identifier: EUPL-1.2
"""That a municipality was at a gathering, for when nobody knows any more who came for it."""

from django.db import models


class Visit(models.Model):
    """Somebody was at a gathering for a municipality; written down when the names go."""

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="visits")
    municipality = models.ForeignKey("territory.Municipality", models.PROTECT, related_name="+")

    class Meta:
        """Each once."""

        constraints = (models.UniqueConstraint(fields=["gathering", "municipality"], name="visit_once"),)

    def __str__(self) -> str:
        """Name the municipality."""
        return str(self.municipality)
