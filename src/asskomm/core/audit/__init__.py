# SPDX-License-Identifier: EUPL-1.2
"""Who did what and when: append-only entries, sealed each minute, and the readable history of every object made of them."""

from asskomm.core.audit.enums import Action
from asskomm.core.audit.registry import TRAILS, Field, State, Subject, Trail

__all__ = ["TRAILS", "Action", "Field", "State", "Subject", "Trail"]
