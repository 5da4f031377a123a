# SPDX-License-Identifier: EUPL-1.2
"""A programme as it was made known."""

from django.db import models


class ProgrammeVersion(models.Model):
    """What the public reads: frozen, so that it changes only when somebody releases anew."""

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="programme_versions")
    number = models.PositiveIntegerField()
    released_at = models.DateTimeField()
    notes = models.TextField(blank=True, default="")
    content = models.JSONField()

    class Meta:
        """Newest first; each number once."""

        ordering = ("gathering", "-number")
        constraints = (models.UniqueConstraint(fields=["gathering", "number"], name="programme_version_once"),)

    def __str__(self) -> str:
        """Give its number."""
        return str(self.number)
