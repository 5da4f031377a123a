# SPDX-License-Identifier: EUPL-1.2
"""Press sheets (Medieninformationen): text, quotes, and the figures of a day as they were known at the release."""

import datetime as dt
from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.references import new_reference
from asskomm.core.visibility import Principal, allowed

MOST_LETTERS = 150
_WITHOUT_NAME = 2


class PressSheetQuerySet(models.QuerySet["PressSheet"]):
    """Questions about several sheets."""

    def visible_to(self, principal: Principal) -> Self:
        """Keep what is released and no longer embargoed; those who write them see all."""
        if allowed("publishing.write_press", principal):
            return self
        return self.filter(Q(embargo_until__isnull=True) | Q(embargo_until__lte=clock.now()), released_at__isnull=False)


class PressSheet(models.Model):
    """Figures of a day against the day on which the period began, with a text; frozen once it is released."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    start = models.DateField()
    day = models.DateField()
    documented = models.BooleanField(default=False)
    headline = models.CharField(max_length=MOST_LETTERS)
    text = models.TextField()
    background = models.TextField(blank=True, default="")
    contact = models.TextField(blank=True, default="")
    embargo_until = models.DateTimeField(null=True, blank=True)
    funded = models.BooleanField(default=True)
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("people.Account", models.SET_NULL, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey("people.Account", models.SET_NULL, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = PressSheetQuerySet.as_manager()

    class Meta:
        """Newest first; a released sheet, and no other, has a number that is given once."""

        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["year", "serial"], name="press_number_once"),
            models.CheckConstraint(condition=Q(start__lt=F("day")), name="press_days_in_order"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, year__isnull=True, serial__isnull=True)
                | Q(released_at__isnull=False, year__isnull=False, serial__isnull=False),
                name="press_number_iff_released",
            ),
        )

    def __str__(self) -> str:
        """Give the headline."""
        return self.headline

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("publishing:press_sheet", args=[self.reference])

    @property
    def number(self) -> str:
        """The number, such as 2026-003; empty before the release."""
        return f"{self.year}-{self.serial:03}" if self.serial else ""

    @property
    def released(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.released_at is not None

    @property
    def embargoed(self) -> bool:
        """Whether it is released and not yet public."""
        return self.released and self.embargo_until is not None and self.embargo_until > clock.now()


class PressFigure(models.Model):
    """A figure of a sheet with everything behind it: words, values, course, and the references of the events counted."""

    sheet = models.ForeignKey(PressSheet, models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    definition = models.CharField(max_length=300)
    kind = models.CharField(max_length=10)
    note = models.CharField(max_length=500, blank=True, default="")
    before = models.JSONField()
    value = models.JSONField()
    course = models.JSONField(default=list)
    events = models.JSONField(default=list)

    class Meta:
        """In the order of the sheet, each figure once."""

        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["sheet", "key"], name="press_figure_once"),)

    def __str__(self) -> str:
        """Name the figure."""
        return self.name

    @property
    def estimate(self) -> Estimate:
        """The value on the sheet's day."""
        return Estimate.from_json(self.value)

    @property
    def earlier(self) -> Estimate:
        """The value on the day on which the period began."""
        return Estimate.from_json(self.before)

    @property
    def moments(self) -> Sequence[tuple[dt.date, Estimate]]:
        """The values on the days of its course."""
        return [(dt.date.fromisoformat(day), Estimate.from_json(value)) for day, value, *_name in self.course]

    @property
    def occasions(self) -> Sequence[tuple[str, Estimate]]:
        """The values of its course that belong to one thing after another, each with its name; empty where the name is not for everybody."""
        return [(row[2], Estimate.from_json(row[1])) for row in self.course if len(row) > _WITHOUT_NAME]


class PressQuote(models.Model):
    """What somebody says on a sheet; it waits until she has released it."""

    sheet = models.ForeignKey(PressSheet, models.CASCADE, related_name="quotes")
    speaker = models.CharField(max_length=120)
    function = models.CharField(max_length=160)
    text = models.TextField(max_length=2000)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey("people.Account", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        """In the order in which they were entered."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Name the speaker."""
        return self.speaker


class PressYear(models.Model):
    """The last number given in a year; the row that is locked while the next one is given."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        """Give year and number."""
        return f"{self.year}: {self.last}"
