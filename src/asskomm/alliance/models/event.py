# SPDX-License-Identifier: EUPL-1.2
"""Events (Ereignisse): what happened, valid on a date, known since another."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from asskomm.alliance.enums import Confirmation, ReportedBy
from asskomm.alliance.models.wave import Side, shown
from asskomm.core.clock import Precision, Span
from asskomm.core.estimates import Estimate
from asskomm.core.references import new_reference
from asskomm.core.visibility import SharedQuerySet, Visibility


class EventQuerySet(SharedQuerySet["Event"]):
    """Questions about several events."""

    def current(self) -> Self:
        """Keep what is known now."""
        return self.filter(shown(), closed_at__isnull=True)

    def for_reading(self) -> Self:
        """Fetch along what a page or an export shows of an event, in a fixed number of queries."""
        return self.select_related("kind", "owner").prefetch_related("municipalities", "parties", "fields")


class Event(models.Model):
    """One version of an event; a correction closes it and adds the next under the same reference."""

    reference = models.CharField(max_length=12, default=new_reference)
    version = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    side = models.PositiveSmallIntegerField(choices=Side, default=Side.ALWAYS, db_default=Side.ALWAYS)
    recorded_by = models.ForeignKey("people.Account", models.SET_NULL, null=True, blank=True, related_name="+")
    closed_by = models.ForeignKey("people.Account", models.SET_NULL, null=True, blank=True, related_name="+")

    kind = models.ForeignKey("alliance.EventKind", models.PROTECT, related_name="events")
    first_day = models.DateField()
    precision = models.CharField(max_length=5, choices=[(p.value, p.value) for p in Precision], default=Precision.DAY.value)
    counts_from = models.DateField(help_text="last day of the span")
    municipalities = models.ManyToManyField("territory.Municipality", blank=True, related_name="events")
    parties = models.ManyToManyField("people.Organisation", blank=True, related_name="events")
    fields = models.ManyToManyField("library.FieldOfAction", blank=True, related_name="events")
    reported_by = models.CharField(max_length=20, choices=ReportedBy)
    status = models.CharField(max_length=20, choices=Confirmation, default=Confirmation.REPORTED)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    measures = models.JSONField(default=dict, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, default="")
    document_url = models.URLField(blank=True, default="")
    source = models.CharField(max_length=300, blank=True, default="")
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.ALLIANCE)
    owner = models.ForeignKey("people.Organisation", models.PROTECT, related_name="owned_events")
    example = models.BooleanField(default=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        """One open version a reference; a span ends where it counts."""

        ordering = ("-counts_from", "-pk")
        indexes = (
            models.Index(fields=["kind", "counts_from", "reference"], name="event_by_kind_and_day"),
            models.Index(fields=["-counts_from", "-id"], name="event_newest_first"),
            models.Index(fields=["valid_until"], name="event_by_end_of_term", condition=Q(valid_until__isnull=False)),
            models.Index(fields=["example"], name="event_made_up", condition=Q(example=True)),
            models.Index(fields=["side"], name="event_on_a_side", condition=~Q(side=Side.ALWAYS)),
        )
        constraints = (
            models.UniqueConstraint(fields=["reference", "version"], name="event_version_once"),
            models.UniqueConstraint(fields=["reference"], condition=Q(closed_at__isnull=True), name="event_one_open_version"),
            models.CheckConstraint(condition=Q(first_day__lte=F("counts_from")), name="event_span_in_order"),
            models.CheckConstraint(condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("first_day")), name="event_term_in_order"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="event_amount_not_negative"),
            models.CheckConstraint(condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("recorded_at")), name="event_closed_after_recorded"),
        )

    def __str__(self) -> str:
        """Name kind and date."""
        return f"{self.kind}, {self.span}"

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("alliance:event", args=[self.reference])

    @property
    def is_current(self) -> bool:
        """Whether this version is known now."""
        return self.closed_at is None and (self.side == Side.ALWAYS or Event.objects.current().filter(pk=self.pk).exists())

    @property
    def span(self) -> Span:
        """The valid date with its precision."""
        return Span(self.first_day, Precision(self.precision))

    @property
    def money(self) -> Estimate | None:
        """The amount that it is about."""
        return None if self.amount is None else Estimate(float(self.amount), "EUR")


class EventShare(models.Model):
    """An organisation named as partner, which may see an event of the level "partners"."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="shares")
    organisation = models.ForeignKey("people.Organisation", models.CASCADE, related_name="+")

    class Meta:
        """Named once."""

        constraints = (models.UniqueConstraint(fields=["event", "organisation"], name="event_share_once"),)

    def __str__(self) -> str:
        """Name the partner."""
        return str(self.organisation)
