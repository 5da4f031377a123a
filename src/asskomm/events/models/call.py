# SPDX-License-Identifier: EUPL-1.2
"""People are called on to propose sessions, and who looks at what they propose."""

import datetime as dt

from django.db import models
from django.utils.timezone import localdate

from asskomm.core.clock import BERLIN
from asskomm.events.enums import SessionKind


class Call(models.Model):
    """A gathering calls for sessions until a day, that day included; asking somebody by name stays as it is beside it.

    `kinds` lists what is asked for (keys of `SessionKind`); `nameless` says whether reviewers read without names.
    """

    gathering = models.OneToOneField("events.Gathering", models.CASCADE, related_name="call")
    text = models.TextField()
    closes_on = models.DateField()
    kinds = models.JSONField(default=list)
    nameless = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Name the gathering."""
        return str(self.gathering)

    @property
    def ends_at(self) -> dt.datetime:
        """The first instant at which nobody proposes any more."""
        return dt.datetime.combine(self.closes_on + dt.timedelta(days=1), dt.time(), BERLIN)

    @property
    def kind_names(self) -> list[str]:
        """What is asked for, as one reads it, in the order of the kinds."""
        return [str(kind.label) for kind in SessionKind if kind in self.kinds]

    def is_ahead(self, now: dt.datetime) -> bool:
        """Whether the gathering takes place and has not begun, so that something can still come of a proposal."""
        return self.gathering.published and now < self.gathering.starts_at

    def is_open(self, now: dt.datetime) -> bool:
        """Whether somebody can propose at an instant."""
        return self.closed_at is None and localdate(now) <= self.closes_on and self.is_ahead(now)


class Reviewer(models.Model):
    """Somebody who is asked to look at what is proposed: all of it, or what belongs to some tracks."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="reviewers")
    account = models.ForeignKey("people.Account", models.CASCADE, related_name="+")
    tracks = models.ManyToManyField("events.Track", blank=True, related_name="+")

    class Meta:
        """By name, each once."""

        ordering = ("call", "account__person__family_name", "pk")
        constraints = (models.UniqueConstraint(fields=["call", "account"], name="reviewer_once"),)

    def __str__(self) -> str:
        """Give the name."""
        return str(self.account)
