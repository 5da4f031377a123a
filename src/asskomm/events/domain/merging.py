# SPDX-License-Identifier: EUPL-1.2
"""What moves along in this room when two organisations become one: what they invite to, what they were let see, and the days they look for."""

from typing import Any

from asskomm.core.merging import MergeHandler
from asskomm.core.merging.rows import rows_of
from asskomm.core.search.domain.index import reindex
from asskomm.events.domain.gatherings import MINUTES, TRAIL
from asskomm.events.models import Gathering

_KIND = "organisations"
_ROWS = {
    "owned": rows_of(_KIND, "events.Gathering", "owner"),
    "shares": rows_of(_KIND, "events.GatheringShare", "organisation", once=["gathering"]),
    "polls": rows_of(_KIND, "events.DatePoll", "owner"),
}


def _move(kept: int, gone: int) -> dict[str, Any]:
    references = _of(gone)
    moved = {key: handler.move(kept, gone) for key, handler in _ROWS.items()}
    _index(references)
    return moved


def _move_back(kept: int, gone: int, moved: dict[str, Any]) -> None:
    for key, handler in _ROWS.items():
        handler.move_back(kept, gone, moved[key])
    _index(_of(gone))


def _index(references: list[str]) -> None:
    """Let the search follow: who finds a gathering and its minutes depends on whose it is."""
    reindex(TRAIL, references)
    reindex(MINUTES, references)


def _of(organisation: int) -> list[str]:
    rows = Gathering.objects.filter(owner=organisation) | Gathering.objects.filter(shares__organisation=organisation)
    return sorted(set(rows.order_by().values_list("reference", flat=True)))


GATHERINGS_OF_ORGANISATIONS = MergeHandler(_KIND, _move, _move_back, frozenset().union(*(handler.fields for handler in _ROWS.values())))
