# SPDX-License-Identifier: EUPL-1.2
"""What was merged, and what it takes to part it again."""

from django.db import models
from django.db.models import F, Q


class Merge(models.Model):
    """Two objects of a kind became one; `moved` says by handler what moved along."""

    kind = models.CharField(max_length=30)
    kept = models.BigIntegerField()
    gone = models.BigIntegerField()
    moved = models.JSONField()
    at = models.DateTimeField()
    account = models.BigIntegerField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first; nothing goes twice."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["kind", "gone"], condition=Q(undone_at__isnull=True), name="merge_gone_once"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
        )

    def __str__(self) -> str:
        """Say which."""
        return f"{self.kind} {self.gone} → {self.kept}"
