# SPDX-License-Identifier: EUPL-1.2
"""The projection that the verbs keep: from when to when a municipality stands in a layer."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from asskomm.alliance.models.wave import Side, shown


class StatusIntervalQuerySet(models.QuerySet["StatusInterval"]):
    """Questions about several intervals."""

    def current(self) -> Self:
        """Keep what counts now."""
        return self.filter(shown())


class StatusInterval(models.Model):
    """A municipality stands in a layer from `start` until before `end`, as one audience sees it.

    `audience` is "all", "alliance", "public", or "org:KEY" where an organisation sees more than the alliance.
    `documented` rows are folded from proven events alone, without the example.
    `since` is the day of the opening event, which lies before `start` where a merger handed it on.
    `true_end` is the end that the audience "all" knows; a count may go by it where a reader may not see the ending event.
    `until` is the day on which the municipality exists no longer.
    An interval without length says that the layer was held and had ended before the merger.
    """

    municipality = models.ForeignKey("territory.Municipality", models.CASCADE, related_name="statuses")
    layer = models.CharField(max_length=12)
    audience = models.CharField(max_length=24)
    documented = models.BooleanField()
    event = models.ForeignKey("alliance.Event", models.CASCADE, related_name="statuses")
    kind = models.CharField(max_length=50)
    start = models.DateField()
    end = models.DateField()
    true_end = models.DateField()
    until = models.DateField()
    since = models.DateField()
    example = models.BooleanField()
    side = models.PositiveSmallIntegerField(choices=Side, default=Side.ALWAYS, db_default=Side.ALWAYS)

    objects = StatusIntervalQuerySet.as_manager()

    class Meta:
        """Found by audience, layer and day, or by municipality."""

        indexes = (
            models.Index(fields=["audience", "documented", "layer", "start", "end", "municipality"], name="status_on_a_day"),
            models.Index(fields=["municipality", "audience", "documented", "layer", "event", "end"], name="status_of_municipality"),
            models.Index(fields=["side", "municipality"], name="status_on_a_side", condition=~Q(side=Side.ALWAYS)),
        )
        constraints = (models.CheckConstraint(condition=Q(start__lte=F("end")), name="status_days_in_order"),)

    def __str__(self) -> str:
        """Name layer and days."""
        return f"{self.layer} {self.start}–{self.end}"


class CountChange(models.Model):
    """By how much the count of a figure changes on a day, as one audience sees it; the sum up to a day is its value.

    Kept for the audiences "all", "alliance" and "public". A row may be zero; it is not deleted, so that two writers can both add to it.
    """

    audience = models.CharField(max_length=24)
    documented = models.BooleanField()
    figure = models.CharField(max_length=40)
    day = models.DateField()
    change = models.IntegerField()
    side = models.PositiveSmallIntegerField(choices=Side, default=Side.ALWAYS, db_default=Side.ALWAYS)

    class Meta:
        """One row a day and side; the index answers a sum without reading the rows."""

        constraints = (models.UniqueConstraint(fields=["audience", "documented", "figure", "day", "side"], name="count_change_once_a_day_and_side"),)
        indexes = (
            models.Index(fields=["audience", "documented", "figure", "day", "change", "side"], name="count_sum_of_sides"),
            models.Index(fields=["side"], name="count_on_a_side", condition=~Q(side=Side.ALWAYS)),
        )

    def __str__(self) -> str:
        """Name figure, day and change."""
        return f"{self.figure} {self.day} {self.change:+}"
