# SPDX-License-Identifier: EUPL-1.2
"""The counters that make sure that no place is given away twice."""

from django.db import models
from django.db.models import F, Q

from asskomm.core.estimates import Estimate
from asskomm.events.enums import ParticipantType

_NEVER_OVERSOLD = models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="%(class)s_never_oversold")


class Counter(models.Model):
    """How many places there are, how many are taken, and the last number in the order of arrival.

    Rows change under lock only, in the few modules that tests/architecture/test_places.py lists: `counters` and `seating` behind the door of a
    gathering, `stand_decisions` and `applying` with a fair, and where somebody says how many there are. The database itself refuses one too many.
    """

    capacity = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        """Not a table of its own."""

        abstract = True

    @property
    def has_room(self) -> bool:
        """Whether one more fits in."""
        return self.taken < self.capacity

    @property
    def free(self) -> Estimate:
        """How many are left."""
        return Estimate(self.capacity - self.taken)


class Places(Counter):
    """Places of a whole gathering, or of its contingent for one type of participants.

    The row of the whole gathering also counts who came: the number given under its lock is the order of arrival.
    """

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="places")
    contingent = models.CharField(max_length=20, choices=ParticipantType, blank=True, default="")

    class Meta:
        """The whole first; never more taken than there are."""

        ordering = ("gathering", "contingent")
        verbose_name_plural = "places"
        constraints = (_NEVER_OVERSOLD, models.UniqueConstraint(fields=["gathering", "contingent"], name="places_once_each"))

    def __str__(self) -> str:
        """Say for whom they are."""
        return str(self.get_contingent_display() or self.gathering)


class SessionPlaces(Counter):
    """Places of a session that does not hold everybody; its numbers are the order in which people chose it."""

    session = models.OneToOneField("events.Session", models.CASCADE, related_name="places")

    class Meta:
        """One row a session; never more taken than there are."""

        verbose_name_plural = "session places"
        constraints = (_NEVER_OVERSOLD,)

    def __str__(self) -> str:
        """Name the session."""
        return str(self.session)
