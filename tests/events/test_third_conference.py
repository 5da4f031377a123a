# SPDX-License-Identifier: EUPL-1.2
"""The third conference of 14.09.2023 yields the numbers of the press release, on its page and in the registry."""

import datetime as dt

import pytest
from django.test import Client

from asskomm.core.estimates import Estimate
from asskomm.core.figures import FIGURES, Breakdown, Question
from asskomm.core.visibility import ANYONE
from asskomm.events.example_third_conference import DAY, load_third_conference
from asskomm.events.models import Gathering
from tests.making import COUNCIL, body
from tests.reading import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Gathering:
    return load_third_conference(body(COUNCIL))


@pytest.fixture
def asked(conference: Gathering) -> Question:
    return Question(on=DAY, reader=ANYONE)


def value(key: str, question: Question) -> object:
    return FIGURES[key].answer(question).estimate.value


def split(key: str, question: Question, by: Breakdown) -> list[tuple[str, object]]:
    return [(label, estimate.value) for label, estimate in FIGURES[key].split(question, by)]


def test_about_230_people_came(asked: Question) -> None:
    assert value("gathering_participants", asked) == 230


def test_they_came_from_municipalities_police_associations_and_initiatives(asked: Question) -> None:
    parts = split("gathering_participants", asked, Breakdown.BACKGROUND)
    assert parts == [("Kommune", 138), ("Landespolizei", 41), ("Bundespolizei", 9), ("Verein oder freier Träger", 33), ("bundesweite Initiative", 9)]
    assert sum(people for _label, people in parts if isinstance(people, int)) == 230


def test_they_came_from_over_80_municipalities(asked: Question) -> None:
    assert value("gathering_municipalities", asked) == 81


def test_there_were_17_talks_and_workshops(asked: Question) -> None:
    assert value("gathering_sessions", asked) == 17
    assert split("gathering_sessions", asked, Breakdown.FORMAT) == [("Vortrag", 13), ("Workshop", 4)]


def test_a_good_quarter_of_the_speakers_has_a_police_background(asked: Question) -> None:
    assert (value("gathering_speakers", asked), value("gathering_police_speaker_share", asked)) == (23, 6 / 23)
    assert split("gathering_speakers", asked, Breakdown.BACKGROUND) == [
        ("Kommune", 12),
        ("Landespolizei", 4),
        ("Bundespolizei", 2),
        ("Verein oder freier Träger", 3),
        ("bundesweite Initiative", 1),
        ("andere", 1),
    ]
    assert split("gathering_speakers", asked, Breakdown.LEVEL) == [("Kommune", 15), ("Landkreis", 1), ("Land", 4), ("Bund", 3)]


def test_the_subjects_of_the_release_stand_in_fields_of_action(asked: Question) -> None:
    assert split("gathering_sessions", asked, Breakdown.FIELD) == [
        ("Ordnung und Sauberkeit", 2),
        ("Graffiti und Sachbeschädigung", 1),
        ("Gewalt", 1),
        ("Extremismus", 1),
        ("Sucht und Drogen", 1),
        ("Verkehr", 1),
        ("Schutz von Amts- und Mandatsträgern", 1),
        ("Bürgerbeteiligung", 2),
        ("Nutzungskonflikte im öffentlichen Raum", 2),
        ("Bevölkerungsschutz", 1),
        ("Videoschutz im öffentlichen Raum", 1),
        ("Kinder und Jugendliche", 2),
        ("Koordination und Gremien", 4),
    ]


def test_behind_the_numbers_stand_sessions_and_speakers_with_made_up_names(conference: Gathering, asked: Question) -> None:
    sessions, speakers, people = (FIGURES[key].drilldown(asked) for key in ("gathering_sessions", "gathering_speakers", "gathering_participants"))
    assert (len(sessions.rows), sessions.hidden, len(speakers.rows), speakers.hidden) == (17, 0, 23, 0)
    assert [row.label for row in sessions.rows if "Beispiel" not in row.label] == [
        "Präventive Strategien zum Schutz von kommunalen Amts- und Mandatsträgern",
        "Bürgerbeteiligung",
        "Extremismusprävention",
        "Bürgerkommunikation über soziale Netzwerke im Internet",
        "Videoschutz im öffentlichen Raum",
        "Sozialraum- und Bedarfsanalysen",
        "Verkehrssicherheitsarbeit",
    ]
    assert {row.label.split()[1] for row in speakers.rows} == {"Beispiel"}
    assert [(row.label, row.date, row.url) for row in people.rows] == [(conference.title, "14.09.2023", f"{conference.get_absolute_url()}zahlen/")]


def test_the_page_says_the_same(client: Client, conference: Gathering) -> None:
    page = said(client.get(f"{conference.get_absolute_url()}zahlen/").content.decode())
    for words in ("Teilnehmende 230 von Hand gezählt", "Kommunen 81", "Beiträge 17", "Mitwirkende 23", "Mitwirkende aus der Polizei 26,1 %"):
        assert words in page
    assert "Kommune 138 Landespolizei 41 Bundespolizei 9 Verein oder freier Träger 33 bundesweite Initiative 9 insgesamt 230" in page


def test_before_the_day_there_is_nothing_to_say(conference: Gathering) -> None:
    before = Question(on=DAY - dt.timedelta(days=1), reader=ANYONE)
    assert [FIGURES[key].answer(before).estimate for key in ("gathering_sessions", "gathering_participants")] == [
        Estimate(None, base=0),
        Estimate(None, "persons", base=0),
    ]
