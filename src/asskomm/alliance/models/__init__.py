# SPDX-License-Identifier: EUPL-1.2
"""Nouns of the room."""

from asskomm.alliance.models.contact import NextContact, Rhythm
from asskomm.alliance.models.event import Event, EventQuerySet, EventShare
from asskomm.alliance.models.kind import EventKind
from asskomm.alliance.models.status import CountChange, StatusInterval
from asskomm.alliance.models.wave import Side, Wave

__all__ = ["CountChange", "Event", "EventKind", "EventQuerySet", "EventShare", "NextContact", "Rhythm", "Side", "StatusInterval", "Wave"]
