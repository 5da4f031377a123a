# SPDX-License-Identifier: EUPL-1.2
"""The third conference of 14.09.2023 in the example, held before there was this program: its numbers are entered by hand.

As the press release of the day states them: about 230 people, over 80 municipalities, 17 talks and workshops on the subjects that it names, and a
good quarter of the speakers from the police; "about" is entered as the number itself, "over" and "a good" as the next that fits (81, and 6 of 23).
What the release does not say is made up: how many came for which sort of office, who spoke, when and in which room, and on what beside the subjects
that it names.
"""

import datetime as dt

from asskomm.core.clock import BERLIN
from asskomm.core.visibility import SYSTEM
from asskomm.events.domain.counting_by_hand import Counted, count_by_hand
from asskomm.events.domain.gatherings import Facts, Room, draft_gathering, publish_gathering
from asskomm.events.domain.programme import SessionFacts, Slot, SpeakerFacts, add_room, add_session, add_speaker
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.enums import GatheringKind, Level, ParticipantType, SessionKind
from asskomm.events.models import Gathering, Speaker
from asskomm.library.models import FieldOfAction
from asskomm.people.models import Organisation

DAY = dt.date(2023, 9, 14)
_SUMMARY = (
    "Zahlen und Themen nach der Medieninformation vom 14.09.2023: rund 230 Interessierte, über 80 Kommunen, 17 Vorträge und Workshops, "
    "gut ein Viertel der Mitwirkenden aus der Polizei.\n\nErfunden für dieses Beispiel sind die Aufteilung der Teilnehmenden, "
    "die Namen der Mitwirkenden, Zeiten, Räume und alle Beiträge, in deren Titel „Beispiel“ steht."
)
_COUNTED = Counted(
    {
        ParticipantType.MUNICIPALITY: 138,
        ParticipantType.STATE_POLICE: 41,
        ParticipantType.FEDERAL_POLICE: 9,
        ParticipantType.ASSOCIATION: 33,
        ParticipantType.INITIATIVE: 9,
    },
    participants=230,
    municipalities=81,
)
_ROOMS = ("Saal A", "Saal B", "Saal C", "Saal D", "Saal E")
_NAMES = "Anke Bert Carla Dora Emil Frieda Gero Hanna Ingo Jette Karl Lena Nele Otto Paula Ralf Sina Tom Ute Veit Wanda Xaver Yara"
# how many in this order, type, level, organisation
_BODIES = (
    (12, ParticipantType.MUNICIPALITY, Level.LOCAL, "Stadt Musterau"),
    (4, ParticipantType.STATE_POLICE, Level.STATE, "Polizeidirektion Beispiel"),
    (2, ParticipantType.FEDERAL_POLICE, Level.FEDERAL, "Bundespolizeiinspektion Beispiel"),
    (3, ParticipantType.ASSOCIATION, Level.LOCAL, "Offene Tür e. V."),
    (1, ParticipantType.INITIATIVE, Level.FEDERAL, "Initiative Beispiel"),
    (1, ParticipantType.OTHER, Level.DISTRICT, "Landkreis Beispielland"),
)
_TALK, _WORKSHOP = SessionKind.TALK, SessionKind.WORKSHOP
# begin, minutes, and what takes place side by side: kind, title, fields of action, speakers by their first letters
_ROUNDS: tuple[tuple[str, int, tuple[tuple[SessionKind, str, str, str], ...]], ...] = (
    (
        "10:00",
        45,
        (
            (_TALK, "Präventive Strategien zum Schutz von kommunalen Amts- und Mandatsträgern", "office_holders", "A"),
            (_TALK, "Bürgerbeteiligung", "participation", "B"),
            (_TALK, "Extremismusprävention", "extremism", "N"),
            (_TALK, "Bürgerkommunikation über soziale Netzwerke im Internet", "participation", "C"),
            (_TALK, "Beispiel: Koordinierungsstellen der Präventionsräte", "structures", "D"),
        ),
    ),
    (
        "11:00",
        45,
        (
            (_TALK, "Videoschutz im öffentlichen Raum", "video", "O"),
            (_TALK, "Sozialraum- und Bedarfsanalysen", "structures", "E"),
            (_TALK, "Verkehrssicherheitsarbeit", "traffic", "R P"),
            (_TALK, "Beispiel: Graffiti", "graffiti", "F"),
            (_TALK, "Beispiel: Vermüllung öffentlicher Plätze", "cleanliness", "G"),
        ),
    ),
    (
        "13:00",
        75,
        (
            (_WORKSHOP, "Beispiel: Ein Präventionsrat gründet sich", "structures", "H X"),
            (_WORKSHOP, "Beispiel: Gewalt im öffentlichen Raum", "violence", "T"),
            (_WORKSHOP, "Beispiel: Drogen auf dem Schulweg", "addiction youth", "S U"),
            (_WORKSHOP, "Beispiel: Eine Ortsbegehung", "cleanliness use_conflicts", "I J"),
        ),
    ),
    (
        "14:30",
        45,
        (
            (_TALK, "Beispiel: Jugendliche auf dem Marktplatz", "youth use_conflicts", "K V"),
            (_TALK, "Beispiel: Was eine Kooperationsvereinbarung regelt", "structures", "L Y"),
            (_TALK, "Beispiel: Vorsorge für Notlagen", "civil_protection", "W"),
        ),
    ),
)


def load_third_conference(owner: Organisation) -> Gathering:
    """Enter it as those who invited would: invitation, programme, and what they counted."""
    facts = Facts(GatheringKind.CONFERENCE, "3. Fachtag der Allianz Sichere Sächsische Kommunen", "Dresden", _at("09:30"), _at("16:00"), summary=_SUMMARY)
    gathering = publish_gathering(draft_gathering(facts, Room(), owner=owner, by=SYSTEM), by=SYSTEM)
    rooms, speakers, fields = [add_room(gathering, name, by=SYSTEM) for name in _ROOMS], _speakers(gathering), FieldOfAction.objects.in_bulk()
    for begin, minutes, side_by_side in _ROUNDS:
        for room, (kind, title, about, who) in zip(rooms, side_by_side, strict=False):
            said = SessionFacts(kind, title, fields=[fields[key] for key in about.split()], speakers=[speakers[letter] for letter in who.split()])
            add_session(gathering, said, Slot(_at(begin), _at(begin) + dt.timedelta(minutes=minutes), room), by=SYSTEM)
    release_programme(gathering, by=SYSTEM)
    count_by_hand(gathering, _COUNTED, by=SYSTEM)
    return gathering


def _speakers(gathering: Gathering) -> dict[str, Speaker]:
    """Add them with made-up names, and give them by the first letter."""
    bodies = [body for number, *body in _BODIES for _one in range(number)]
    rows = zip(_NAMES.split(), bodies, strict=True)
    return {
        name[0]: add_speaker(gathering, SpeakerFacts(f"{name} Beispiel", "", organisation, kind, level, "Erfunden für dieses Beispiel."), by=SYSTEM)
        for name, (kind, level, organisation) in rows
    }


def _at(time: str) -> dt.datetime:
    return dt.datetime.combine(DAY, dt.time.fromisoformat(time), BERLIN)
