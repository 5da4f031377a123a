# SPDX-License-Identifier: EUPL-1.2
"""Entries, their contents, and the seals on them. Triggers in the database keep all but the contents from being changed or deleted."""

import datetime as dt

from django.db import models
from django.utils.functional import Promise

from asskomm.core.audit.enums import Action
from asskomm.core.audit.registry import TRAILS


class Entry(models.Model):
    """Somebody did something to an object; no personal text stands here."""

    at = models.DateTimeField()
    action = models.CharField(max_length=12, choices=Action)
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    account = models.BigIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, default="", help_text="of the content, with its salt; empty where there is none")
    read_at = models.DateTimeField(null=True, blank=True, help_text="where reading was noted later than it happened, because the database was away")

    class Meta:
        """Newest first, found by object."""

        ordering = ("-pk",)
        verbose_name_plural = "entries"
        indexes = (models.Index(fields=["kind", "key", "-id"], name="entry_of_object"),)

    def __str__(self) -> str:
        """Say number and action."""
        return f"{self.pk} {self.action}"

    @property
    def happened_at(self) -> dt.datetime:
        """When it was done, which is before it was noted where the database was away."""
        return self.read_at or self.at

    @property
    def kind_name(self) -> str | Promise:
        """What such an object is called."""
        return TRAILS[self.kind].name if self.kind in TRAILS else self.kind


class Content(models.Model):
    """What the object said after it; may be deleted on its date, which leaves the seals valid."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="content")
    salt = models.CharField(max_length=32)
    values = models.JSONField()
    audience = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        """Name the entry."""
        return str(self.entry_id)


class Seal(models.Model):
    """A root over some entries, chained to the seal before."""

    number = models.PositiveBigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    last_entry = models.BigIntegerField()
    root = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Say number and chain."""
        return f"{self.number} {self.chain}"


class SealedEntry(models.Model):
    """An entry's own hash, and its place under a seal; not bound to the entry, so that one that goes missing is missed."""

    entry = models.BigIntegerField(primary_key=True)
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="entries")
    leaf = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Name entry and seal."""
        return f"{self.entry} ({self.seal_id})"
