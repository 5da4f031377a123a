# SPDX-License-Identifier: EUPL-1.2
"""Tokens: how a program signs in to the API in somebody's name."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from asskomm.core.references import new_reference
from asskomm.core.visibility import Principal
from asskomm.people.enums import Scope


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Questions about several tokens."""

    def visible_to(self, principal: Principal) -> Self:
        """Keep one's own; nobody sees another's, whatever her function."""
        return self.filter(account=principal.account) if principal.account else self.none()

    def live(self, now: dt.datetime) -> Self:
        """Keep those that are accepted at an instant."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)


class ApiToken(models.Model):
    """A token of one account until a day; of its secret only the SHA-256 is kept, so nobody can read it again.

    `last_used` is a day, written at the first use of the day only, so that reading stays reading.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    account = models.ForeignKey("people.Account", models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used = models.DateField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        """Newest first; each ends after it began."""

        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="api_token_ends_after_it_began"),)

    def __str__(self) -> str:
        """Give the name that its owner chose."""
        return self.name

    @property
    def scope_labels(self) -> list[str]:
        """What it may do, in words."""
        return [str(scope.label) for scope in Scope if scope.value in self.scopes]

    def live_at(self, now: dt.datetime) -> bool:
        """Whether it is accepted at an instant."""
        return self.revoked_at is None and now < self.expires_at
