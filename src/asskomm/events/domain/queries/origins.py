# SPDX-License-Identifier: EUPL-1.2
"""From which municipalities people came, as far as what they wrote says it."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.timezone import localtime

from asskomm.events.enums import ParticipantType, RegistrationState
from asskomm.events.models import Attendance, Gathering, Registration
from asskomm.events.models.registration import RegistrationQuerySet
from asskomm.territory.domain.queries.names import MunicipalityFinder, UnknownPlaceError, fold
from asskomm.territory.models import Municipality

_SAID = ("participant_type", "municipality", "organisation", "brought_by__organisation")
_Row = tuple[Any, ...]
"""Of somebody these four."""
_Load = Callable[[], MunicipalityFinder]
_OFFICES = re.compile(r"\b(?:stadt|gemeinde)verwaltung\b|\brathaus\b", re.IGNORECASE)


@dataclass(frozen=True)
class Origins:
    """How many municipalities are known, and how many people came for one that nobody recognised.

    Args:
        municipalities: different ones; `None` where people came for some but not one was recognised.
        unplaced: people who came for a municipality that was not recognised.
    """

    municipalities: int | None
    unplaced: int


def origins_of(gathering: Gathering) -> Origins:
    """Count the municipalities for which somebody came, or registered where nobody was counted at the door."""
    known, unplaced = places_of(gathering)
    return Origins(len(known) if known or not unplaced else None, unplaced)


def places_of(gathering: Gathering) -> tuple[set[str], int]:
    """Give the keys of these municipalities, and how many people came for one that nobody recognised."""
    return _placed(gathering, list(_counted(gathering).order_by().values_list(*_SAID)), MunicipalityFinder.load)


def places_visited(gatherings: Iterable[Gathering]) -> dict[int, set[str]]:
    """Give by the key of each gathering the municipalities for which somebody was there; those at which nobody was noted are left out."""
    noted = {row.pk: row for row in gatherings}
    present = Registration.objects.filter(gathering__in=noted, attendance__came_at__isnull=False)
    came: dict[int, list[_Row]] = {key: [] for key in present.order_by().values_list("gathering", flat=True).distinct()}
    for key, *said in present.filter(state=RegistrationState.CONFIRMED).order_by().values_list("gathering", *_SAID):
        came[key].append(tuple(said))
    load = cache(MunicipalityFinder.load)  # once, however many there are
    return {key: _placed(noted[key], rows, load)[0] for key, rows in came.items()}


def _placed(gathering: Gathering, rows: Collection[_Row], load: _Load) -> tuple[set[str], int]:
    known = {municipality for _kind, municipality, *_said in rows if municipality}
    written = [said or brought or "" for kind, municipality, said, brought in rows if kind == ParticipantType.MUNICIPALITY and not municipality]
    found = list(_recognised(written, gathering, load)) if any(written) else []
    return known.union(found), len(written) - len(found)


def _counted(gathering: Gathering) -> RegistrationQuerySet:
    rows = Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED)
    if Attendance.objects.present().filter(registration__gathering=gathering).exists():
        return rows.filter(attendance__came_at__isnull=False)
    return rows


def recognised_place(organisation: str, on: dt.date) -> Municipality | None:
    """Give the municipality that is meant by what somebody wrote of where she comes from."""
    text = organisation.strip()
    if not text:
        return None
    there = Municipality.objects.on(on)
    return there.filter(name__iexact=text).first() or there.filter(pk__in=list(_meant([text], on, MunicipalityFinder.load))).first()


def _recognised(written: Iterable[str], gathering: Gathering, load: _Load) -> Iterator[str]:
    """Give the key of each municipality that is meant by what somebody wrote, such as "Stadtverwaltung Görlitz"; what could be two is none."""
    return _meant(written, localtime(gathering.starts_at).date(), load)


def _meant(written: Iterable[str], day: dt.date, load: _Load) -> Iterator[str]:
    finder = load()
    for text in written:
        name = _OFFICES.sub(" ", text).strip()
        if fold(name) not in finder.by_name and fold(name) not in finder.by_name_and_district:
            continue  # it would be looked for what is nearest, which takes long
        try:
            yield finder.find(name, day).ags
        except UnknownPlaceError:
            continue
