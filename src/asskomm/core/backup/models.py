# SPDX-License-Identifier: EUPL-1.2
"""When a backup was taken last."""

from django.db import models


class TakenBackup(models.Model):
    """The only row of its table: the newest backup, so that its age can be told."""

    number = models.PositiveSmallIntegerField(primary_key=True, default=1)
    taken_at = models.DateTimeField()
    size = models.PositiveBigIntegerField()
    enciphered = models.BooleanField()

    class Meta:
        """At most one row."""

        constraints = (models.CheckConstraint(condition=models.Q(number=1), name="backup_only_one"),)

    def __str__(self) -> str:
        """Say when."""
        return f"{self.taken_at:%d.%m.%Y %H:%M}"
