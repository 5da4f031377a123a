# SPDX-License-Identifier: EUPL-1.2
"""Nouns of the room."""

from asskomm.publishing.models.press import PressFigure, PressQuote, PressSheet, PressYear

__all__ = ["PressFigure", "PressQuote", "PressSheet", "PressYear"]
