# SPDX-License-Identifier: EUPL-1.2
"""Posts of which it is known how long they were held, and no longer by whom."""

from django.db import models

from asskomm.people.enums import FunctionRole


class FormerPost(models.Model):
    """What is left of a function when the person behind it is forgotten: which post it was, and the last day on which it was held."""

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="former_posts")
    role = models.CharField(max_length=20, choices=FunctionRole)
    last_day = models.DateField()

    class Meta:
        """By day."""

        ordering = ("last_day", "pk")

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.get_role_display()}, {self.organisation}"
