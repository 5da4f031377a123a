# SPDX-License-Identifier: EUPL-1.2
"""Press sheets: drafted from the figures, frozen with a number, measured again when events are corrected later."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from asskomm.alliance.domain.events import withdraw_event
from asskomm.alliance.models import Event
from asskomm.core.clock import BERLIN, clock
from asskomm.core.estimates import Basis, Estimate
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from asskomm.publishing.domain import press as verbs
from asskomm.publishing.domain.press_figures import CONFERENCE_AS_TOLD, PRESS, change, differences, measure, row_differences
from asskomm.publishing.domain.press_text import compose_text
from asskomm.publishing.models import PressFigure, PressQuote, PressSheet
from tests.making import FRANKENBERG, GOERLITZ, OLBERNHAU, event, member

pytestmark = pytest.mark.django_db
START, DAY = dt.date(2022, 9, 14), dt.date(2023, 9, 14)


@pytest.fixture
def alliance() -> list[Event]:
    return [
        event("consultation", "01.05.2022", GOERLITZ),
        event("consultation", "01.05.2023", FRANKENBERG, visibility=Visibility.PRIVATE),
        event("agreement_signed", "01.06.2023", GOERLITZ),
        event("budget_provided", "01.02.2022", measures=(("year", 2022),), amount="1000000"),
        event("budget_provided", "01.02.2023", measures=(("year", 2023),), amount="1100000"),
        event("conference_held", "01.03.2023", measures=(("participants", 230), ("sessions", 1), ("police_share", 0.25))),
    ]


@pytest.fixture
def council() -> Principal:
    return member("state_council")[1]


def drafted(by: Principal = SYSTEM) -> PressSheet:
    return verbs.draft_sheet(START, DAY, by=by)


def released(by: Principal = SYSTEM) -> PressSheet:
    return verbs.release_sheet(drafted(by), by=by)


def figure(sheet: PressSheet, key: str) -> PressFigure:
    return sheet.figures.get(key=key)


def test_a_draft_holds_the_figures_of_the_day_and_of_the_beginning(alliance: list[Event], council: Principal) -> None:
    sheet = drafted(council)
    values = {row.key: (row.earlier.value, row.estimate.value) for row in sheet.figures.all()}
    assert list(values) == [*PRESS, *CONFERENCE_AS_TOLD]
    assert values == {
        "municipalities_advised": (1, 2),
        "agreements": (0, 1),
        "councils": (0, 0),
        "coaching_processes": (0, 0),
        "safety_analyses": (0, 0),
        "grants_eur": (1000000, 1100000),
        "conference_participants": (None, 230),
        "conference_sessions": (None, 1),
        "conference_speaker_municipalities": (None, None),
        "conference_police_speaker_share": (None, 0.25),
    }
    assert (sheet.created_by_id, sheet.example, sheet.released, sheet.number) == (council.account, False, False, "")


def test_each_figure_keeps_its_course_and_its_events(alliance: list[Event]) -> None:
    sheet = drafted()
    advised = figure(sheet, "municipalities_advised")
    assert sorted(advised.events) == sorted(seen.reference for seen in alliance[:2])
    assert (len(advised.moments), advised.moments[0], advised.moments[-1]) == (25, (START, advised.earlier), (DAY, advised.estimate))
    assert [(day, value.value) for day, value in figure(sheet, "grants_eur").moments] == [(dt.date(2022, 12, 31), 1000000), (DAY, 1100000)]
    assert figure(sheet, "conference_sessions").occasions == [("Fachtag, 01.03.2023", Estimate(1, basis=Basis.REPORTED, base=1))]


def test_the_course_of_a_conference_is_that_of_the_conferences_so_far(alliance: list[Event]) -> None:
    for year in range(2010, 2017):
        event("conference_held", f"01.03.{year}", measures=(("participants", year),))
    event("conference_held", "05.2019", measures=(("participants", 200),), visibility=Visibility.PRIVATE)
    event("conference_held", "01.10.2023", measures=(("participants", 999),))
    found = figure(drafted(), "conference_participants").occasions
    assert [(name, value.value) for name, value in found] == [
        ("Fachtag, 01.03.2013", 2013),
        ("Fachtag, 01.03.2014", 2014),
        ("Fachtag, 01.03.2015", 2015),
        ("Fachtag, 01.03.2016", 2016),
        ("", 200),
        ("Fachtag, 01.03.2023", 230),
    ]


def test_words_and_sources_are_those_that_everybody_may_read(council: Principal) -> None:
    event("conference_held", "01.03.2023", measures=(("participants", 9),), source="geheim", visibility=Visibility.PRIVATE)
    row = figure(drafted(council), "conference_participants")
    assert (row.estimate, row.note) == (Estimate(9, "persons", row.estimate.basis, base=1), "")


def test_the_text_is_composed_from_the_figures(alliance: list[Event]) -> None:
    assert drafted().text.split("\n\n") == [
        (
            "In der Allianz Sichere Sächsische Kommunen arbeiten Kommunen, Polizei und der Landespräventionsrat zusammen. "
            "Stand der Zahlen ist der 14. September 2023, verglichen wird mit dem 14. September 2022."
        ),
        ("Der Landespräventionsrat hat bisher 2 Kommunen beraten, 1 mehr als damals. Eine Kooperationsvereinbarung gilt für eine Kommune, 1 mehr als damals."),
        (
            "Ein Kommunaler Präventionsrat wurde noch in keiner Kommune gegründet oder wiederbelebt. "
            "Begleitende Coachings haben noch nicht begonnen. Sicherheitsanalysen haben noch nicht begonnen."
        ),
        "Für das Jahr 2023 stellt der Freistaat 1.100.000 € bereit.",
        "Am letzten Fachtag nahmen 230 Menschen teil. Es gab einen Beitrag. Aus der Polizei kamen 25 % der Referierenden.",
    ]


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (0, 0, "Der Landespräventionsrat hat noch keine Kommune beraten."),
        (3, 0, "Der Landespräventionsrat hat noch keine Kommune beraten. Damals waren es 3."),
        (0, 1, "Der Landespräventionsrat hat bisher eine Kommune beraten, 1 mehr als damals."),
        (5, 5, "Der Landespräventionsrat hat bisher 5 Kommunen beraten, so viele wie damals."),
        (1, 1200, "Der Landespräventionsrat hat bisher 1.200 Kommunen beraten, 1.199 mehr als damals."),
        (3, 1, "Der Landespräventionsrat hat bisher eine Kommune beraten, 2 weniger als damals."),
        (None, 1, "Der Landespräventionsrat hat bisher eine Kommune beraten."),
    ],
)
def test_grammar_fits_the_number(before: int | None, now: int, said: str) -> None:
    row = PressFigure(key="municipalities_advised", kind="total", before=Estimate(before).as_json(), value=Estimate(now).as_json())
    assert compose_text(PressSheet(start=START, day=DAY), [row]).split("\n\n")[1:] == [said]


def test_what_is_not_known_is_left_out() -> None:
    unknown = PressFigure(key="agreements", kind="stock", before=Estimate(None).as_json(), value=Estimate(None).as_json())
    assert (len(compose_text(PressSheet(start=START, day=DAY), [unknown]).split("\n\n")), change(unknown)) == (1, None)


@pytest.mark.parametrize(("start", "day"), [(DAY, DAY), (DAY, START), (START, dt.date(2999, 1, 1))])
def test_a_period_begins_before_its_day_and_ends_by_today(start: dt.date, day: dt.date) -> None:
    with pytest.raises(verbs.PressError, match="Der Zeitraum muss"):
        verbs.draft_sheet(start, day, by=SYSTEM)


def test_numbers_follow_each_other_within_a_year() -> None:
    with clock.moved_to(dt.datetime(2026, 12, 31, 12, tzinfo=BERLIN)):
        numbers = [released().number, released().number]
    with clock.moved_to(dt.datetime(2027, 1, 1, 0, 30, tzinfo=BERLIN)):
        numbers.append(released().number)
    assert numbers == ["2026-001", "2026-002", "2027-001"]


def test_a_released_sheet_never_changes(alliance: list[Event]) -> None:
    sheet = drafted()
    quote = verbs.add_quote(sheet, speaker="Kim", function="", text="Gut.", by=SYSTEM)
    verbs.release_quote(quote, by=SYSTEM)
    verbs.release_sheet(sheet, by=SYSTEM)
    before = rows()
    words: dict[str, Any] = {"headline": "x", "text": "x", "embargo_until": None, "funded": False}
    said = {"speaker": "x", "function": "x", "text": "x"}
    for verb in (
        lambda: verbs.edit_sheet(sheet, **words, by=SYSTEM),
        lambda: verbs.refresh_figures(sheet, by=SYSTEM),
        lambda: verbs.add_quote(sheet, **said, by=SYSTEM),
        lambda: verbs.edit_quote(quote, **said, by=SYSTEM),
        lambda: verbs.release_quote(quote, by=SYSTEM),
        lambda: verbs.remove_quote(quote, by=SYSTEM),
        lambda: verbs.release_sheet(sheet, by=SYSTEM),
    ):
        with pytest.raises(verbs.PressError, match="ändert sich nicht mehr"):
            verb()
    assert rows() == before


def rows() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (PressSheet, PressFigure, PressQuote)]


@pytest.mark.parametrize(
    ("role", "organisation"),
    [("coordinator", GOERLITZ), ("mayor", GOERLITZ), ("police", "Polizeidirektion Görlitz"), ("administrator", "Sächsisches Staatsministerium des Innern")],
)
def test_nobody_but_the_state_council_writes(role: str, organisation: str) -> None:
    other, sheet = member(role, organisation)[1], drafted()
    quote = verbs.add_quote(sheet, speaker="Kim", function="", text="Gut.", by=SYSTEM)
    before, said = rows(), {"speaker": "x", "function": "x", "text": "x"}
    for verb in (
        lambda: drafted(other),
        lambda: verbs.edit_sheet(sheet, headline="x", text="x", embargo_until=None, funded=True, by=other),
        lambda: verbs.refresh_figures(sheet, by=other),
        lambda: verbs.add_quote(sheet, **said, by=other),
        lambda: verbs.edit_quote(quote, **said, by=other),
        lambda: verbs.release_quote(quote, by=other),
        lambda: verbs.remove_quote(quote, by=other),
        lambda: verbs.release_sheet(sheet, by=other),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    assert rows() == before


def test_a_waiting_quote_holds_the_sheet_back(council: Principal) -> None:
    sheet = drafted(council)
    quote = verbs.add_quote(sheet, speaker="Kim Muster", function="Leitung", text="Gut.", by=council)
    with pytest.raises(verbs.PressError, match="Das Zitat von Kim Muster wartet noch auf Freigabe"):
        verbs.release_sheet(sheet, by=council)
    quote = verbs.release_quote(quote, by=council)
    assert (quote.released_at is not None, quote.released_by_id) == (True, council.account)
    assert verbs.release_sheet(sheet, by=council).released_by_id == council.account


def test_changed_words_wait_again_and_the_same_words_do_not(council: Principal) -> None:
    quote = verbs.add_quote(drafted(council), speaker="Kim", function="", text="Gut.", by=council)
    verbs.release_quote(quote, by=council)
    same = verbs.edit_quote(quote, speaker="Kim", function="", text="Gut.", by=council)
    other = verbs.edit_quote(quote, speaker="Kim", function="", text="Sehr gut.", by=council)
    assert (same.released_at is None, other.released_at, other.released_by) == (False, None, None)


def test_a_sheet_whose_figures_have_changed_is_measured_anew_first(alliance: list[Event]) -> None:
    sheet = drafted()
    event("agreement_signed", "01.07.2023", OLBERNHAU)
    with pytest.raises(verbs.PressError, match="haben sich Zahlen geändert"):
        verbs.release_sheet(sheet, by=SYSTEM)
    fresh = verbs.refresh_figures(sheet, by=SYSTEM)
    assert ("gelten für 2 Kommunen" in fresh.text, figure(fresh, "agreements").estimate.value) == (True, 2)
    assert verbs.release_sheet(fresh, by=SYSTEM).released


def test_a_text_that_somebody_wrote_stays_when_figures_are_fetched(alliance: list[Event]) -> None:
    sheet = verbs.edit_sheet(drafted(), headline="Neu", text="Von Hand.", embargo_until=None, funded=False, by=SYSTEM)
    event("agreement_signed", "01.07.2023", OLBERNHAU)
    fresh = verbs.refresh_figures(sheet, by=SYSTEM)
    assert (fresh.headline, fresh.text, fresh.funded, figure(fresh, "agreements").estimate.value) == ("Neu", "Von Hand.", False, 2)


def test_later_corrections_show_as_differences(alliance: list[Event]) -> None:
    sheet = released()
    assert differences(sheet) == []
    withdraw_event(alliance[0], by=SYSTEM)
    event("agreement_signed", "01.07.2023", OLBERNHAU)
    found = [(d.figure.key, d.day, d.frozen.value, d.now.value) for d in differences(sheet)]
    assert found == [("municipalities_advised", START, 1, 0), ("municipalities_advised", DAY, 2, 1), ("agreements", DAY, 1, 2)]
    assert figure(sheet, "agreements").estimate.value == 1


def test_rows_that_came_and_went_show_though_the_number_stays(alliance: list[Event]) -> None:
    sheet = released()
    assert row_differences(sheet) == []
    withdraw_event(alliance[0], by=SYSTEM)
    instead = event("consultation", "01.05.2022", OLBERNHAU)
    assert differences(sheet) == []
    found = [(d.figure.key, d.came, d.gone) for d in row_differences(sheet)]
    assert found == [("municipalities_advised", [instead.reference], [alliance[0].reference])]


def test_background_and_contact_begin_with_a_draft_and_stay_when_figures_are_fetched(settings: Any) -> None:
    settings.CONTACT = "post@example.org"
    sheet = drafted()
    assert (sheet.background.split(" ")[:3], sheet.contact) == (["Die", "Allianz", "Sichere"], "Landespräventionsrat Sachsen\nE-Mail: post@example.org")
    words: dict[str, Any] = {"headline": "x", "text": "x", "embargo_until": None, "funded": False}
    changed = verbs.edit_sheet(sheet, **words, background="Kurz.", contact="Kim", by=SYSTEM)
    fresh = verbs.refresh_figures(verbs.edit_sheet(changed, **words, by=SYSTEM), by=SYSTEM)
    assert (fresh.background, fresh.contact) == ("Kurz.", "Kim")


def test_what_is_made_up_marks_the_sheet() -> None:
    assert not drafted().example
    event("agreement_signed", "01.06.2023", GOERLITZ, example=True)
    assert drafted().example


def test_an_embargo_keeps_a_released_sheet_from_everybody_else(council: Principal) -> None:
    until = dt.datetime(2026, 1, 2, 10, tzinfo=BERLIN)
    with clock.moved_to(until - dt.timedelta(hours=1)):
        sheet = verbs.edit_sheet(drafted(), headline="x", text="x", embargo_until=until, funded=True, by=council)
        verbs.release_sheet(sheet, by=council)
    readers = {"council": council, "coordinator": member("coordinator", GOERLITZ)[1], "anyone": ANYONE}
    moments = {"before": until - dt.timedelta(seconds=1), "then": until}
    assert {(name, moment): seen(principal, moments[moment]) for name, principal in readers.items() for moment in moments} == {
        (name, moment): name == "council" or moment == "then" for name in readers for moment in moments
    }


def seen(principal: Principal, moment: dt.datetime) -> bool:
    with clock.moved_to(moment):
        return PressSheet.objects.visible_to(principal).exists()


def test_a_draft_is_seen_by_the_state_council_only(council: Principal) -> None:
    drafted(council)
    assert [PressSheet.objects.visible_to(reader).count() for reader in (council, member("coordinator", GOERLITZ)[1], ANYONE)] == [1, 0, 0]


def test_the_database_gives_a_number_once_and_only_to_released_sheets() -> None:
    sheet, other = released(), released()
    for values in ({"serial": sheet.serial}, {"serial": None}, {"released_at": None}, {"start": DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PressSheet.objects.filter(pk=other.pk).update(**values)


def test_a_longer_period_costs_one_question_more_for_each_year_of_the_money(alliance: list[Event]) -> None:
    assert questions(3) - questions(1) == 2


def questions(years: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        measure(PressSheet(start=DAY.replace(year=DAY.year - years), day=DAY))
    return len(captured)
