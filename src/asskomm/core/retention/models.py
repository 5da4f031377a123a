# SPDX-License-Identifier: EUPL-1.2
"""The protocol of what was deleted."""

from django.db import models


class Deletion(models.Model):
    """How many objects went by a rule, and when; not which."""

    rule = models.CharField(max_length=50)
    at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        """Newest first."""

        ordering = ("-pk",)
        indexes = (models.Index(fields=["rule", "-id"], name="deletion_by_rule"),)

    def __str__(self) -> str:
        """Say rule and number."""
        return f"{self.rule}: {self.count}"
