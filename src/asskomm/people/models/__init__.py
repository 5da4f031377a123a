# SPDX-License-Identifier: EUPL-1.2
"""Nouns of the room."""

from asskomm.people.models.account import Account
from asskomm.people.models.function import Function
from asskomm.people.models.organisation import Organisation, Relation
from asskomm.people.models.person import Person

__all__ = ["Account", "Function", "Organisation", "Person", "Relation"]
