# SPDX-License-Identifier: EUPL-1.2
"""What somebody was reminded of, so that she is reminded once."""

from django.db import models


class Reminder(models.Model):
    """A reminder of a deadline that was written to an account, so many months before its day."""

    deadline = models.CharField(max_length=60)
    day = models.DateField()
    months = models.PositiveSmallIntegerField()
    account = models.ForeignKey("people.Account", models.CASCADE, related_name="reminders")
    written_at = models.DateTimeField()

    class Meta:
        """Once for each account and step; a deadline that was put off begins anew."""

        ordering = ("day", "pk")
        constraints = (models.UniqueConstraint(fields=["deadline", "day", "months", "account"], name="reminder_once"),)

    def __str__(self) -> str:
        """Name deadline and day."""
        return f"{self.deadline} {self.day}"
