# SPDX-License-Identifier: EUPL-1.2
"""The one filter through which every shared object is read."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from asskomm.core.visibility.levels import Visibility
from asskomm.core.visibility.principal import Principal

M = TypeVar("M", bound=models.Model)


class SharedQuerySet(models.QuerySet[M]):
    """Rows that carry `visibility`, `owner` and named partners in `shares`."""

    def visible_to(self, principal: Principal) -> Self:
        """Keep what this reader may see.

        Partners are looked up in a question of their own: joined, they would double rows, and nothing could be read from an index in its order.
        """
        if principal.everything:
            return self.all()
        levels = [Visibility.PUBLIC, *([Visibility.ALLIANCE] if principal.is_member else [])]
        condition = Q(visibility__in=levels)
        if principal.organisations:
            condition |= Q(owner__in=principal.organisations) | Q(visibility=Visibility.PARTNERS, pk__in=self._shared_with(principal))
        return self.filter(condition)

    def _shared_with(self, principal: Principal) -> models.QuerySet[models.Model, dict[str, Any]]:
        shares: models.ManyToOneRel = self.model.shares.rel  # type: ignore[attr-defined]  # every shared model has them
        rows: models.QuerySet[models.Model] = shares.related_model._default_manager.filter(organisation__in=principal.organisations)
        return rows.values(shares.field.name)
