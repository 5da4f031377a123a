# SPDX-License-Identifier: EUPL-1.2
"""Files that are read in: the batch, its rejected rows, and what it made."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.registry import IMPORTERS, Importer
from asskomm.core.references import new_reference
from asskomm.core.visibility import Principal, allowed


class BatchQuerySet(models.QuerySet["Batch"]):
    """Questions about several batches."""

    def visible_to(self, principal: Principal) -> Self:
        """Keep one's own; all for the operator at the machine alone, because a preview shows what a file says."""
        if allowed("imports.see_all", principal):
            return self
        return self.filter(account=principal.account) if principal.account else self.none()


class Batch(models.Model):
    """One file on its way in; bulk rows that carry it count only while it is live."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    importer = models.CharField(max_length=40)
    reason = models.CharField(max_length=300, blank=True, default="")
    account = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=BatchState, default=BatchState.READING)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.ForeignKey("provenance.Source", models.PROTECT, null=True, blank=True, related_name="batches")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    options = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    live_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    position = models.PositiveBigIntegerField(default=0, help_text="how far in the accepted rows; moves with what is written")
    repairs = models.JSONField(default=dict)
    first_rows = models.JSONField(default=list)
    duplicate_rows = models.JSONField(default=list)
    fault = models.CharField(max_length=500, blank=True, default="")

    objects = BatchQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["account", "-id"], name="batch_of_account"),
            models.Index(fields=["created_at"], name="batch_open", condition=Q(state__in=["reading", "ready", "refused", "dropped"])),
        )

    def __str__(self) -> str:
        """Name the file."""
        return self.file_name

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("imports:batch", args=[self.reference])

    @property
    def kind(self) -> Importer:
        """The importer that reads it."""
        return IMPORTERS[self.importer]


class RejectedRow(models.Model):
    """A cell that was not taken over, with the reason and the nearest valid value."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rejections")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=60, blank=True, default="")
    value = models.CharField(max_length=300, blank=True, default="")
    reason = models.CharField(max_length=500)
    nearest = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        """In the order of the file."""

        ordering = ("row", "pk")

    def __str__(self) -> str:
        """Give row and reason."""
        return f"{self.row}: {self.reason}"


class MadeObject(models.Model):
    """An object that a batch made through a verb, with what undoing it needs."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="made")
    key = models.CharField(max_length=60, db_index=True)
    before = models.JSONField(default=dict)

    class Meta:
        """In the order in which they were made."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Give the key."""
        return self.key
