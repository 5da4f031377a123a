# SPDX-License-Identifier: EUPL-1.2
"""Numbers of gatherings: who came while the names are there and when they are gone, what the programme held, and for whom all of it stands there."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from asskomm.core.clock import clock
from asskomm.core.estimates import Basis, Quality
from asskomm.core.figures import FIGURES, Breakdown, Question
from asskomm.core.jobs.domain import orders
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from asskomm.events.domain.attendance import Note, check_in
from asskomm.events.domain.gatherings import call_off
from asskomm.events.domain.programme import SessionFacts, Slot, SpeakerFacts, add_session, add_speaker
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.queries.counting import WhoCame, people_of
from asskomm.events.domain.registering import Applicant, Details, confirm, register
from asskomm.events.domain.walk_ins import walk_in
from asskomm.events.enums import CountedBy
from asskomm.events.models import Gathering, HeadCount, Speaker
from asskomm.library.models import FieldOfAction
from tests.events.making import BEFORE, BEGINS, come, gathering
from tests.making import FRANKENBERG, GOERLITZ, OLBERNHAU, place, work_off
from tests.reading import said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
AFTER = BEGINS + dt.timedelta(days=1)
LATER = AFTER + dt.timedelta(days=57)
PEOPLE = (("Ada", "municipality", GOERLITZ), ("Ben", "municipality", GOERLITZ), ("Cem", "municipality", FRANKENBERG), ("Dea", "municipality", OLBERNHAU))


def registered(name: str, kind: str, ags: str, found: Gathering) -> Applicant:
    return Applicant(name, f"{name.lower()}@stadt.example", kind, place(ags) if ags else None)


@pytest.fixture
def found() -> Gathering:
    """A conference with five registered, of whom three came, and a guest; two from the same municipality."""
    with clock.moved_to(BEFORE):
        made = gathering(9)
        people = (*PEOPLE, ("Eva", "state_police", ""))
        rows = [confirm(register(made, registered(*who, made), by=ANYONE), by=ANYONE) for who in people]
        come(made, "Fay", "association")
    with clock.moved_to(BEGINS):
        for row in (rows[0], rows[1], rows[2]):
            check_in(row, Note(BEGINS), by=SYSTEM)
        walk_in(made, Applicant("Gast", "", "federal_police"), Note(BEGINS), by=SYSTEM)
    return made


@pytest.fixture
def _after() -> Iterator[None]:
    with clock.moved_to(AFTER):
        yield


def plan(found: Gathering) -> None:
    """Release three sessions and a break, plan a fourth, and let one person speak twice."""
    fields = FieldOfAction.objects.in_bulk()
    ada = add_speaker(found, SpeakerFacts("Ada", participant_type="state_police", level="state"), by=SYSTEM)
    ben = add_speaker(found, SpeakerFacts("Ben", participant_type="municipality"), by=SYSTEM)
    add_speaker(found, SpeakerFacts("Stumm", participant_type="federal_police", level="federal"), by=SYSTEM)
    held: tuple[tuple[str, str, list[Speaker]], ...] = (
        ("talk", "youth traffic", [ada]),
        ("workshop", "youth", [ada, ben]),
        ("plenary", "", []),
        ("break", "", []),
    )
    for number, (kind, about, speakers) in enumerate(held):
        slot = Slot(found.starts_at + dt.timedelta(hours=number), found.starts_at + dt.timedelta(hours=number + 1))
        add_session(found, SessionFacts(kind, f"Beitrag {number}", fields=[fields[key] for key in about.split()], speakers=speakers), slot, by=SYSTEM)
    release_programme(found, by=SYSTEM)
    add_session(found, SessionFacts("talk", "Nur geplant"), slot, by=SYSTEM)


def told(people: WhoCame) -> tuple[object, ...]:
    return people.people.value, people.municipalities.value, [(label, number.value) for label, number in people.by_type], people.counted_by


def forget(at: dt.datetime = LATER) -> None:
    with clock.moved_to(at):
        orders.order("retention.delete", by=SYSTEM)
        work_off()


def value(key: str, **asked: object) -> object:
    return FIGURES[key].answer(Question(**{"on": AFTER.date(), "reader": ANYONE, **asked})).estimate.value  # type: ignore[arg-type]


def split(key: str, by: Breakdown) -> list[tuple[str, object]]:
    return [(label, estimate.value) for label, estimate in FIGURES[key].split(Question(on=AFTER.date(), reader=ANYONE), by)]


def test_whoever_was_let_in_counts_and_still_does_when_the_names_are_gone(found: Gathering) -> None:
    expected = (4, 2, [("Kommune", 3), ("Bundespolizei", 1)], CountedBy.DOOR)
    assert told(people_of(found)) == expected
    forget()
    forget(LATER + dt.timedelta(days=1))
    assert told(people_of(found)) == expected
    assert [(row.participants, row.municipalities, row.unplaced, row.by_hand) for row in HeadCount.objects.all()] == [(4, 2, 0, False)]
    assert set(found.registrations.values_list("name", flat=True)) == {""}
    assert not found.registrations.filter(municipality__isnull=False).exists()


def test_where_nobody_stood_at_the_door_whoever_registered_counts_with_less_certainty() -> None:
    with clock.moved_to(BEFORE):
        made = gathering(9)
        for who in PEOPLE[:3]:
            confirm(register(made, registered(*who, made), by=ANYONE), by=ANYONE)
    expected = (3, 2, [("Kommune", 3)], CountedBy.REGISTRATIONS)
    assert told(people_of(made)) == expected
    forget()
    people = people_of(made)
    assert told(people) == expected
    assert {number.quality for number in (people.people, people.municipalities, people.by_type[0][1])} == {Quality.LIMITED}


def test_a_municipality_counts_when_it_is_recognised_by_what_somebody_wrote() -> None:
    """Görlitz in four ways and by whom she was brought by; two Auerbachs that could be meant; a name that nobody knows."""
    said = ("Stadtverwaltung Görlitz", "Stadt  Goerlitz", "", "Frankenberg", "Auerbach", "Musterstadt")
    with clock.moved_to(BEFORE):
        made = gathering(9)
        rows = [
            confirm(register(made, Applicant(f"P{number}", f"p{number}@stadt.example", "municipality", details=Details(text)), by=ANYONE), by=ANYONE)
            for number, text in enumerate(said)
        ]
        rows[2].brought_by = rows[0]
        rows[2].save()
        confirm(register(made, Applicant("Tom", "tom@stadt.example", "association", details=Details("Musterverein")), by=ANYONE), by=ANYONE)
    for _time in range(2):
        found = people_of(made).municipalities
        assert (found.value, found.quality) == (2, Quality.LIMITED)
        assert found.sources == ("nach Anmeldungen, am Einlass wurde nicht gezählt", "bei 2 Personen ist die Kommune nicht erkannt")
        forget()


def test_where_no_municipality_is_recognised_their_number_is_not_known() -> None:
    with clock.moved_to(BEFORE):
        made = gathering(9)
        confirm(come(made, "Ada"), by=ANYONE)
    for _time in range(2):
        assert people_of(made).municipalities.value is None
        forget()


def test_where_nobody_came_for_a_municipality_there_are_none() -> None:
    with clock.moved_to(BEFORE):
        made = gathering(9)
        confirm(come(made, "Ada", "association"), by=ANYONE)
    for _time in range(2):
        assert people_of(made).municipalities.value == 0
        forget()


def test_what_was_counted_at_the_door_is_a_full_count(found: Gathering) -> None:
    people = people_of(found).people
    assert (people.basis, people.quality, people.unit, people.sources) == (Basis.FULL_COUNT, Quality.RELIABLE, "persons", ("gezählt, wer da war",))


def test_of_a_gathering_without_registrations_nobody_was_counted() -> None:
    assert told(people_of(gathering(None))) == (None, None, [], CountedBy.NOBODY)
    unconfirmed = gathering(5, title="Zweiter")
    with clock.moved_to(BEFORE):
        come(unconfirmed, "Ada")
    assert told(people_of(unconfirmed)) == (None, None, [], CountedBy.NOBODY)
    forget()
    assert (told(people_of(unconfirmed)), HeadCount.objects.count()) == ((None, None, [], CountedBy.NOBODY), 0)


@pytest.mark.usefixtures("_after")
def test_the_registry_answers_for_the_last_public_conference(found: Gathering) -> None:
    plan(found)
    gathering(3, kind="dialogue", starts_at=BEGINS + dt.timedelta(hours=1))
    gathering(3, visibility=Visibility.ALLIANCE, starts_at=BEGINS + dt.timedelta(hours=1))
    keys = ("participants", "municipalities", "sessions", "speakers", "police_speaker_share")
    assert [value(f"gathering_{key}") for key in keys] == [4, 2, 3, 2, 0.5]
    assert [value(f"gathering_{key}", documented=True) for key in keys] == [4, 2, 3, 2, 0.5]
    assert [value(f"gathering_{key}", on=BEGINS.date() - dt.timedelta(days=1)) for key in keys] == [None] * 5
    assert [value(f"gathering_{key}", known_on=BEGINS.date() - dt.timedelta(days=1)) for key in keys] == [None] * 5
    Gathering.objects.filter(pk=found.pk).update(example=True)
    assert [value(f"gathering_{key}", documented=True) for key in keys] == [None] * 5
    assert FIGURES["gathering_participants"].answer(Question(on=AFTER.date())).example


@pytest.mark.usefixtures("_after")
def test_each_is_split_by_what_it_has(found: Gathering) -> None:
    plan(found)
    assert split("gathering_participants", Breakdown.BACKGROUND) == [("Kommune", 3), ("Bundespolizei", 1)]
    assert split("gathering_sessions", Breakdown.FORMAT) == [("Plenum", 1), ("Vortrag", 1), ("Workshop", 1)]
    assert split("gathering_sessions", Breakdown.FIELD) == [("Verkehr", 1), ("Kinder und Jugendliche", 2), ("ohne Angabe", 1)]
    assert split("gathering_speakers", Breakdown.BACKGROUND) == [("Kommune", 1), ("Landespolizei", 1)]
    assert split("gathering_speakers", Breakdown.LEVEL) == [("Land", 1), ("ohne Angabe", 1)]
    for key, by in (("municipalities", Breakdown.FIELD), ("police_speaker_share", Breakdown.LEVEL), ("speakers", Breakdown.FORMAT)):
        with pytest.raises(KeyError):
            split(f"gathering_{key}", by)


@pytest.mark.usefixtures("_after")
def test_a_number_says_of_what_and_how_it_was_counted(found: Gathering) -> None:
    plan(found)
    answers = {key: FIGURES[f"gathering_{key}"].answer(Question(on=AFTER.date(), reader=ANYONE)) for key in ("participants", "speakers")}
    assert {key: (answer.note, answer.estimate.base, answer.example) for key, answer in answers.items()} == {
        "participants": ("Fachtag, 14.09.2027, gezählt, wer da war", 1, False),
        "speakers": ("Fachtag, 14.09.2027, nach dem veröffentlichten Programm", 2, False),
    }


@pytest.mark.usefixtures("_after")
def test_a_speaker_that_is_gone_stays_in_the_number_without_a_background(found: Gathering) -> None:
    plan(found)
    found.speakers.get(name="Ada").delete()
    assert (value("gathering_speakers"), value("gathering_police_speaker_share")) == (2, 0)
    assert split("gathering_speakers", Breakdown.BACKGROUND) == [("Kommune", 1), ("ohne Angabe", 1)]


@pytest.mark.usefixtures("_after")
def test_whoever_asks_about_a_gathering_gets_its_numbers_where_she_sees_it(client: Client, sign_in: SignIn, found: Gathering) -> None:
    hidden = gathering(None, kind="dialogue", title="Intern", visibility=Visibility.ALLIANCE)
    plan(hidden)
    address = "/kennzahlen/gathering_sessions/?stand=15.09.2027&zu={}".format
    anybody = [said(client.get(address(about)).content.decode()) for about in (hidden.reference, found.reference, "x-y", "%00")]
    assert ["nicht bekannt" in page for page in anybody] == [True] * 4
    assert ["Intern" in page for page in anybody] == [False] * 4
    reader = sign_in("coordinator", GOERLITZ)
    assert value("gathering_sessions", about=hidden.reference, reader=reader) == 3
    assert "3 Stand 15.09.2027, im Zeitraum (Intern, 14.09.2027, nach dem veröffentlichten Programm)" in said(
        client.get(address(hidden.reference)).content.decode()
    )
    asked = f"/api/figures/gathering_sessions?on=2027-09-15&about={hidden.reference}&by=format"
    answer = client.get(asked).json()
    assert (answer["value"], [(part["label"], part["value"]) for part in answer["parts"]]) == (3, [("Plenum", 1), ("Vortrag", 1), ("Workshop", 1)])
    client.logout()
    answer = client.get(asked).json()
    assert (answer["value"], answer["parts"], answer["rows"]) == (None, [], [])


def test_the_page_is_for_everybody_who_sees_it_once_it_is_over(client: Client, sign_in: SignIn, found: Gathering) -> None:
    with clock.moved_to(BEFORE):
        hidden, gone = gathering(None, visibility=Visibility.ALLIANCE), call_off(gathering(None), by=SYSTEM)
        draft = gathering(None, published=False)
        pages = [f"{made.get_absolute_url()}{page}" for made in (found, hidden, gone, draft) for page in ("zahlen/", "zahlen.csv")]
        assert [client.get(page).status_code for page in pages] == [404] * 8
        assert "Zahlen: wer da war" not in client.get(found.get_absolute_url()).content.decode()
    with clock.moved_to(AFTER):
        assert [client.get(page).status_code for page in pages] == [200, 200, 404, 404, 404, 404, 404, 404]
        assert "Zahlen: wer da war" in client.get(found.get_absolute_url()).content.decode()
        sign_in("coordinator", GOERLITZ)
        assert [client.get(page).status_code for page in pages] == [200, 200, 200, 200, 404, 404, 404, 404]
        sign_in("state_council")
        assert [client.get(page).status_code for page in pages] == [200, 200, 200, 200, 404, 404, 404, 404]
        assert client.get(f"{found.get_absolute_url()}zahlen.exe").status_code == 404


def test_it_is_over_at_the_instant_at_which_it_ends(client: Client, found: Gathering) -> None:
    statuses = []
    for instant in (found.ends_at - dt.timedelta(seconds=1), found.ends_at):
        with clock.moved_to(instant):
            statuses.append((client.get(f"{found.get_absolute_url()}zahlen/").status_code, value("gathering_participants")))
    assert statuses == [(404, None), (200, 4)]


@pytest.mark.usefixtures("_after")
def test_the_page_shows_all_tables(client: Client, found: Gathering) -> None:
    plan(found)
    page = said(client.get(f"{found.get_absolute_url()}zahlen/").content.decode())
    for words in (
        "Teilnehmende 4 gezählt, wer da war Kommunen 2 gezählt, wer da war Beiträge 3 nach dem veröffentlichten Programm Mitwirkende 2",
        "Mitwirkende aus der Polizei 50 %",
        "Kommt für Anzahl Kommune 3 Bundespolizei 1 insgesamt 4",
        "Spricht für Anzahl Kommune 1 Landespolizei 1 insgesamt 2",
        "Ebene Anzahl Land 1 ohne Angabe 1 insgesamt 2",
        "Art Anzahl Plenum 1 Vortrag 1 Workshop 1 insgesamt 3",
        "Beiträge nach Handlungsfeld Ein Beitrag kann zu mehreren Handlungsfeldern gehören und zählt dann in jedem.",
        "Handlungsfeld Anzahl Verkehr 1 Kinder und Jugendliche 2 ohne Angabe 1 Mitnehmen",
    ):
        assert words in page
    assert "Zahlen eintragen" not in page


@pytest.mark.usefixtures("_after")
def test_the_sheet_holds_the_same(client: Client, found: Gathering) -> None:
    plan(found)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{found.get_absolute_url()}zahlen.csv").content.decode())))
    assert [tuple(row.values()) for row in rows][:7] == [
        ("Teilnehmende", "insgesamt", "4", "", "", "Personen", "gezählt, wer da war"),
        ("Kommunen", "insgesamt", "2", "", "", "Anzahl", "gezählt, wer da war"),
        ("Beiträge", "insgesamt", "3", "", "", "Anzahl", "nach dem veröffentlichten Programm"),
        ("Mitwirkende", "insgesamt", "2", "", "", "Personen", "nach dem veröffentlichten Programm"),
        ("Mitwirkende aus der Polizei", "insgesamt", "0.5", "", "", "Anteil", "nach dem veröffentlichten Programm"),
        ("Teilnehmende nach Hintergrund", "Kommune", "3", "", "", "Personen", "gezählt, wer da war"),
        ("Teilnehmende nach Hintergrund", "Bundespolizei", "1", "", "", "Personen", "gezählt, wer da war"),
    ]
    assert len(rows) == 7 + 2 + 2 + 3 + 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_came(client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with clock.moved_to(BEFORE):
        made = gathering(9)
        for who in PEOPLE[:count]:
            confirm(register(made, registered(*who, made), by=ANYONE), by=ANYONE)
    plan(made)
    with clock.moved_to(AFTER), django_assert_num_queries(14):
        assert client.get(f"{made.get_absolute_url()}zahlen/").status_code == 200
