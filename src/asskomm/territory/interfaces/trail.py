# SPDX-License-Identifier: EUPL-1.2
"""The history of what the state's register says of municipalities."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from asskomm.core.audit import Field, State, Subject, Trail
from asskomm.core.visibility import Principal
from asskomm.territory.models import Municipality


def states(places: Sequence[Municipality]) -> Iterator[State]:
    """Give what can change."""
    for place in places:
        yield State(place.ags, {"name": place.name, "postcode": place.postcode, "homepage": place.homepage})


def find(key: str, _principal: Principal) -> Subject | None:
    """Give a municipality; everybody may see it."""
    place = Municipality.objects.filter(ags=key).first()
    return Subject(place.name, place.get_absolute_url()) if place else None


MUNICIPALITY_TRAIL = Trail(
    name=_("Kommune"),
    fields={"name": Field(_("Name")), "postcode": Field(_("Postleitzahl")), "homepage": Field(_("Internetadresse"))},
    states=states,
    find=find,
)
