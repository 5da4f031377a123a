# SPDX-License-Identifier: EUPL-1.2
"""Stands and posters of a gathering: how many there is room for, who applies by a link, and where each stands."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from asskomm.core.references import REFERENCE_LENGTH, new_reference
from asskomm.events.enums import StandKind, StandState
from asskomm.events.models.gathering import Gathering
from asskomm.events.models.places import Counter


class Fair(models.Model):
    """That a gathering has stands and posters; `columns` and `rows` are the size of its hall, 0 where there is no plan yet."""

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="fair")
    apply_until = models.DateField()
    note = models.CharField(max_length=500, blank=True, default="")
    columns = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """One row a gathering."""

    def __str__(self) -> str:
        """Name the gathering."""
        return str(self.gathering)

    def takes_applications(self, today: dt.date, now: dt.datetime) -> bool:
        """Whether somebody can apply."""
        return self.gathering.published and today <= self.apply_until and now < self.gathering.starts_at


class StandPlaces(Counter):
    """How many stands there is room for, or how many posters."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="places")
    kind = models.CharField(max_length=10, choices=StandKind)

    class Meta:
        """Each kind once; never more taken than there are."""

        ordering = ("fair", "pk")
        verbose_name_plural = "stand places"
        constraints = (
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="stand_places_never_oversold"),
            models.UniqueConstraint(fields=["fair", "kind"], name="stand_places_once_each"),
        )

    def __str__(self) -> str:
        """Say for what they are."""
        return str(self.get_kind_display())


class Spot(models.Model):
    """A numbered place in the hall, by the cell of the plan in which it lies, counted from 1."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="spots")
    row = models.PositiveSmallIntegerField()
    column = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()

    class Meta:
        """In the order of their numbers; one a cell."""

        ordering = ("fair", "number")
        constraints = (models.UniqueConstraint(fields=["fair", "row", "column"], name="spot_once_a_cell"),)

    def __str__(self) -> str:
        """Give its number."""
        return str(self.number)


class StandQuerySet(models.QuerySet["Stand"]):
    """Questions about several stands."""

    def with_all(self) -> Self:
        """Read with each what a page says of it."""
        return self.select_related("fair__gathering__owner", "spot", "file")

    def accepted(self) -> Self:
        """Keep those that have a place."""
        return self.filter(state=StandState.ACCEPTED)

    def awaited(self) -> Self:
        """Keep those that have a place or may still get one."""
        return self.filter(state__in=(StandState.ACCEPTED, StandState.APPLIED))


class Stand(models.Model):
    """Somebody applies for a stand or a poster; her link changes what she said and takes it back.

    `organisation`, `title` and `summary` are for everybody once it is accepted, as she agreed at `agreed_at`; name, address and needs are for those
    who invite, and go weeks after the gathering: then it is `shredded`.
    """

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    fair = models.ForeignKey(Fair, models.CASCADE, related_name="stands")
    kind = models.CharField(max_length=10, choices=StandKind)
    state = models.CharField(max_length=10, choices=StandState, default=StandState.APPLIED)
    organisation = models.CharField(max_length=160)
    title = models.CharField(max_length=160)
    summary = models.TextField()
    name = models.CharField(max_length=120, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    tables = models.PositiveSmallIntegerField(default=0)
    power = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True, default="")
    spot = models.OneToOneField(Spot, models.SET_NULL, null=True, blank=True, related_name="stand")
    agreed_at = models.DateTimeField()
    applied_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    shredded = models.BooleanField(default=False)

    objects = StandQuerySet.as_manager()

    class Meta:
        """In the order in which they came; only what is accepted has a place in the hall."""

        ordering = ("applied_at", "pk")
        constraints = (models.CheckConstraint(condition=Q(spot__isnull=True) | Q(state=StandState.ACCEPTED), name="stand_in_the_hall_is_accepted"),)
        indexes = (models.Index(fields=["email"], name="stand_by_address"),)

    def __str__(self) -> str:
        """Name what it shows."""
        return self.title

    def is_open(self, now: dt.datetime) -> bool:
        """Whether she may still change what she said."""
        gathering = self.fair.gathering
        return self.state in {StandState.APPLIED, StandState.ACCEPTED} and gathering.published and now < gathering.ends_at

    @property
    def needs(self) -> str:
        """What it needs in the hall, in words."""
        tables = {0: _("kein Tisch"), 1: _("1 Tisch")}.get(self.tables) or _("%(count)d Tische") % {"count": self.tables}
        return ", ".join(filter(None, (tables, _("mit Strom") if self.power else _("ohne Strom"), self.note)))


class StandFile(models.Model):
    """The poster as a file, which lies in the data folder under its reference; a picture has a small one beside it under `preview`."""

    stand = models.OneToOneField(Stand, models.CASCADE, related_name="file")
    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True)
    preview = models.CharField(max_length=REFERENCE_LENGTH, blank=True, default="")
    file_name = models.CharField(max_length=200)
    ending = models.CharField(max_length=5)
    alternative = models.CharField(max_length=1000)
    given_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    handed_in_at = models.DateTimeField()

    class Meta:
        """One file a poster."""

    def __str__(self) -> str:
        """Name the file."""
        return self.file_name
