# SPDX-License-Identifier: EUPL-1.2
"""Where somebody is signed in: as little as it takes to know one's own devices again."""

from typing import Self

from django.db import models

from asskomm.core.references import new_reference
from asskomm.core.visibility import Principal


class DeviceQuerySet(models.QuerySet["Device"]):
    """Questions about several devices."""

    def visible_to(self, principal: Principal) -> Self:
        """Keep one's own."""
        return self.filter(account=principal.account) if principal.account else self.none()


class Device(models.Model):
    """An open session with the name of its browser; no network address is kept, and the last use to the hour."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    account = models.ForeignKey("people.Account", models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=60)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = DeviceQuerySet.as_manager()

    class Meta:
        """Used last first."""

        ordering = ("-seen_at", "-pk")
        indexes = (models.Index(fields=["seen_at"], name="device_by_last_use"),)

    def __str__(self) -> str:
        """Give the name of the browser."""
        return self.browser
