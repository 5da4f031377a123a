# SPDX-License-Identifier: EUPL-1.2
"""What every page needs: navigation, the example's badge, the reader."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject

from asskomm.core.installation.domain import is_example
from asskomm.core.slots import Slot


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the main navigation."""

    label: str | Promise
    url_name: str
    members_only: bool = False

    @property
    def url(self) -> str:
        """Give the address."""
        return reverse(self.url_name)


MENU: Slot[MenuEntry] = Slot()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the context of the frame, read only where a template asks for it."""
    principal = getattr(request, "principal", None)
    return {
        "menu": SimpleLazyObject(lambda: [entry for entry in MENU if not entry.members_only or (principal is not None and principal.is_member)]),
        "principal": principal,
        "example": SimpleLazyObject(is_example),
        "contact": settings.CONTACT,
    }
