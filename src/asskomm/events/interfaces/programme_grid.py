# SPDX-License-Identifier: EUPL-1.2
"""The programme as those who plan it see it: by day, time and room, and what has no time yet."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.timezone import localtime

from asskomm.events.domain.queries.conflicts import conflicts_of
from asskomm.events.interfaces.programme_forms import SlotForm, slot_form_of
from asskomm.events.models import Gathering, MeetingRoom, Session


@dataclass(frozen=True)
class Card:
    """A session with its small form and what conflicts."""

    session: Session
    form: SlotForm
    conflicts: Sequence[str]


@dataclass(frozen=True)
class Cell:
    """What takes place in a room at a time."""

    room: MeetingRoom | None
    cards: Sequence[Card]

    @property
    def key(self) -> str:
        """By which the small form names the room; empty for none."""
        return str(self.room.pk) if self.room else ""


@dataclass(frozen=True)
class Row:
    """What begins at an instant, in the order of the rooms."""

    starts_at: dt.datetime
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Day:
    """A day with its rows."""

    date: dt.date
    rows: Sequence[Row]


@dataclass(frozen=True)
class Grid:
    """All of it; the last column, `None`, is for what has no room."""

    rooms: Sequence[MeetingRoom | None]
    days: Sequence[Day]
    waiting: Sequence[Card]
    conflicts: int


def grid_of(gathering: Gathering) -> Grid:
    """Order the sessions of a gathering."""
    conflicts = conflicts_of(gathering)
    rows = gathering.sessions.with_all().select_related("gathering", "room", "track")
    cards = [Card(session, slot_form_of(session), conflicts.get(session.reference, ())) for session in rows]
    rooms: list[MeetingRoom | None] = [*gathering.rooms.all(), None]
    timed = [card for card in cards if card.session.starts_at]
    days = [Day(day, _rows(list(found), rooms)) for day, found in groupby(timed, key=lambda card: _begin(card).date())]
    return Grid(rooms, days, [card for card in cards if not card.session.starts_at], sum(map(len, conflicts.values())))


def _rows(cards: Sequence[Card], rooms: Sequence[MeetingRoom | None]) -> list[Row]:
    return [Row(begin, _cells(list(found), rooms)) for begin, found in groupby(cards, key=_begin)]


def _cells(cards: Sequence[Card], rooms: Sequence[MeetingRoom | None]) -> list[Cell]:
    by_room: Mapping[MeetingRoom | None, list[Card]] = {room: [card for card in cards if card.session.room == room] for room in rooms}
    return [Cell(room, by_room[room]) for room in rooms]


def _begin(card: Card) -> dt.datetime:
    return localtime(card.session.starts_at)
