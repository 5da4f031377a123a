# SPDX-License-Identifier: EUPL-1.2
"""The one filter through which every shared object is read."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from asskomm.core.visibility.levels import Visibility
from asskomm.core.visibility.principal import Principal

M = TypeVar("M", bound=models.Model)


def visible(principal: Principal, prefix: str = "") -> Q:
    """Give the condition under which rows with `visibility`, `owner` and `partners` are seen."""
    if principal.everything:
        return Q()
    levels = [Visibility.PUBLIC, *([Visibility.ALLIANCE] if principal.is_member else [])]
    condition = Q(**{f"{prefix}visibility__in": levels})
    if principal.organisations:
        own: dict[str, Any] = {f"{prefix}owner__in": principal.organisations}
        named: dict[str, Any] = {f"{prefix}visibility": Visibility.PARTNERS, f"{prefix}shares__organisation__in": principal.organisations}
        condition |= Q(**own) | Q(**named)
    return condition


class SharedQuerySet(models.QuerySet[M]):
    """Rows that carry `visibility`, `owner` and named partners in `shares`."""

    def visible_to(self, principal: Principal) -> Self:
        """Keep what this reader may see."""
        seen = self.filter(visible(principal))
        return seen.distinct() if principal.organisations else seen
