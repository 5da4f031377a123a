# SPDX-License-Identifier: EUPL-1.2
"""What moves along in this room when two organisations become one: their events, as owner, as party, as partner."""

from collections.abc import Iterable
from typing import Any

from asskomm.alliance.domain import projection
from asskomm.alliance.domain.events import index_events
from asskomm.alliance.models import Event
from asskomm.core.merging import MergeHandler
from asskomm.core.merging.rows import rows_of
from asskomm.territory.models import Municipality

_ROWS = {
    "owned": rows_of("organisations", "alliance.Event", "owner"),
    "parties": rows_of("organisations", "alliance.Event_parties", "organisation", once=["event"]),
    "shares": rows_of("organisations", "alliance.EventShare", "organisation", once=["event"]),
}


def _move(kept: int, gone: int) -> dict[str, Any]:
    events = _events_of(gone)
    moved = {key: handler.move(kept, gone) for key, handler in _ROWS.items()}
    _follow(events)
    return moved


def _move_back(kept: int, gone: int, moved: dict[str, Any]) -> None:
    for key, handler in _ROWS.items():
        handler.move_back(kept, gone, moved[key])
    _follow(_events_of(gone))


def _events_of(organisation: int) -> list[int]:
    events = Event.objects.filter(owner=organisation) | Event.objects.filter(parties=organisation) | Event.objects.filter(shares__organisation=organisation)
    return sorted(set(events.order_by().values_list("pk", flat=True)))


def _follow(events: Iterable[int]) -> None:
    """Let the projection and the search follow: who sees an event depends on whose it is."""
    rows = Event.objects.filter(pk__in=list(events), closed_at__isnull=True)  # those of a wave that is made ready too
    projection.refresh(Municipality.objects.filter(events__in=rows).order_by().values_list("ags", flat=True).distinct())
    index_events(rows.values_list("reference", flat=True))


EVENTS_OF_ORGANISATIONS = MergeHandler("organisations", _move, _move_back, frozenset().union(*(handler.fields for handler in _ROWS.values())))
