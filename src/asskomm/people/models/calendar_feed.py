# SPDX-License-Identifier: EUPL-1.2
"""A calendar that somebody subscribes to from her own device."""

from django.db import models

from asskomm.core.references import new_reference


class CalendarFeed(models.Model):
    """An account's one feed; its address is made of the reference and signed, so that whoever reads the database cannot use it."""

    account = models.OneToOneField("people.Account", models.CASCADE, related_name="calendar_feed")
    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the owner."""
        return str(self.account)
