# SPDX-License-Identifier: EUPL-1.2
"""Kinds of events: data, so that a new kind is one row."""

from django.db import models
from django.utils.translation import gettext


class EventKind(models.Model):
    """A kind with its definition and what it changes.

    `begins` and `ends` list the status layers that an event of this kind begins or ends;
    `measures` lists the numbers that it may carry, such as `participants`.
    `has_term` says that it may hold until a day, such as an agreement.
    """

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=80, unique=True)
    definition = models.CharField(max_length=300)
    begins = models.JSONField(default=list)
    ends = models.JSONField(default=list)
    measures = models.JSONField(default=list)
    needs_municipality = models.BooleanField(default=True)
    needs_amount = models.BooleanField(default=False)
    has_term = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        """Read in the list's own order."""

        ordering = ("position", "key")

    def __str__(self) -> str:
        """Give the name in the reader's language."""
        return gettext(self.name)

    @property
    def meaning(self) -> str:
        """The definition in the reader's language."""
        return gettext(self.definition)
