# SPDX-License-Identifier: EUPL-1.2
"""Organisations and how they stand to each other over time."""

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from asskomm.people.enums import OrganisationKind, RelationKind


class OrganisationManager(models.Manager["Organisation"]):
    """Leaves out what was merged into another organisation."""

    def get_queryset(self) -> models.QuerySet["Organisation"]:
        """Give the organisations that stand for themselves."""
        return super().get_queryset().filter(merged_into__isnull=True)


class Organisation(models.Model):
    """A body that acts in the alliance; a municipality's or district's body points to its place.

    One that turned out to be another one points to it, and is found through `everything` only.
    """

    kind = models.CharField(max_length=20, choices=OrganisationKind, db_index=True)
    name = models.CharField(max_length=160)
    municipality = models.OneToOneField("territory.Municipality", models.PROTECT, null=True, blank=True, related_name="organisation")
    district = models.OneToOneField("territory.District", models.PROTECT, null=True, blank=True, related_name="organisation")

    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = OrganisationManager()
    everything = models.Manager()  # noqa: DJ012 -- a manager too

    class Meta:
        """Read by name; only the two kinds of bodies have a place."""

        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=["kind", "name"], condition=Q(municipality__isnull=True), name="organisation_name_once"),
            models.CheckConstraint(condition=Q(kind="municipality") ^ Q(municipality__isnull=True), name="organisation_municipality_iff_kind"),
            models.CheckConstraint(condition=Q(kind="district") ^ Q(district__isnull=True), name="organisation_district_iff_kind"),
        )

    def __str__(self) -> str:
        """Give the name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("people:organisation", args=[self.pk])


M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    """Rows with a first and a last day."""

    def on(self, day: dt.date) -> Self:
        """Keep what holds on a day."""
        return self.filter(Q(start__isnull=True) | Q(start__lte=day), Q(end__isnull=True) | Q(end__gte=day))


class Relation(models.Model):
    """One organisation stands to another in a certain way, from a day to a day."""

    subject = models.ForeignKey(Organisation, models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=20, choices=RelationKind)
    target = models.ForeignKey(Organisation, models.CASCADE, related_name="related_from")
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        """Days in order, nobody related to herself."""

        ordering = ("kind", "target__name", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(start__isnull=True) | Q(start__lte=F("end")), name="relation_days_in_order"),
            models.CheckConstraint(condition=~Q(subject=F("target")), name="relation_not_to_itself"),
        )

    def __str__(self) -> str:
        """Say it as a sentence."""
        return f"{self.subject} {self.get_kind_display()} {self.target}"
