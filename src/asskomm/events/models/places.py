# SPDX-License-Identifier: EUPL-1.2
"""The counters that make sure that no place is given away twice."""

from django.db import models
from django.db.models import F, Q

from asskomm.core.estimates import Estimate
from asskomm.events.enums import ParticipantType


class Places(models.Model):
    """How many places there are and how many are taken: of a whole gathering, or of its contingent for one type of participants.

    The row of the whole gathering also counts who came: the number given under its lock is the order of arrival.
    Rows change in `asskomm.events.domain.counters` only; the database itself refuses one place too many.
    """

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="places")
    contingent = models.CharField(max_length=20, choices=ParticipantType, blank=True, default="")
    capacity = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        """The whole first; never more taken than there are."""

        ordering = ("gathering", "contingent")
        verbose_name_plural = "places"
        constraints = (
            models.UniqueConstraint(fields=["gathering", "contingent"], name="places_once_each"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="places_never_oversold"),
        )

    def __str__(self) -> str:
        """Say for whom they are."""
        return str(self.get_contingent_display() or self.gathering)

    @property
    def free(self) -> Estimate:
        """How many are left."""
        return Estimate(self.capacity - self.taken)
