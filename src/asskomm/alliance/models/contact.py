# SPDX-License-Identifier: EUPL-1.2
"""When the state council speaks with a municipality next, and how often it means to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.IntegerChoices):
    """After how many months without an event a municipality is named."""

    QUARTER = 3, _("alle drei Monate")
    HALF = 6, _("alle sechs Monate")
    YEAR = 12, _("alle zwölf Monate")


class NextContact(models.Model):
    """What the state council means to do next with a municipality: a day, a note without persons, and a rhythm."""

    municipality = models.OneToOneField("territory.Municipality", models.PROTECT, primary_key=True, related_name="next_contact")
    day = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, default="")
    rhythm = models.PositiveSmallIntegerField(choices=Rhythm, default=Rhythm.YEAR)
    written_on = models.DateField()

    class Meta:
        """Read by day."""

        ordering = ("day", "municipality")
        indexes = (models.Index(fields=["day"], name="next_contact_by_day"),)

    def __str__(self) -> str:
        """Name the municipality."""
        return str(self.municipality)
