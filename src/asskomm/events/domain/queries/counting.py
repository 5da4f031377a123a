# SPDX-License-Identifier: EUPL-1.2
"""How many people and municipalities came to a gathering that is over, from what is left to count them by.

While the names are there, registrations are counted; when they are gone, what was counted before they went; where nobody registered here, what those
who invited counted by hand.

Nothing is held back here, however small. Only sums along one line are shown, never two crossed, and each says no more than for which sort of office so
many people came to a meeting to which that office was invited: nothing that could be learned about anybody beyond that. Whoever was there knows it, and
those who invite publish these numbers themselves. What people think of a gathering is another matter: it protects respondents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import ngettext

from asskomm.core.estimates import Basis, Estimate, Quality
from asskomm.events.domain.queries.arriving import counted_now
from asskomm.events.domain.queries.origins import Origins, origins_of
from asskomm.events.enums import CountedBy, ParticipantType
from asskomm.events.models import AttendanceCount, Gathering, HeadCount, Registration

Rows = Sequence[tuple[str, int, int, int]]
"""Type, registered, came, came without being registered."""


@dataclass(frozen=True)
class WhoCame:
    """Who came.

    Args:
        people: all together, in persons.
        municipalities: from how many different ones they came; of limited quality where some were not recognised.
        by_type: label and persons for each type of which anybody came, in the order of the types.
        unsorted: those who were counted, but not by type; `None` where there are none.
        counted_by: how all of this is known.
    """

    people: Estimate
    municipalities: Estimate
    by_type: tuple[tuple[str, Estimate], ...]
    unsorted: Estimate | None
    counted_by: CountedBy


def people_of(gathering: Gathering) -> WhoCame:
    """Count who came to a gathering."""
    if Registration.objects.filter(gathering=gathering, shredded=False).exists():
        return _by_rows(counted_now(gathering), origins_of(gathering))
    head_count = HeadCount.objects.filter(gathering=gathering).first()
    origins = Origins(head_count.municipalities, head_count.unplaced) if head_count else Origins(None, 0)
    rows = list(AttendanceCount.objects.filter(gathering=gathering).values_list("participant_type", "registered", "came", "walk_ins"))
    if head_count is not None and head_count.by_hand:
        return _from(CountedBy.HAND, {kind: came for kind, _registered, came, _guests in rows}, head_count.participants, origins)
    return _by_rows(rows, origins)


def counted_from(rows: Rows) -> tuple[CountedBy, Mapping[str, int]]:
    """Give how it is known who came, and how many of each type: those who came, or those registered where the door counted nobody."""
    if any(came for _kind, _registered, came, _guests in rows):
        return CountedBy.DOOR, {kind: came for kind, _registered, came, _guests in rows}
    return CountedBy.REGISTRATIONS if rows else CountedBy.NOBODY, {kind: registered for kind, registered, _came, _guests in rows}


def _by_rows(rows: Rows, origins: Origins) -> WhoCame:
    counted_by, by_type = counted_from(rows)
    return _from(counted_by, by_type, sum(by_type.values()), origins) if rows else _from(counted_by, {}, None, Origins(None, 0))


def _from(counted_by: CountedBy, by_type: Mapping[str, int], people: int | None, origins: Origins) -> WhoCame:
    left = (people or 0) - sum(by_type.values())
    return WhoCame(
        _estimate(people, "persons", counted_by),
        _municipalities(origins, counted_by),
        tuple((str(kind.label), _estimate(by_type[kind], "persons", counted_by)) for kind in ParticipantType if by_type.get(kind)),
        _estimate(left, "persons", counted_by) if left else None,
        counted_by,
    )


def _municipalities(origins: Origins, counted_by: CountedBy) -> Estimate:
    """Give a number that carries less far where there may be more than were recognised."""
    estimate = _estimate(origins.municipalities, "count", counted_by)
    if not origins.unplaced:
        return estimate
    told = ngettext("bei %(count)s Person ist die Kommune nicht erkannt", "bei %(count)s Personen ist die Kommune nicht erkannt", origins.unplaced)
    return replace(estimate, quality=Quality.LIMITED, sources=(*estimate.sources, told % {"count": Estimate(origins.unplaced)}))


def _estimate(value: int | None, unit: str, counted_by: CountedBy) -> Estimate:
    basis = Basis.REPORTED if counted_by is CountedBy.HAND else Basis.FULL_COUNT
    quality = Quality.LIMITED if counted_by is CountedBy.REGISTRATIONS else Quality.RELIABLE
    return Estimate(value, unit, basis, quality=quality, sources=(str(counted_by.label),))
