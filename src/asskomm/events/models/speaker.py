# SPDX-License-Identifier: EUPL-1.2
"""Whoever contributes to a gathering."""

import uuid

from django.db import models

from asskomm.core.references import REFERENCE_LENGTH, new_reference
from asskomm.events.enums import Level, ParticipantType


class Speaker(models.Model):
    """A person who contributes; she speaks to the public, her address is for the organiser alone. On whose behalf she speaks is empty until it is known."""

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    guid = models.UUIDField(default=uuid.uuid4)
    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True, default="")
    organisation = models.CharField(max_length=160, blank=True, default="")
    participant_type = models.CharField(max_length=20, choices=ParticipantType, blank=True, default="")
    level = models.CharField(max_length=15, choices=Level, blank=True, default="")
    biography = models.TextField(blank=True, default="")
    photo_consent = models.BooleanField(default=False)

    class Meta:
        """By name; the number that programs know her by stands for one person."""

        ordering = ("gathering", "name", "pk")
        constraints = (models.UniqueConstraint(fields=["gathering", "guid"], name="speaker_guid_once"),)

    def __str__(self) -> str:
        """Give the name."""
        return self.name
