# SPDX-License-Identifier: EUPL-1.2
"""What is talked about at a gathering, what came of it, and who does what until when."""

from django.db import models
from django.db.models import Q


class AgendaItem(models.Model):
    """A point of the agenda, and what the minutes say about it."""

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    record = models.TextField(blank=True, default="")

    class Meta:
        """In their order, each place once."""

        ordering = ("gathering", "position")
        constraints = (models.UniqueConstraint(fields=["gathering", "position"], name="agenda_place_once"),)

    def __str__(self) -> str:
        """Give its title."""
        return self.title


class ActionItem(models.Model):
    """Something that somebody said she would do."""

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="actions")
    text = models.CharField(max_length=300)
    who = models.CharField(max_length=120, blank=True, default="")
    due = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """What is due first comes first."""

        ordering = ("gathering", models.F("due").asc(nulls_last=True), "pk")
        indexes = (models.Index(fields=["due"], condition=Q(done_at__isnull=True), name="action_open_by_day"),)

    def __str__(self) -> str:
        """Give its text."""
        return self.text
