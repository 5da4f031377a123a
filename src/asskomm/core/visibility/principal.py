# SPDX-License-Identifier: EUPL-1.2
"""Whoever reads or acts, as the lower floors know her: organisations and roles, no person."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a function entitles to; roles follow from functions only."""

    COORDINATOR = "coordinator"
    MAYOR = "mayor"
    POLICE = "police"
    DISTRICT = "district"
    COACH = "coach"
    PARTNER = "partner"
    STATE_COUNCIL = "state_council"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Principal:
    """The rights of one request.

    Args:
        account: key of the account, `None` for the public.
        organisations: keys of the organisations in which she holds a function today.
        roles: her roles today.
        municipalities: municipality keys for which she may act.
        posts: which role she holds in which organisation: what a mayor may do in her house, she may not do in another in which she is a guest.
        everything: true only for the operator at the machine's own command line.
    """

    account: int | None = None
    organisations: frozenset[int] = frozenset()
    roles: frozenset[Role] = frozenset()
    municipalities: frozenset[str] = frozenset()
    posts: frozenset[tuple[Role, int]] = frozenset()
    everything: bool = False

    @property
    def is_member(self) -> bool:
        """Whether she belongs to the alliance today: an administrator alone does not read it."""
        return self.everything or bool(self.roles - {Role.ADMINISTRATOR})

    def has(self, *roles: Role) -> bool:
        """Whether she holds one of these roles today."""
        return not self.roles.isdisjoint(roles)

    def houses(self, *roles: Role) -> frozenset[int]:
        """Give the keys of the organisations in which she holds one of these roles today."""
        return frozenset(organisation for role, organisation in self.posts if role in roles)


ANYONE = Principal()
SYSTEM = Principal(everything=True)
