# SPDX-License-Identifier: EUPL-1.2
"""Districts and independent cities."""

from django.db import models
from django.urls import reverse

from asskomm.territory.enums import DistrictKind


class District(models.Model):
    """One of the ten districts or three independent cities, by its five-digit key."""

    key = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=DistrictKind)

    class Meta:
        """Read by name."""

        ordering = ("name",)

    def __str__(self) -> str:
        """Give the official name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("territory:district", args=[self.key])
