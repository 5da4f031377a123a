# SPDX-License-Identifier: EUPL-1.2
"""The history of addresses: that a kind of mail was unsubscribed, or that an address is written to again; for the log alone."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from asskomm.core.audit import State, Subject, Trail
from asskomm.core.mail.models import Address
from asskomm.core.visibility import Principal


def states(addresses: Sequence[Address]) -> Iterator[State]:
    """Keep nothing of an address."""
    return (State(address.reference, {}) for address in addresses)


def find(_key: str, _principal: Principal) -> Subject | None:
    """Give nothing: an address has no page."""
    return None


ADDRESS_TRAIL = Trail(name=_("E-Mail-Adresse"), fields={}, states=states, find=find)
