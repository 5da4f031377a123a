# SPDX-License-Identifier: EUPL-1.2
"""Slots: a lower room owns the page, upper rooms register what stands on it."""

from asskomm.core.slots.slot import Slot

__all__ = ["Slot"]
