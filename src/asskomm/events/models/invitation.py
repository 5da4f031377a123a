# SPDX-License-Identifier: EUPL-1.2
"""Somebody is asked to contribute, and what she hands in by her link."""

import datetime as dt
from typing import Self

from django.db import models

from asskomm.core.references import REFERENCE_LENGTH, new_reference
from asskomm.events.enums import GatheringState, InvitationState

TAKES_SLIDES = dt.timedelta(days=14)
"""How long after the end somebody may still hand in slides; then her link is worth nothing."""
REMINDS = dt.timedelta(days=7)
"""How long before its deadline an invitation without an answer is brought to mind."""
_LEAVES_ALONE = dt.timedelta(days=2)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about several invitations."""

    def with_all(self) -> Self:
        """Read with each what a page says of it."""
        return self.select_related("session__gathering__owner", "speaker", "expenses")

    def accepted(self) -> Self:
        """Keep those of whoever contributes."""
        return self.filter(state=InvitationState.ACCEPTED)

    def awaited(self) -> Self:
        """Keep those of whoever said yes or may still do so."""
        return self.filter(state__in=(InvitationState.ACCEPTED, InvitationState.INVITED))

    def to_remind(self, now: dt.datetime, today: dt.date) -> Self:
        """Keep those to bring to mind today: no answer, the deadline near, and the link not sent just now."""
        open_still = self.filter(state=InvitationState.INVITED, reminded_at__isnull=True, sent_at__lte=now - _LEAVES_ALONE)
        ahead = open_still.filter(session__gathering__starts_at__gt=now).exclude(session__gathering__state=GatheringState.CALLED_OFF)
        return ahead.filter(answer_until__gte=today, answer_until__lte=today + REMINDS)


class Invitation(models.Model):
    """Somebody is asked to contribute to a session, and answers by a link.

    `topic` is the working title with which she was asked, `note` the sentence that the organiser wrote to her alone; `documented` is what she says
    about slides that she may still hand in.
    """

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    session = models.ForeignKey("events.Session", models.CASCADE, related_name="invitations")
    speaker = models.ForeignKey("events.Speaker", models.CASCADE, related_name="invitations")
    topic = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True, default="")
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.INVITED)
    technology = models.TextField(blank=True, default="")
    documented = models.BooleanField(default=False)
    answer_until = models.DateField(null=True, blank=True)
    invited_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        """In the order in which they were asked; each once for a session."""

        ordering = ("invited_at", "pk")
        constraints = (models.UniqueConstraint(fields=["session", "speaker"], name="invitation_once"),)

    def __str__(self) -> str:
        """Name whoever is asked."""
        return str(self.speaker)

    def is_open(self, now: dt.datetime) -> bool:
        """Whether she may still answer and change what she said."""
        gathering = self.session.gathering
        return self.state != InvitationState.WITHDRAWN and gathering.state != GatheringState.CALLED_OFF and now < gathering.starts_at

    def takes_slides(self, now: dt.datetime) -> bool:
        """Whether she may hand in slides."""
        return self.state == InvitationState.ACCEPTED and self.session.gathering.state != GatheringState.CALLED_OFF and not self.is_over(now)

    def is_over(self, now: dt.datetime) -> bool:
        """Whether the link is worth nothing any more."""
        return now >= self.session.gathering.ends_at + TAKES_SLIDES


class Expenses(models.Model):
    """Which fee somebody asks for and how she travels: enciphered, for the organiser alone, without history, and gone with the invitation."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="expenses")
    sealed = models.TextField()

    class Meta:
        """One row an invitation."""

        verbose_name_plural = "expenses"

    def __str__(self) -> str:
        """Say whose."""
        return str(self.invitation_id)


class Slides(models.Model):
    """The slides of somebody for a session; the file lies in the data folder under its reference.

    `documented` says whether they may be shown to everybody who sees the session, once the gathering is over.
    """

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    session = models.ForeignKey("events.Session", models.CASCADE, related_name="slides")
    speaker = models.ForeignKey("events.Speaker", models.CASCADE, related_name="slides")
    file_name = models.CharField(max_length=200)
    ending = models.CharField(max_length=5)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    handed_in_at = models.DateTimeField()
    documented = models.BooleanField(default=False)

    class Meta:
        """One file of each for a session."""

        ordering = ("session", "pk")
        verbose_name_plural = "slides"
        constraints = (models.UniqueConstraint(fields=["session", "speaker"], name="slides_once"),)

    def __str__(self) -> str:
        """Name the file."""
        return self.file_name
