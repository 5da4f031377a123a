# SPDX-License-Identifier: EUPL-1.2
"""Verb: change what the state's register says of a municipality."""

from collections.abc import Mapping

from django.db import transaction

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.search.domain.index import reindex
from asskomm.core.visibility import Principal, require
from asskomm.territory.models import Municipality

CHANGEABLE = ("name", "postcode", "homepage")


def change_municipality(ags: str, values: Mapping[str, str], *, by: Principal) -> dict[str, str]:
    """Change name, post code or address on the internet, and give what stood there before.

    Raises
    ------
        KeyError: another field.
        PermissionDenied: the reader may not do so.
    """
    require("territory.change", by)
    if unknown := set(values) - set(CHANGEABLE):
        raise KeyError(unknown.pop())
    with transaction.atomic():
        place = Municipality.objects.select_for_update().get(ags=ags)
        before = {name: str(getattr(place, name)) for name in values}
        for name, value in values.items():
            setattr(place, name, value)
        place.save(update_fields=list(values))
        reindex("municipalities", [ags])
        record("municipalities", [place], Action.CHANGED, by=by)
    return before
