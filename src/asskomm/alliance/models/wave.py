# SPDX-License-Identifier: EUPL-1.2
"""Events of one file that begin or cease to count at once: rows stand on a side, and one row says which side is shown."""

from django.db import models
from django.db.models import Q, Subquery, Value
from django.db.models.functions import Coalesce


class Side(models.IntegerChoices):
    """Where a row counts: always, only before the wave turns, or only after it."""

    ALWAYS = 0
    BEFORE = 1
    AFTER = 2


class Wave(models.Model):
    """The one wave under way: while it is made ready, every writer keeps both sides; turning it is one change of this row.

    `key` names what makes it, empty when that was given up, and `account` who ordered it; `leaving` says that events cease to count instead of beginning to.
    Nobody else takes it over before `kept_until`. What has turned is settled part by part, until nothing stands on a side; then the row goes.
    """

    only = models.BooleanField(default=True, unique=True)
    key = models.CharField(max_length=40)
    leaving = models.BooleanField()
    account = models.BigIntegerField(null=True, blank=True)
    kept_until = models.DateTimeField()
    turned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One at a time."""

        constraints = (models.CheckConstraint(condition=Q(only=True), name="one_wave_at_a_time"),)

    def __str__(self) -> str:
        """Name who makes it."""
        return self.key


def shown(path: str = "") -> Q:
    """The condition on rows that count now; the argument is the path that leads to them."""
    turned = Wave.objects.filter(turned_at__isnull=False).values(hides=Value(Side.BEFORE.value))
    return ~Q(**{f"{path}side": Coalesce(Subquery(turned[:1]), Value(Side.AFTER.value))})
