# SPDX-License-Identifier: EUPL-1.2
"""Pairs of persons of whom somebody said that they are two."""

from django.db import models
from django.db.models import F, Q


class DifferentPersons(models.Model):
    """Two persons who look like one and are not; they are not offered as a pair again."""

    one = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    other = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    said_on = models.DateField()

    class Meta:
        """Each pair once, the older one first."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["one", "other"], name="different_persons_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="different_persons_in_order"),
        )

    def __str__(self) -> str:
        """Name both."""
        return f"{self.one}, {self.other}"
