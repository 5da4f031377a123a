# SPDX-License-Identifier: EUPL-1.2
"""Nouns of the room."""

from asskomm.publishing.models.press import PressFigure, PressQuote, PressSheet, PressYear
from asskomm.publishing.models.target import FigureTarget

__all__ = ["FigureTarget", "PressFigure", "PressQuote", "PressSheet", "PressYear"]
