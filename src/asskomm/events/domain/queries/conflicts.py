# SPDX-License-Identifier: EUPL-1.2
"""What in a programme cannot be as it stands; it is said, and whoever plans decides."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from django.utils.translation import gettext as _

from asskomm.core.clock import BERLIN
from asskomm.events.domain.programme_content import Part, Programme, freeze
from asskomm.events.enums import InvitationState, SessionKind
from asskomm.events.models import Gathering, Invitation, Places, SessionPlaces


def conflicts_of(gathering: Gathering, programme: Programme | None = None) -> Mapping[str, list[str]]:
    """Give for each session, by reference, what conflicts, in one plain sentence each."""
    programme = freeze(gathering) if programme is None else programme
    found: dict[str, list[str]] = {}
    for part, sentence in _found(gathering, programme):
        found.setdefault(part.reference, []).append(sentence)
    return found


def _found(gathering: Gathering, programme: Programme) -> Iterator[tuple[Part, str]]:
    for first, second in combinations(programme.parts, 2):
        if first.starts_at < second.ends_at and second.starts_at < first.ends_at:
            yield from ((first, sentence) for sentence in _together(programme, first, second))
            yield from ((second, sentence) for sentence in _together(programme, second, first))
    for part in programme.parts:
        if part.starts_at < gathering.starts_at or part.ends_at > gathering.ends_at:
            yield part, _("Liegt außerhalb der Zeit der Veranstaltung.")
    yield from _too_small(gathering, programme)
    yield from _unanswered(gathering, programme)


def _together(programme: Programme, part: Part, other: Part) -> Iterator[str]:
    """Say what is wrong with two that take place at the same time."""
    said = {"title": other.title, "begin": f"{other.starts_at.astimezone(BERLIN):%H:%M}"}
    if part.room and part.room == other.room:
        yield _("Der Raum ist schon belegt: „%(title)s“ um %(begin)s Uhr.") % said
    for reference in sorted(set(part.speakers) & set(other.speakers)):
        yield _("%(name)s ist gleichzeitig bei „%(title)s“ um %(begin)s Uhr.") % {"name": programme.voice[reference].name, **said}
    if part.track and part.track == other.track:
        yield _("Gleichzeitig in derselben Themenreihe: „%(title)s“ um %(begin)s Uhr.") % said


def _too_small(gathering: Gathering, programme: Programme) -> Iterator[tuple[Part, str]]:
    whole = Places.objects.filter(gathering=gathering, contingent="").values_list("capacity", flat=True).first() or 0
    seats = {room.name: room.capacity for room in programme.rooms if room.capacity is not None}
    given_out = dict(SessionPlaces.objects.filter(session__gathering=gathering).values_list("session__reference", "capacity"))
    for part in programme.parts:
        if part.reference in given_out and seats.get(part.room, given_out[part.reference]) < given_out[part.reference]:
            yield part, _("Der Raum hat %(seats)d Plätze, vergeben werden %(places)d.") % {"seats": seats[part.room], "places": given_out[part.reference]}
        if part.kind == SessionKind.PLENARY and seats.get(part.room, whole) < whole:
            yield part, _("Der Raum hat %(seats)d Plätze, eingeladen sind %(whole)d.") % {"seats": seats[part.room], "whole": whole}


def _unanswered(gathering: Gathering, programme: Programme) -> Iterator[tuple[Part, str]]:
    """Say who would be named in public without having said yes."""
    waiting = Invitation.objects.filter(session__gathering=gathering, state=InvitationState.INVITED)
    for session, speaker in waiting.values_list("session__reference", "speaker__reference"):
        part = programme.part.get(session)
        if part is not None and speaker in part.speakers:
            yield part, _("%(name)s ist eingeladen und hat noch nicht zugesagt.") % {"name": programme.voice[speaker].name}
