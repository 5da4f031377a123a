# SPDX-License-Identifier: EUPL-1.2
"""What somebody proposes for a gathering, with whom, and what reviewers think of it."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from asskomm.core.references import REFERENCE_LENGTH, new_reference
from asskomm.events.enums import ProposalState, Score, SessionKind


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Questions about several proposals."""

    def with_all(self) -> Self:
        """Read with each what a page says of it."""
        return self.select_related("call__gathering__owner", "session", "track")

    def handed_in(self) -> Self:
        """Keep what those who decide look at."""
        return self.exclude(state__in=(ProposalState.DRAFT, ProposalState.WITHDRAWN))


class Proposal(models.Model):
    """A session that somebody proposes by a link, without an account; a draft from the first word on.

    `answers` holds what she said to questions of the call, by the key of the question; `track` is the one to which she thinks that it belongs,
    `session` what came of it.
    """

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    call = models.ForeignKey("events.Call", models.CASCADE, related_name="proposals")
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.DRAFT)
    name = models.CharField(max_length=120, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    organisation = models.CharField(max_length=160, blank=True, default="")
    kind = models.CharField(max_length=10, choices=SessionKind, blank=True, default="")
    track = models.ForeignKey("events.Track", models.SET_NULL, null=True, blank=True, related_name="proposals")
    title = models.CharField(max_length=200, blank=True, default="")
    abstract = models.TextField(blank=True, default="")
    technology = models.TextField(blank=True, default="")
    photo_consent = models.BooleanField(default=False)
    answers = models.JSONField(default=dict, blank=True)
    session = models.ForeignKey("events.Session", models.SET_NULL, null=True, blank=True, related_name="proposals")
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        """In the order in which they were begun."""

        ordering = ("call", "begun_at", "pk")
        indexes = (models.Index(fields=["call", "state"], name="proposal_by_state"),)

    def __str__(self) -> str:
        """Give its title."""
        return self.title

    @property
    def is_undecided(self) -> bool:
        """Whether those who invite may still say yes or no."""
        return self.state in {ProposalState.SUBMITTED, ProposalState.WAITING}

    def may_change(self, now: dt.datetime) -> bool:
        """Whether she may still change it."""
        early = self.state in {ProposalState.DRAFT, ProposalState.SUBMITTED, ProposalState.WITHDRAWN}
        return early and self.call.is_open(now)


class CoSpeaker(models.Model):
    """Somebody with whom it is proposed; until she agrees she is not named."""

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="co_speakers")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    asked_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order in which they were named, an address once."""

        ordering = ("proposal", "pk")
        constraints = (models.UniqueConstraint(fields=["proposal", "email"], name="co_speaker_once"),)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Review(models.Model):
    """What a reviewer thinks of a proposal; whoever is biased says so and gives no score."""

    reviewer = models.ForeignKey("events.Reviewer", models.CASCADE, related_name="reviews")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews")
    score = models.PositiveSmallIntegerField(choices=Score, null=True, blank=True)
    remark = models.TextField(blank=True, default="")
    biased = models.BooleanField(default=False)

    class Meta:
        """One of each reviewer; a score or biased, never both."""

        ordering = ("proposal", "pk")
        constraints = (
            models.UniqueConstraint(fields=["reviewer", "proposal"], name="review_once"),
            models.CheckConstraint(condition=Q(biased=True) ^ Q(score__isnull=False), name="review_score_or_biased"),
            models.CheckConstraint(condition=Q(score__isnull=True) | Q(score__in=Score.values), name="review_score_known"),
        )

    def __str__(self) -> str:
        """Say what it is about."""
        return str(self.proposal)
