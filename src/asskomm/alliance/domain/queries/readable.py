# SPDX-License-Identifier: EUPL-1.2
"""Which versions of events somebody may read today, whatever was asked about the past."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from asskomm.alliance.models import Event
from asskomm.core.visibility import Principal


def readable(versions: Iterable[int], principal: Principal) -> set[int]:
    """Keep versions that the reader may see in their newest version too: what was narrowed since is narrowed for the past as well."""
    keys = set(versions)
    if principal.everything or not keys:
        return keys
    asked = Event.objects.filter(pk__in=keys)
    newer = Event.objects.filter(reference=OuterRef("reference"), version__gt=OuterRef("version"))
    newest = Event.objects.filter(~Exists(newer), reference__in=asked.values("reference")).visible_to(principal)
    return set(asked.visible_to(principal).filter(reference__in=newest.values("reference")).order_by().values_list("pk", flat=True))


def last_version(reference: str, principal: Principal) -> Event | None:
    """Give the last version of an event, open or withdrawn, if the reader may see it."""
    last = list(Event.objects.filter(reference=reference).order_by("-version").values_list("pk", flat=True)[:1])
    return Event.objects.visible_to(principal).for_reading().filter(pk__in=last).first()
