# SPDX-License-Identifier: EUPL-1.2
"""The rights and the names of accounts, for work that is done in their name later and for the history; the people's room knows them."""

from collections.abc import Callable, Collection, Mapping

from asskomm.core.slots import Slot
from asskomm.core.visibility.principal import ANYONE, Principal

PRINCIPALS: Slot[Callable[[int], Principal]] = Slot()
ACCOUNT_NAMES: Slot[Callable[[Collection[int]], Mapping[int, str]]] = Slot()


def principal_of_account(account: int) -> Principal:
    """Give the rights that an account holds today; none where nobody knows it."""
    found = [principal_of(account) for principal_of in PRINCIPALS]
    return found[0] if found else ANYONE


def names_of_accounts(accounts: Collection[int]) -> dict[int, str]:
    """Give the names of accounts, for readers who are members; those that are gone are left out."""
    return {account: name for names_of in ACCOUNT_NAMES for account, name in names_of(accounts).items()} if accounts else {}
