# SPDX-License-Identifier: EUPL-1.2
"""Made-up gatherings of the example, some weeks ahead and one some weeks ago, with made-up people who register; and the third conference of 2023."""

import datetime as dt
from dataclasses import replace

from asskomm.core.clock import BERLIN, clock
from asskomm.core.visibility import ANYONE, SYSTEM, Visibility
from asskomm.events.domain.attendance import Note, check_in
from asskomm.events.domain.certificates import issue
from asskomm.events.domain.choosing import name_wishes
from asskomm.events.domain.documentation import release_documentation
from asskomm.events.domain.feedback import Said, count_as_praise, give_feedback
from asskomm.events.domain.gatherings import Facts, Room, Terms, draft_gathering, publish_gathering, set_terms
from asskomm.events.domain.minutes import Promise, Topic, release_minutes, set_agenda, write_minutes
from asskomm.events.domain.polling import answer_poll, ask_when
from asskomm.events.domain.queries.workshops import workshops_of
from asskomm.events.domain.registering import Applicant, Details, confirm, register
from asskomm.events.domain.registering_speakers import register_speakers
from asskomm.events.domain.repeating import days_after, repeat
from asskomm.events.domain.walk_ins import walk_in
from asskomm.events.enums import Answer, Ask, GatheringKind, Meal, ParticipantType, Rating, RegistrationState, Rhythm, Travel
from asskomm.events.example_call import load_example_call
from asskomm.events.example_programme import load_example_programme
from asskomm.events.example_stands import load_example_picture, load_example_stands
from asskomm.events.example_third_conference import load_third_conference
from asskomm.events.models import Gathering
from asskomm.people.domain.accounts import find_organisation

_SAID = (
    (Rating.VERY_GOOD, "Endlich ein Nachmittag, an dem alle am selben Tisch saßen.", ""),
    (Rating.GOOD, "Die Karte mit den Schulwegen", "Mehr Zeit für Fragen"),
    (Rating.GOOD, "", ""),
    (Rating.MIDDLING, "", "Der Raum war zu klein."),
    (Rating.VERY_GOOD, "Die Polizei kennt jetzt unsere Namen und wir ihre.", ""),
    *((Rating.GOOD, "", ""),) * 2,
    (Rating.POOR, "", "Zu spät am Tag"),
    *((Rating.VERY_GOOD, "", ""),) * 2,
)
_GUESTS = ("Rosa Gast", "Uwe Gast", "Ines Gast", "Olaf Gast", "Vera Gast", "Kurt Gast")
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
            plain_words="Das ist ein Treffen. Es geht um Sicherheit in Städten und Dörfern. Alle können kommen. Der Eintritt kostet nichts.",
        ),
        Room(230),
    )
    wishes_until = conference.starts_at - dt.timedelta(days=14)
    terms = Terms(asks=[*Ask.values], contingents={ParticipantType.STATE_POLICE: 60, ParticipantType.SPEAKER: 30}, wishes_until=wishes_until)
    conference = set_terms(conference, terms, by=SYSTEM)
    load_example_programme(conference)
    load_example_stands(conference)
    load_example_call(conference)
    meeting = _invite(
        Facts(GatheringKind.NETWORK_MEETING, "Vernetzungstreffen Mittelsachsen", "Rathaus Frankenberg/Sa.", *_at(21, 13, 0, hours=3)), Room(4), FRANKENBERG
    )
    link = "https://video.beispiel.example/dialog"
    dialogue = _invite(
        Facts(GatheringKind.DIALOGUE, "ASSKomm-Dialog", "online", *_at(9, 10, 0, hours=1), visibility=Visibility.ALLIANCE, video_link=link), Room()
    )
    repeat(dialogue, days_after(dialogue.starts_at.astimezone(BERLIN).date(), Rhythm.MONTHLY, 2), by=SYSTEM)
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
    _wish(conference)
    register_speakers(conference, by=SYSTEM)  # the job that waits for it finds nobody left
    _find_a_day()
    _look_back()
    load_third_conference(find_organisation(COUNCIL))


def _find_a_day() -> None:
    """Let three people look for a day on which to meet."""
    times = [_at(days, hour, 0, hours=2) for days, hour in ((30, 10), (37, 14), (44, 10))]
    poll = ask_when(find_organisation(FRANKENBERG), "Runder Tisch Bahnhof", "Rathaus Frankenberg/Sa.", times, by=SYSTEM)
    options = list(poll.options.values_list("pk", flat=True))
    for name, answers in (("Mara Beispiel", "ynm"), ("Ela Probst", "yyn"), ("Till Sommer", "mnn")):
        answer_poll(poll, name, {option: {"y": Answer.YES, "m": Answer.MAYBE, "n": Answer.NO}[said] for option, said in zip(options, answers, strict=True)})


def _wish(conference: Gathering) -> None:
    """Let those who have a place name what they would like to take part in."""
    workshops = [row.part.reference for row in workshops_of(conference)]
    for number, row in enumerate(conference.registrations.filter(state=RegistrationState.CONFIRMED)):
        name_wishes(row, workshops[0], [workshops[number % 2], workshops[2], workshops[3]], by=ANYONE)


def _look_back() -> None:
    """Let a dialogue have been a week or two ago, with most of them there, guests who came without being registered, and what they said about it."""
    begin, end = _at(-13, 14, 0, hours=2)
    with clock.moved_to(begin - dt.timedelta(days=14)):
        dialogue = _invite(Facts(GatheringKind.DIALOGUE, "ASSKomm-Dialog: Sichere Schulwege", "Rathaus Frankenberg/Sa.", begin, end), Room(12), FRANKENBERG)
        rows = [confirm(register(dialogue, _applicant(*said), by=ANYONE), by=ANYONE) for said in _PEOPLE]
    with clock.moved_to(begin):
        for row in rows[:4]:
            check_in(row, Note(begin), by=SYSTEM)
        for name in _GUESTS:
            walk_in(dialogue, Applicant(name, "", ParticipantType.OTHER), Note(begin), by=SYSTEM)
    with clock.moved_to(end + dt.timedelta(hours=1)):
        issue(rows[0], by=SYSTEM)
        _keep_minutes(dialogue)
        for number, (rating, liked, better) in enumerate(_SAID):
            give_feedback(dialogue, "", Said(rating, f"{number:032x}", liked, better))
        count_as_praise(dialogue.feedback.exclude(liked="").earliest("pk"), praise=True, by=SYSTEM)
        load_example_picture(dialogue)
        release_documentation(dialogue, released=True, by=SYSTEM)


def _keep_minutes(dialogue: Gathering) -> None:
    """Write down what was talked about, and who does what."""
    set_agenda(dialogue, [Topic("Begrüßung", 10), Topic("Was die Kinder sagen", 40), Topic("Was wir jetzt tun", 60)], by=SYSTEM)
    records = {
        1: "Drei Kreuzungen machen Angst: am Markt, an der Feuerwache, am Bahnhof.",
        2: "Erst messen, dann malen: zwei Wochen Seitenradar, danach Ortstermin.",
    }
    radar = Promise("Seitenradar beim Landkreis ausleihen", "Stadt Musterau", clock.today() + dt.timedelta(days=28))
    write_minutes(dialogue, records, [radar, Promise("Elternbrief entwerfen", "Schule")], by=SYSTEM)
    release_minutes(dialogue, released=True, by=SYSTEM)


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
