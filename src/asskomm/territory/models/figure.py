# SPDX-License-Identifier: EUPL-1.2
"""Official figures of municipalities: read in as bulk, counted while their batch is live."""

from typing import Self

from django.db import models
from django.utils.translation import gettext

from asskomm.core.estimates import Estimate
from asskomm.core.imports.enums import BatchState


class Measure(models.Model):
    """What an official figure tells: data, so that a new one is one row."""

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=80, unique=True)
    definition = models.CharField(max_length=300)
    unit = models.CharField(max_length=10)
    headings = models.JSONField(default=list, help_text="how files call it")
    position = models.PositiveSmallIntegerField()

    class Meta:
        """Read in the list's own order."""

        ordering = ("position", "key")

    def __str__(self) -> str:
        """Give the name in the reader's language."""
        return gettext(self.name)


class OfficialFigureQuerySet(models.QuerySet["OfficialFigure"]):
    """Questions about several figures."""

    def live(self) -> Self:
        """Keep those whose batch counts."""
        return self.filter(batch__state=BatchState.LIVE)


class OfficialFigure(models.Model):
    """One number of one municipality on one day."""

    municipality = models.ForeignKey("territory.Municipality", models.PROTECT, related_name="official_figures")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    on = models.DateField()
    value = models.FloatField()
    batch = models.ForeignKey("imports.Batch", models.PROTECT, related_name="+")

    objects = OfficialFigureQuerySet.as_manager()

    class Meta:
        """Found by municipality and measure, and by batch for undoing."""

        indexes = (models.Index(fields=["municipality", "measure", "-on"], name="official_figure_of_place"),)

    def __str__(self) -> str:
        """Name measure, day and value."""
        return f"{self.municipality_id} {self.measure_id} {self.on} {self.value:g}"

    @property
    def estimate(self) -> Estimate:
        """The number with its unit and the file it was read from."""
        value = int(self.value) if self.value == int(self.value) else self.value
        return Estimate(value, self.measure.unit, sources=(str(self.batch.source),) if self.batch.source else ())
