# SPDX-License-Identifier: EUPL-1.2
"""Sources."""

from typing import Self

from django.db import models
from django.db.models import Max, Q
from django.urls import reverse

from asskomm.core.references import new_reference
from asskomm.core.visibility import Principal


class SourceQuerySet(models.QuerySet["Source"]):
    """Questions about several sources."""

    def visible_to(self, principal: Principal) -> Self:
        """Keep public ones and those that one has read in oneself: the name of a file can say what its rows must not."""
        if principal.everything:
            return self
        return self.filter(Q(public=True) | Q(account=principal.account)) if principal.account else self.filter(public=True)

    def with_end(self) -> Self:
        """Say along with each when what was read from it was undone; a table that comes with the program never is."""
        return self.annotate(undone_at=Max("batches__undone_at")).order_by("-pk")  # what groups forgets the order of the model


class Source(models.Model):
    """A file from which data were read: never changed, never deleted.

    `sha256` tells whether another file is the same. `rows_used` says how many of its rows were taken over, `filters` which were left out.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    publisher = models.CharField(max_length=200, blank=True, default="")
    licence = models.CharField(max_length=200, blank=True, default="")
    address = models.URLField(max_length=300, blank=True, default="")
    retrieved = models.DateField()
    rows_used = models.PositiveIntegerField()
    filters = models.CharField(max_length=300, blank=True, default="")
    public = models.BooleanField(default=False)
    account = models.BigIntegerField(null=True, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        """Name it as a citation does."""
        return ", ".join(filter(None, (self.title, self.publisher, f"{self.retrieved:%d.%m.%Y}")))

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("provenance:source", args=[self.reference])
