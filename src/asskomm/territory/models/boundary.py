# SPDX-License-Identifier: EUPL-1.2
"""Sets of boundaries, and one area each."""

from django.db import models


class BoundarySet(models.Model):
    """Boundaries of one publisher and day, with what is known of their error."""

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=120)
    attribution = models.CharField(max_length=200)
    simplified = models.BooleanField(default=False)
    wrong_share = models.FloatField(default=0.0, help_text="share of points that lie in another municipality by the full borders")
    current = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Boundary(models.Model):
    """The area of one municipality in one set, as WKB in EPSG:4326."""

    boundary_set = models.ForeignKey(BoundarySet, models.CASCADE, related_name="boundaries")
    municipality = models.ForeignKey("territory.Municipality", models.PROTECT, related_name="boundaries")
    wkb = models.BinaryField()
    path = models.TextField(help_text="the same area as SVG path in the map's coordinates")

    class Meta:
        """One area each."""

        constraints = (models.UniqueConstraint(fields=["boundary_set", "municipality"], name="boundary_once"),)

    def __str__(self) -> str:
        """Name the area."""
        return f"{self.municipality_id} ({self.boundary_set_id})"
