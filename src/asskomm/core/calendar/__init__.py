# SPDX-License-Identifier: EUPL-1.2
"""Dates as every calendar reads them: rooms register whose dates they know, pages hand them out."""

from asskomm.core.calendar.entry import CALENDARS, Entry

__all__ = ["CALENDARS", "Entry"]
