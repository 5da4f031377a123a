# SPDX-License-Identifier: EUPL-1.2
"""When could we meet: days to choose from, and who can come on which."""

from django.db import models
from django.db.models import F, Q

from asskomm.core.references import REFERENCE_LENGTH, new_reference
from asskomm.events.enums import Answer


class DatePoll(models.Model):
    """Several people look for a day; whoever has the link answers, without an account. Once it is settled `gathering` is what came of it."""

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    owner = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")
    gathering = models.OneToOneField("events.Gathering", models.SET_NULL, null=True, blank=True, related_name="poll")
    settled_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField()
    example = models.BooleanField(default=False)

    class Meta:
        """The newest first."""

        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        """Give its title."""
        return self.title


class PollOption(models.Model):
    """A day and time to choose."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="options")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        """By time, each once, and it ends after it began."""

        ordering = ("poll", "starts_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["poll", "starts_at", "ends_at"], name="poll_option_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="poll_option_ends_after_it_began"),
        )

    def __str__(self) -> str:
        """Give its begin."""
        return f"{self.starts_at:%d.%m.%Y %H:%M}"


class PollVoter(models.Model):
    """Somebody who answered, under the name she gave; her own link changes her answers."""

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="voters")
    name = models.CharField(max_length=120)

    class Meta:
        """In the order in which they answered, a name once a poll."""

        ordering = ("poll", "pk")
        constraints = (models.UniqueConstraint(fields=["poll", "name"], name="poll_voter_once"),)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class PollVote(models.Model):
    """Whether somebody can come on a day."""

    voter = models.ForeignKey(PollVoter, models.CASCADE, related_name="votes")
    option = models.ForeignKey(PollOption, models.CASCADE, related_name="votes")
    answer = models.CharField(max_length=5, choices=Answer)

    class Meta:
        """One answer each."""

        constraints = (models.UniqueConstraint(fields=["voter", "option"], name="poll_vote_once"),)

    def __str__(self) -> str:
        """Give the answer."""
        return str(self.get_answer_display())
