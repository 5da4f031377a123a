# SPDX-License-Identifier: EUPL-1.2
"""Who may see a shared object: private, partners, alliance, public."""

from asskomm.core.visibility.levels import Visibility
from asskomm.core.visibility.permissions import allowed, require
from asskomm.core.visibility.principal import ANYONE, SYSTEM, Principal, Role
from asskomm.core.visibility.queryset import SharedQuerySet
from asskomm.core.visibility.request import ReaderRequest

__all__ = ["ANYONE", "SYSTEM", "Principal", "ReaderRequest", "Role", "SharedQuerySet", "Visibility", "allowed", "require"]
