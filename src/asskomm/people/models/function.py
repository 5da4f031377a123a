# SPDX-License-Identifier: EUPL-1.2
"""Functions: who does what where, from when to when."""

from django.db import models
from django.db.models import F, Q

from asskomm.people.enums import FunctionRole
from asskomm.people.models.organisation import DatedQuerySet


class Function(models.Model):
    """A person's function in an organisation; on the day after its end every right is gone."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="functions")
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="functions")
    role = models.CharField(max_length=20, choices=FunctionRole)
    title = models.CharField(max_length=120, blank=True, default="")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        """Days in order."""

        ordering = ("start", "pk")
        constraints = (models.CheckConstraint(condition=Q(end__isnull=True) | Q(start__lte=F("end")), name="function_days_in_order"),)

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.title or self.get_role_display()}, {self.organisation}"
