# SPDX-License-Identifier: EUPL-1.2
"""Functions: who does what where, from when to when."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from asskomm.core.estimates import Estimate
from asskomm.people.enums import FunctionRole
from asskomm.people.models.organisation import DatedQuerySet


class Function(models.Model):
    """A person's function in an organisation; on the day after its end every right is gone.

    `share` is the part of a full post that pays for it, `funded_until` the last day for which there is money,
    `deputy` who stands in when nobody holds the function any more.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="functions")
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="functions")
    role = models.CharField(max_length=20, choices=FunctionRole)
    title = models.CharField(max_length=120, blank=True, default="")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    share = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    funded_until = models.DateField(null=True, blank=True)
    deputy = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="stands_in_for")

    objects = DatedQuerySet.as_manager()

    class Meta:
        """Days in order, a share is one, and nobody stands in for herself."""

        ordering = ("start", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(start__lte=F("end")), name="function_days_in_order"),
            models.CheckConstraint(condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1), name="function_share_of_a_post"),
            models.CheckConstraint(condition=Q(deputy__isnull=True) | ~Q(deputy=F("person")), name="function_deputy_is_another"),
        )

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.name}, {self.organisation}"

    @property
    def name(self) -> str:
        """What it is called: by its own title, or by its role."""
        return self.title or self.get_role_display()

    @property
    def post(self) -> Estimate | None:
        """The share of a full post."""
        return None if self.share is None else Estimate(float(self.share), "posts")

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is held on a day."""
        return self.start <= day and (self.end is None or day <= self.end)
