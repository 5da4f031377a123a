# SPDX-License-Identifier: EUPL-1.2
"""Sets of boundaries, and one area each."""

import datetime as dt
from typing import Self

from django.db import models


class BoundarySet(models.Model):
    """Boundaries of one publisher and day, with what is known of their error."""

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=120)
    attribution = models.CharField(max_length=200)
    simplified = models.BooleanField(default=False)
    wrong_share = models.FloatField(default=0.0, help_text="share of points that lie in another municipality by the full borders")
    current = models.BooleanField(default=False)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class BoundaryQuerySet(models.QuerySet["Boundary"]):
    """Questions about several areas."""

    def on(self, day: dt.date) -> Self:
        """Keep the areas of a day."""
        return self.filter(valid_from__lte=day, valid_to__gte=day)


class Boundary(models.Model):
    """The area of one municipality in one set, as WKB in EPSG:4326, on the days between two mergers."""

    boundary_set = models.ForeignKey(BoundarySet, models.CASCADE, related_name="boundaries")
    municipality = models.ForeignKey("territory.Municipality", models.PROTECT, related_name="boundaries")
    wkb = models.BinaryField()
    path = models.TextField(help_text="the same area as SVG path in the map's coordinates")
    valid_from = models.DateField(default=dt.date.min)
    valid_to = models.DateField(default=dt.date.max)

    objects = BoundaryQuerySet.as_manager()

    class Meta:
        """One area at a time."""

        constraints = (
            models.UniqueConstraint(fields=["boundary_set", "municipality", "valid_from"], name="boundary_once"),
            models.CheckConstraint(condition=models.Q(valid_from__lte=models.F("valid_to")), name="boundary_days_in_order"),
        )

    def __str__(self) -> str:
        """Name the area."""
        return f"{self.municipality_id} ({self.boundary_set_id})"
