# SPDX-License-Identifier: EUPL-1.2
"""Links that let somebody in once, and only until an instant."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from asskomm.people.enums import LinkPurpose


class OneTimeLinkQuerySet(models.QuerySet["OneTimeLink"]):
    """Questions about several links."""

    def live(self, now: dt.datetime) -> Self:
        """Keep those that still let somebody in at an instant."""
        return self.filter(used_at__isnull=True, expires_at__gt=now)


class OneTimeLink(models.Model):
    """A link of one account; of its secret only the SHA-256 is kept, so nobody who reads the database can use it.

    Without an account stands what an unknown address asked for, so that it costs the same work, and what makes the first administrator.
    """

    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey("people.Account", models.CASCADE, null=True, blank=True, related_name="links")
    purpose = models.CharField(max_length=20, choices=LinkPurpose)
    issued_by = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = OneTimeLinkQuerySet.as_manager()

    class Meta:
        """Newest first; found by when they are deleted."""

        ordering = ("-pk",)
        indexes = (models.Index(fields=["expires_at"], name="one_time_link_by_end"),)
        constraints = (
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="one_time_link_ends_after_it_began"),
            models.CheckConstraint(condition=Q(account__isnull=False) | ~Q(purpose=LinkPurpose.INVITATION), name="one_time_link_invites_somebody"),
        )

    def __str__(self) -> str:
        """Say for what it is."""
        return str(self.get_purpose_display())
