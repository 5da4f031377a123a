# SPDX-License-Identifier: EUPL-1.2
"""Made-up gatherings of the example, some weeks ahead and one some weeks ago, with made-up people who register; and the third conference of 2023."""

import datetime as dt
from dataclasses import replace

from asskomm.core.clock import BERLIN, clock
from asskomm.core.visibility import ANYONE, SYSTEM, Visibility
from asskomm.events.domain.attendance import Note, check_in
from asskomm.events.domain.certificates import issue
from asskomm.events.domain.gatherings import Facts, Room, Terms, draft_gathering, publish_gathering, set_terms
from asskomm.events.domain.registering import Applicant, Details, confirm, register
from asskomm.events.domain.walk_ins import walk_in
from asskomm.events.enums import Ask, GatheringKind, Meal, ParticipantType, Travel
from asskomm.events.example_programme import load_example_programme
from asskomm.events.example_third_conference import load_third_conference
from asskomm.events.models import Gathering
from asskomm.people.domain.accounts import find_organisation

COUNCIL, FRANKENBERG = "Landespräventionsrat Sachsen", "14522150"
_PEOPLE = (
    ("Mara Beispiel", "Stadt Musterau", ParticipantType.MUNICIPALITY, Details(listed=True, travel=Travel.PUBLIC, meal=Meal.VEGETARIAN)),
    ("Jonas Muster", "Gemeinde Beispielsdorf", ParticipantType.MUNICIPALITY, Details(listed=True, travel=Travel.CAR_WITH_ROOM, meal=Meal.ANYTHING)),
    ("Ela Probst", "Polizeirevier Musterau", ParticipantType.STATE_POLICE, Details(meal=Meal.ANYTHING)),
    ("Till Sommer", "Offene Tür e. V.", ParticipantType.ASSOCIATION, Details(meal=Meal.VEGAN, needs="Platz für einen Rollstuhl")),
    ("Nina Winter", "Stadt Musterau", ParticipantType.MUNICIPALITY, Details()),
    ("Paul Lenz", "Bundespolizeiinspektion Beispiel", ParticipantType.FEDERAL_POLICE, Details()),
)


def load_example_gatherings() -> None:
    """Invite to a conference, a meeting and two dialogues, of which one is over, and enter the third conference; does nothing where gatherings exist."""
    if Gathering.objects.exists():
        return
    conference = _invite(
        Facts(
            GatheringKind.CONFERENCE,
            "Fachtag „Gemeinsam sicher vor Ort“",
            "Musterhaus, Beispielweg 1, Dresden",
            *_at(84, 9, 30, hours=7),
            summary="Siebzehn Vorträge und Workshops aus Kommunen, Polizei und Vereinen.\n\nErfunden für dieses Beispiel.",
        ),
        Room(230),
    )
    terms = Terms(asks=[*Ask.values], contingents={ParticipantType.STATE_POLICE: 60, ParticipantType.SPEAKER: 30})
    conference = set_terms(conference, terms, by=SYSTEM)
    load_example_programme(conference)
    meeting = _invite(
        Facts(GatheringKind.NETWORK_MEETING, "Vernetzungstreffen Mittelsachsen", "Rathaus Frankenberg/Sa.", *_at(21, 13, 0, hours=3)), Room(4), FRANKENBERG
    )
    _invite(Facts(GatheringKind.DIALOGUE, "ASSKomm-Dialog: Vermüllung", "online", *_at(9, 10, 0, hours=1), visibility=Visibility.ALLIANCE), Room())
    draft_gathering(
        Facts(GatheringKind.COURSE, "Grundlagen der Präventionsarbeit", "Dresden", *_at(120, 9, 0, hours=6)),
        Room(20),
        owner=find_organisation(COUNCIL),
        by=SYSTEM,
    )
    for gathering in (conference, meeting):
        rows = [register(gathering, _applicant(*said), by=ANYONE) for said in _PEOPLE]
        for row in rows[:-1]:
            confirm(row, by=ANYONE)

    _look_back()
    load_third_conference(find_organisation(COUNCIL))


def _look_back() -> None:
    """Let a dialogue have been three weeks ago, with most of them there and a guest who came without being registered."""
    begin, end = _at(-24, 14, 0, hours=2)
    with clock.moved_to(begin - dt.timedelta(days=14)):
        dialogue = _invite(Facts(GatheringKind.DIALOGUE, "ASSKomm-Dialog: Sichere Schulwege", "Rathaus Frankenberg/Sa.", begin, end), Room(12), FRANKENBERG)
        rows = [confirm(register(dialogue, _applicant(*said), by=ANYONE), by=ANYONE) for said in _PEOPLE]
    with clock.moved_to(begin):
        for row in rows[:4]:
            check_in(row, Note(begin), by=SYSTEM)
        walk_in(dialogue, Applicant("Rosa Gast", "", ParticipantType.OTHER), Note(begin), by=SYSTEM)
    with clock.moved_to(end):
        issue(rows[0], by=SYSTEM)


def _applicant(name: str, organisation: str, kind: str, details: Details) -> Applicant:
    return Applicant(name, f"{name.split(maxsplit=1)[0].lower()}@beispiel.example", kind, details=replace(details, organisation=organisation))


def _invite(facts: Facts, room: Room, owner: str = COUNCIL) -> Gathering:
    return publish_gathering(draft_gathering(facts, room, owner=find_organisation(owner), by=SYSTEM), by=SYSTEM)


def _at(days: int, hour: int, minute: int, *, hours: int) -> tuple[dt.datetime, dt.datetime]:
    """Give begin and end on a Wednesday so many days ahead or a little later."""
    day = clock.today() + dt.timedelta(days=days)
    day += dt.timedelta(days=(2 - day.weekday()) % 7)
    begin = dt.datetime.combine(day, dt.time(hour, minute), BERLIN)
    return begin, begin + dt.timedelta(hours=hours)
