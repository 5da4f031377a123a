# SPDX-License-Identifier: EUPL-1.2
"""What every page needs: navigation, the example's badge, the reader."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject

from asskomm.core.installation.domain import is_example
from asskomm.core.slots import Slot
from asskomm.core.visibility import Principal, allowed


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the main navigation, for everybody, for members, or for those whom a rule allows."""

    label: str | Promise
    url_name: str
    members_only: bool = False
    rule: str = ""

    @property
    def url(self) -> str:
        """Give the address."""
        return _address_of(self.url_name)


@cache
def _address_of(url_name: str) -> str:
    """Give an address that stays while the process lives; finding them anew took a quarter of a small page."""
    return reverse(url_name)


MENU: Slot[MenuEntry] = Slot()
HEAD: Slot[MenuEntry] = Slot()
"""Other ways to read, beside the language, for whoever is not signed in."""
FOOT: Slot[MenuEntry] = Slot()
"""What the law and good manners ask for on every page."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the context of the frame, read only where a template asks for it."""
    principal = getattr(request, "principal", None)
    return {
        "menu": SimpleLazyObject(lambda: [entry for entry in MENU if _shown(entry, principal)]),
        "head": list(HEAD),
        "foot": list(FOOT),
        "principal": principal,
        "example": SimpleLazyObject(is_example),
        "contact": settings.CONTACT,
    }


def _shown(entry: MenuEntry, principal: Principal | None) -> bool:
    if principal is None:
        return not entry.members_only and not entry.rule
    return (principal.is_member or not entry.members_only) and (not entry.rule or allowed(entry.rule, principal))
