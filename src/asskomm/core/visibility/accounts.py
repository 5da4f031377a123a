# SPDX-License-Identifier: EUPL-1.2
"""The rights of an account today, for work that is done in its name later; the people's room knows them."""

from collections.abc import Callable

from asskomm.core.slots import Slot
from asskomm.core.visibility.principal import ANYONE, Principal

PRINCIPALS: Slot[Callable[[int], Principal]] = Slot()


def principal_of_account(account: int) -> Principal:
    """Give the rights that an account holds today; none where nobody knows it."""
    found = [principal_of(account) for principal_of in PRINCIPALS]
    return found[0] if found else ANYONE
