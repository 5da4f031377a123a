# SPDX-License-Identifier: EUPL-1.2
"""The made-up programme of the example's conference: seventeen sessions, with breaks between, and three people who are asked for more."""

import datetime as dt
from decimal import Decimal

from asskomm.core.clock import BERLIN, clock
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain.contributing import Contribution, accept_invitation, decline_invitation
from asskomm.events.domain.expenses import Claim
from asskomm.events.domain.inviting import Invitee, invite_speaker
from asskomm.events.domain.programme import SessionFacts, Slot, SpeakerFacts, add_room, add_session, add_speaker, add_track
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.workshops import set_places
from asskomm.events.enums import Level, ParticipantType, SessionKind
from asskomm.events.models import Gathering
from asskomm.library.models import FieldOfAction

_ROOMS = (("Großer Saal", 240), ("Raum Elbe", 60), ("Raum Mulde", 60), ("Raum Neiße", 40), ("Raum Spree", 40))
_WORKSHOP_PLACES = 40
_TRACKS = ("Sauber und sicher", "Jugend", "Zusammenarbeit")
_SPEAKERS = (
    ("Ada Beispiel", "Landespräventionsrat Sachsen", ParticipantType.OTHER, Level.STATE),
    ("Ben Muster", "Stadt Musterau", ParticipantType.MUNICIPALITY, Level.LOCAL),
    ("Cora Probst", "Polizeidirektion Beispiel", ParticipantType.STATE_POLICE, Level.STATE),
    ("Dirk Sommer", "Offene Tür e. V.", ParticipantType.ASSOCIATION, Level.LOCAL),
    ("Edda Winter", "Landkreis Beispielland", ParticipantType.OTHER, Level.DISTRICT),
    ("Falk Lenz", "Bundespolizeiinspektion Beispiel", ParticipantType.FEDERAL_POLICE, Level.FEDERAL),
    ("Gesa Herbst", "Gemeinde Beispielsdorf", ParticipantType.MUNICIPALITY, Level.LOCAL),
)
_PLENARY, _TALK, _WORKSHOP, _PANEL, _BREAK = SessionKind.PLENARY, SessionKind.TALK, SessionKind.WORKSHOP, SessionKind.PANEL, SessionKind.BREAK
# begin, minutes, room, kind, title, track, fields of action, speakers
_SESSIONS: tuple[tuple[str, int, int | None, SessionKind, str, int | None, str, str], ...] = (
    ("09:30", 20, 0, _PLENARY, "Begrüßung", None, "", "A"),
    ("09:50", 40, 0, _PLENARY, "Was vor Ort wirkt", None, "structures", "C"),
    ("10:30", 20, None, _BREAK, "Kaffee", None, "", ""),
    ("10:50", 45, 1, _TALK, "Müll am Fluss: was in Musterau half", 0, "cleanliness", "B"),
    ("10:50", 45, 2, _TALK, "Streetwork am Bahnhof", 1, "youth addiction", "D"),
    ("10:50", 45, 3, _TALK, "Der Landkreis als Partner", 2, "structures", "E"),
    ("10:50", 45, 4, _TALK, "Sicher am Gleis", None, "civil_protection", "F"),
    ("11:40", 45, 1, _TALK, "Graffiti: anzeigen, entfernen, vorbeugen", 0, "graffiti", "C"),
    ("11:40", 45, 2, _TALK, "Jugendrat und Sicherheit", 1, "youth participation", "G"),
    ("11:40", 45, 3, _TALK, "Ein Präventionsrat in vier Stunden die Woche", 2, "structures", "B"),
    ("12:25", 60, None, _BREAK, "Mittag", None, "", ""),
    ("13:25", 75, 1, _WORKSHOP, "Eine Ortsbegehung planen", 0, "participation", "D"),
    ("13:25", 75, 2, _WORKSHOP, "Gewalt im Freibad", 1, "violence youth", "C"),
    ("13:25", 75, 3, _WORKSHOP, "Kooperationsvereinbarung Schritt für Schritt", 2, "structures", "A E"),
    ("13:25", 75, 4, _WORKSHOP, "Bedroht im Amt: was zuerst zu tun ist", None, "office_holders", "F"),
    ("14:40", 20, None, _BREAK, "Kaffee", None, "", ""),
    ("15:00", 25, 1, _TALK, "Tempo 30 vor der Schule", 0, "traffic", "G"),
    ("15:00", 25, 2, _TALK, "Einbruch: Beratung an der Haustür", None, "burglary", "C"),
    ("15:30", 45, 0, _PANEL, "Wer macht was? Land, Kreis, Kommune", None, "structures", "A B E F"),
    ("16:15", 15, 0, _PLENARY, "Was wir mitnehmen", None, "", "A"),
)
_INVITED = (
    ("Hanna Kern", "Heimwegtelefon", _TALK, "Ihr Bericht im Netzwerk hat uns überzeugt."),
    ("Ivo Linde", "Beleuchtung planen", _WORKSHOP, ""),
    ("Jule Berg", "Erste Hilfe für Ehrenamtliche", _WORKSHOP, "Wir würden uns sehr freuen."),
)


def load_example_programme(gathering: Gathering) -> None:
    """Plan and release a programme, all of it made up."""
    rooms = [add_room(gathering, *room, by=SYSTEM) for room in _ROOMS]
    tracks = [add_track(gathering, name, by=SYSTEM) for name in _TRACKS]
    speakers = {
        name[0]: add_speaker(gathering, SpeakerFacts(name, "", body, kind, level, "Erfunden für dieses Beispiel."), by=SYSTEM)
        for name, body, kind, level in _SPEAKERS
    }
    fields = FieldOfAction.objects.in_bulk()
    day = gathering.starts_at.astimezone(BERLIN).date()
    for begin, minutes, room, kind, title, track, about, who in _SESSIONS:
        facts = SessionFacts(
            kind,
            title,
            "" if kind == _BREAK else "Erfunden für dieses Beispiel.",
            track=None if track is None else tracks[track],
            fields=[fields[key] for key in about.split()],
            speakers=[speakers[initial] for initial in who.split()],
        )
        starts_at = dt.datetime.combine(day, dt.time.fromisoformat(begin), BERLIN)
        session = add_session(gathering, facts, Slot(starts_at, starts_at + dt.timedelta(minutes=minutes), None if room is None else rooms[room]), by=SYSTEM)
        if kind == _WORKSHOP:
            set_places(session, _WORKSHOP_PLACES, by=SYSTEM)
    release_programme(gathering, by=SYSTEM)
    _invite(gathering)


def _invite(gathering: Gathering) -> None:
    """Ask three people to contribute what has no time yet: one says yes, one no, and one has not answered."""
    until = clock.today() + dt.timedelta(days=21)
    asked = [
        invite_speaker(gathering, Invitee(name, f"{name.split(maxsplit=1)[0].lower()}@beispiel.example", topic, kind, note, until), by=SYSTEM)
        for name, topic, kind, note in _INVITED
    ]
    said = Contribution(
        "Nachts sicher nach Hause: ein Jahr Heimwegtelefon",
        "Was es kostet, wer anruft, und was wir heute anders machen würden.\n\nErfunden für dieses Beispiel.",
        "Leitet das Heimwegtelefon Musterau.",
        "Beamer und Ton",
        photo_consent=True,
        claim=Claim(Decimal(200), "Bahn ab Musterau, keine Übernachtung"),
    )
    accept_invitation(asked[0], said, by=ANYONE)
    decline_invitation(asked[1], by=ANYONE)
