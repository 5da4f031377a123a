# SPDX-License-Identifier: EUPL-1.2
"""Sets of boundaries, and one area each."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from asskomm.core.imports.enums import BatchState


class BoundarySetQuerySet(models.QuerySet["BoundarySet"]):
    """Questions about several sets."""

    def live(self) -> Self:
        """Keep those that came with the program and those whose batch counts."""
        return self.filter(Q(batch__isnull=True) | Q(batch__state=BatchState.LIVE))

    def covering(self, day: dt.date) -> Self:
        """Keep those that have the areas of a day, the newest first."""
        return self.filter(valid_from__lte=day).order_by("-as_of", "-loaded_at", "-key")


class BoundarySet(models.Model):
    """Boundaries of one publisher and day, with what is known of their error.

    They hold from `valid_from` on, for mergers after that day are carried out on them; what was before is told by an older set.
    """

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=120)
    attribution = models.CharField(max_length=200)
    simplified = models.BooleanField(default=False)
    wrong_share = models.FloatField(default=0.0, help_text="share of points that lie in another municipality by the full borders")
    as_of = models.DateField(default=dt.date.min, help_text="the day that the publisher names")
    valid_from = models.DateField(default=dt.date.min)
    batch = models.ForeignKey("imports.Batch", models.PROTECT, null=True, blank=True, related_name="+")
    loaded_at = models.DateTimeField()

    objects = BoundarySetQuerySet.as_manager()

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
