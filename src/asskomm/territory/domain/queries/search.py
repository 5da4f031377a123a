# SPDX-License-Identifier: EUPL-1.2
"""Find municipalities by the beginning of a name or by post code, for people who look for their place."""

import datetime as dt

from asskomm.territory.domain.queries.names import fold
from asskomm.territory.models import Municipality

_POSTCODE_LENGTH = 5


def search_places(text: str, on: dt.date) -> list[Municipality]:
    """Give the municipalities of a day that fit; former ones lead to whoever took them over."""
    wanted = fold(text)
    if not wanted:
        return []
    if wanted.isdecimal() and len(wanted) == _POSTCODE_LENGTH:
        return list(Municipality.objects.on(on).filter(postcode=wanted).select_related("district"))
    everyone = Municipality.objects.select_related("district")
    named = [m for m in everyone if f" {wanted}" in f" {fold(m.name)}" or m.ags == wanted]
    by_key = {m.ags: m for m in everyone}
    return sorted({_heir(m, by_key, on) for m in named}, key=lambda m: (not fold(m.name).startswith(wanted), m.name))


def _heir(municipality: Municipality, by_key: dict[str, Municipality], on: dt.date) -> Municipality:
    while municipality.valid_to < on and municipality.successor_id:
        municipality = by_key[municipality.successor_id]
    return municipality
