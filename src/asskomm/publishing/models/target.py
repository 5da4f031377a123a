# SPDX-License-Identifier: EUPL-1.2
"""Targets: which value a figure is to reach by a day."""

from decimal import Decimal

from django.db import models
from django.db.models import Q


class FigureTarget(models.Model):
    """What the state council has set out to reach; members read it beside the figure."""

    figure = models.SlugField(max_length=40)
    day = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=2)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        """One value a day; read by day."""

        ordering = ("day", "pk")
        constraints = (
            models.UniqueConstraint(fields=["figure", "day"], name="target_once_a_day"),
            models.CheckConstraint(condition=Q(value__gte=Decimal(0)), name="target_not_negative"),
        )

    def __str__(self) -> str:
        """Name figure and day."""
        return f"{self.figure} {self.day}"
