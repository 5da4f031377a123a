# SPDX-License-Identifier: EUPL-1.2
"""Nouns of the room."""

from asskomm.events.models.gathering import Gathering, GatheringShare
from asskomm.events.models.places import Places
from asskomm.events.models.registration import Needs, Registration

__all__ = ["Gathering", "GatheringShare", "Needs", "Places", "Registration"]
