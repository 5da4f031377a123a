# SPDX-License-Identifier: EUPL-1.2
"""A gathering, and with whom it is shared."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from asskomm.core.references import REFERENCE_LENGTH, new_reference
from asskomm.core.visibility import Principal, SharedQuerySet, Visibility
from asskomm.core.visibility.audience import audience_of
from asskomm.events.enums import GatheringKind, GatheringState

FEEDBACK_FOR = dt.timedelta(days=14)
"""How long after its end people say how it was."""


class GatheringQuerySet(SharedQuerySet["Gathering"]):
    """Questions about several gatherings."""

    def visible_to(self, principal: Principal) -> Self:
        """Keep what this reader may see: a draft is for those who organise it."""
        seen = super().visible_to(principal)
        return seen if principal.everything else seen.filter(~Q(state=GatheringState.DRAFT) | Q(owner__in=principal.organisations))

    def upcoming(self, now: dt.datetime) -> Self:
        """Keep those that are not over, the next first."""
        return self.filter(ends_at__gte=now).order_by("starts_at", "pk")

    def past(self, now: dt.datetime) -> Self:
        """Keep those that are over, the last first."""
        return self.filter(ends_at__lt=now).order_by("-starts_at", "-pk")

    def held(self, now: dt.datetime) -> Self:
        """Keep those that took place and are over, the last first: only of these are there numbers."""
        return self.filter(state=GatheringState.PUBLISHED, ends_at__lte=now).order_by("-ends_at", "-pk")


class Gathering(models.Model):
    """People meet: when, where, for whom, and how one registers.

    `approves` says whether those who invite look at each registration first; `asks` lists what it asks (keys of `Ask`); `badge` says how
    its badges look, as far as that is not as usual. Until `wishes_until` people name
    wishes for workshops that run side by side; since `workshops_assigned_at` who comes first has a place, as everywhere else. Gatherings that
    belong together share a word in `series`.
    """

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    kind = models.CharField(max_length=20, choices=GatheringKind)
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True, default="")
    plain_words = models.TextField(max_length=1500, blank=True, default="")
    place = models.CharField(max_length=200)
    video_link = models.URLField(max_length=500, blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    registers_from = models.DateTimeField(null=True, blank=True)
    registers_until = models.DateTimeField(null=True, blank=True)
    approves = models.BooleanField(default=False)
    asks = models.JSONField(default=list, blank=True)
    badge = models.JSONField(default=dict, blank=True)
    wishes_until = models.DateTimeField(null=True, blank=True)
    workshops_assigned_at = models.DateTimeField(null=True, blank=True)
    documented_at = models.DateTimeField(null=True, blank=True)
    minutes_released_at = models.DateTimeField(null=True, blank=True)
    feedback_closed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=GatheringState, default=GatheringState.DRAFT)
    owner = models.ForeignKey("people.Organisation", models.PROTECT, related_name="gatherings")
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    series = models.CharField(max_length=REFERENCE_LENGTH, blank=True, default="", db_index=True)
    example = models.BooleanField(default=False)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        """Next first; it ends after it began, and one registers before it is over."""

        ordering = ("starts_at", "pk")
        indexes = (models.Index(fields=["ends_at"], name="gathering_by_end"),)
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="gathering_ends_after_it_began"),
            models.CheckConstraint(condition=Q(registers_until__isnull=True) | Q(registers_until__lte=F("ends_at")), name="gathering_registers_before_its_end"),
            models.CheckConstraint(
                condition=Q(registers_from__isnull=True) | Q(registers_until__isnull=True) | Q(registers_from__lt=F("registers_until")),
                name="gathering_registration_in_order",
            ),
        )

    def __str__(self) -> str:
        """Give its title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("events:gathering", args=[self.reference])

    @property
    def published(self) -> bool:
        """Whether it takes place and others know of it."""
        return self.state == GatheringState.PUBLISHED

    @property
    def called_off(self) -> bool:
        """Whether it does not take place after all."""
        return self.state == GatheringState.CALLED_OFF

    @property
    def audience(self) -> frozenset[str]:
        """Who may see it, in words to keep beside a copy of it."""
        level = Visibility.PRIVATE if self.state == GatheringState.DRAFT else self.visibility
        partners = [share.organisation_id for share in self.shares.all()] if level == Visibility.PARTNERS else ()
        return audience_of(level, self.owner_id, partners)

    def is_ahead(self, now: dt.datetime) -> bool:
        """Whether it takes place and is not over."""
        return self.published and now < self.ends_at

    @property
    def collects_wishes(self) -> bool:
        """Whether places in workshops that run side by side are given out by wishes, and have not been given out yet."""
        return self.wishes_until is not None and self.workshops_assigned_at is None

    def takes_feedback(self, now: dt.datetime) -> bool:
        """Whether people say at an instant how it was: from its beginning, until two weeks after its end or those who invite close it."""
        return self.published and self.starts_at <= now < self.ends_at + FEEDBACK_FOR and self.feedback_closed_at is None

    def takes_wishes(self, now: dt.datetime) -> bool:
        """Whether somebody can name wishes at an instant."""
        return self.collects_wishes and self.wishes_until is not None and now < self.wishes_until

    def was_held(self, now: dt.datetime) -> bool:
        """Whether it took place and is over."""
        return self.published and self.ends_at <= now

    def takes_registrations(self, now: dt.datetime) -> bool:
        """Whether somebody can register at an instant."""
        begun = self.registers_from is None or self.registers_from <= now
        return self.published and begun and now < (self.registers_until or self.starts_at)


class GatheringShare(models.Model):
    """An organisation that may see a gathering that is shared with named partners."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="shares")
    organisation = models.ForeignKey("people.Organisation", models.CASCADE, related_name="+")

    class Meta:
        """Named once."""

        constraints = (models.UniqueConstraint(fields=["gathering", "organisation"], name="gathering_share_once"),)

    def __str__(self) -> str:
        """Name the organisation."""
        return str(self.organisation)
