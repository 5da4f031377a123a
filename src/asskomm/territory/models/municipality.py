# SPDX-License-Identifier: EUPL-1.2
"""Municipalities of today and former ones, each with the days on which it exists."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from asskomm.core.estimates import Estimate
from asskomm.territory.enums import MunicipalityKind, SizeClass


def persons(count: int | None) -> Estimate:
    """Give a number of inhabitants with its source."""
    return Estimate(count, "persons", sources=("Zensus 2022",))


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Questions about several municipalities."""

    def on(self, day: dt.date) -> Self:
        """Keep those that exist on a day."""
        return self.filter(valid_from__lte=day, valid_to__gte=day)


class Municipality(models.Model):
    """A municipality by its eight-digit key (AGS); a merger ends one and names its successor."""

    ags = models.CharField(max_length=8, primary_key=True)
    ars = models.CharField(max_length=12, blank=True, default="")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=MunicipalityKind)
    district = models.ForeignKey("territory.District", models.PROTECT, related_name="municipalities")
    population = models.PositiveIntegerField(null=True, blank=True)
    population_on = models.DateField(null=True, blank=True)
    size_class = models.IntegerField(choices=SizeClass, default=SizeClass.UNKNOWN, db_index=True)
    postcode = models.CharField(max_length=5, blank=True, default="")
    homepage = models.URLField(blank=True, default="")
    valid_from = models.DateField(default=dt.date.min)
    valid_to = models.DateField(default=dt.date.max)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        """Read by name; a former municipality always has a successor."""

        ordering = ("name", "ags")
        indexes = (models.Index(fields=["name", "ags"], name="municipality_by_name"),)
        constraints = (
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_to")), name="municipality_days_in_order"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True, valid_to=dt.date.max) | Q(successor__isnull=False, valid_to__lt=dt.date.max),
                name="municipality_successor_iff_ended",
            ),
        )

    def __str__(self) -> str:
        """Give the official name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("territory:municipality", args=[self.ags])

    @property
    def persons(self) -> Estimate:
        """How many people live there, from the shipped table."""
        return persons(self.population)

    def exists_on(self, day: dt.date) -> bool:
        """Whether it exists on a day."""
        return self.valid_from <= day <= self.valid_to
