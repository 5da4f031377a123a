# SPDX-License-Identifier: EUPL-1.2
"""The readable history: what changed each time, two states side by side, and nothing that was not meant for the reader."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.alliance.domain.events import correct_event, withdraw_event
from asskomm.core.audit import Action
from asskomm.core.audit.domain.queries.history import entries_of, moments
from asskomm.core.audit.domain.recording import forget, record
from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.people.domain.accounts import appoint, end_functions, take_back
from asskomm.people.enums import FunctionRole
from asskomm.people.models import Function
from tests.core.audit.conftest import bench
from tests.making import FRANKENBERG, GOERLITZ, body, draft, event, member
from tests.reading import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_benches")]
MEMBER = Principal(account=1, organisations=frozenset({7}), roles=frozenset({"coach"}))  # type: ignore[arg-type]


def told(key: str = "b1", principal: Principal = SYSTEM) -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [(m.entry.action, [(c.label, c.before, c.after) for c in m.changes]) for m in moments(entries_of("bench", key, reads=False), principal)]


def test_each_moment_says_what_changed() -> None:
    record("bench", [bench()], Action.CREATED, by=SYSTEM)
    record("bench", [bench(places=["Görlitz", "Zittau"])], Action.CHANGED, by=SYSTEM)
    record("bench", [bench(places=[])], Action.CHANGED, by=SYSTEM)
    record("bench", [bench(places=[])], Action.WITHDRAWN, by=SYSTEM)
    assert told() == [
        ("withdrawn", []),
        ("changed", [("Orte", "Görlitz, Zittau", "")]),
        ("changed", [("Orte", "Görlitz", "Görlitz, Zittau")]),
        ("created", []),
    ]


def test_a_state_that_was_not_meant_for_her_stays_unsaid() -> None:
    record("bench", [bench("geheim", audience=frozenset({"org:8"}))], Action.CREATED, by=SYSTEM)
    record("bench", [bench("offen", audience=frozenset({"org:7"}))], Action.CHANGED, by=SYSTEM)
    record("bench", [bench("weit offen", audience=frozenset({"public"}))], Action.CHANGED, by=SYSTEM)
    assert told(principal=MEMBER) == [("changed", [("Name", "offen", "weit offen")]), ("changed", []), ("created", [])]


def test_a_page_in_the_middle_knows_the_state_before() -> None:
    for name in ("eins", "zwei", "drei"):
        record("bench", [bench(name)], Action.CHANGED, by=SYSTEM)
    newest = entries_of("bench", "b1", reads=False)[:1]
    assert [[(c.before, c.after) for c in m.changes] for m in moments(newest, SYSTEM)] == [[("zwei", "drei")]]


@pytest.mark.parametrize("count", [1, 30])
def test_a_history_costs_the_same_however_long(count: int, django_assert_num_queries: object) -> None:
    account, principal = member("coach", "Institut B3")
    for number in range(count):
        record("bench", [bench(f"Bank {number}")], Action.CHANGED, by=principal)
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert {m.who for m in moments(entries_of("bench", "b1", reads=False), principal)} == {str(account)}


@pytest.mark.parametrize("count", [1, 30])
def test_recording_costs_the_same_for_one_and_for_many(count: int, django_assert_num_queries: object) -> None:
    objects = [bench(key=f"b{number}") for number in range(count)]
    with django_assert_num_queries(2):  # type: ignore[operator]
        record("bench", objects, Action.CREATED, by=SYSTEM)


def test_contents_that_were_forgotten_leave_what_was_done() -> None:
    record("bench", [bench()], Action.CREATED, by=SYSTEM)
    forget("bench", ["b1"], by=SYSTEM)
    assert told() == [("forgotten", []), ("created", [])]


def test_the_page_of_an_event_tells_its_story(client: Client, sign_in: Callable[..., Principal]) -> None:
    principal = sign_in("coordinator", FRANKENBERG)
    with clock.moved_to(dt.datetime(2026, 1, 5, 9, 30, tzinfo=dt.UTC)):
        first = event("consultation", "2023-05-01", FRANKENBERG, owner=FRANKENBERG, note="Erstes Gespräch")
    with clock.moved_to(dt.datetime(2026, 1, 6, 9, 30, tzinfo=dt.UTC)):
        second = correct_event(first, draft("consultation", "2023-05-02", FRANKENBERG, owner=FRANKENBERG, note="Erstes Gespräch"), by=principal)
    with clock.moved_to(dt.datetime(2026, 1, 7, 9, 30, tzinfo=dt.UTC)):
        withdraw_event(second, by=principal)
    text = said(client.get(f"/verlauf/events/{first.reference}/").content.decode())
    assert "07.01.2026 10:30 zurückgenommen durch Kim Muster-coordinator" in text
    assert "06.01.2026 10:30 geändert durch Kim Muster-coordinator Datum: 01.05.2023 → 02.05.2023" in text
    assert "05.01.2026 10:30 angelegt durch das Programm oder die Befehlszeile" in text
    a, b = Entry.objects.filter(kind="events").order_by("pk").values_list("pk", flat=True)[:2]
    for address in (f"?a={a}&b={b}", f"?a={b}&b={a}"):
        page = client.get(f"/verlauf/events/{first.reference}/vergleich/{address}")
        rows = {change.label: (change.before, change.after) for change in page.context["changes"]}
        assert (rows["Datum"], rows["Notiz"], rows["Kommunen"]) == (
            ("01.05.2023", "02.05.2023"),
            ("Erstes Gespräch", "Erstes Gespräch"),
            ("Frankenberg/Sa.", "Frankenberg/Sa."),
        )


@pytest.fixture
def addresses() -> list[str]:
    shown = event("consultation", "2023-05-01", GOERLITZ, owner=GOERLITZ, visibility="private")
    number = Entry.objects.get(kind="events").pk
    return [f"/verlauf/events/{shown.reference}/", f"/verlauf/events/{shown.reference}/vergleich/?a={number}&b={number}"]


@pytest.mark.parametrize(("reader", "status"), [(("coordinator", GOERLITZ), 200), (("coordinator", FRANKENBERG), 404), (("administrator", FRANKENBERG), 404)])
def test_whoever_may_not_see_an_object_does_not_see_its_history(client: Client, addresses: list[str], reader: tuple[str, str], status: int) -> None:
    client.force_login(member(*reader)[0])
    assert [client.get(address).status_code for address in addresses] == [status, status]


def test_the_public_sees_no_history(client: Client, addresses: list[str]) -> None:
    assert [client.get(address)["Location"].split("?")[0] for address in addresses] == ["/einloggen/", "/einloggen/"]


@pytest.mark.parametrize("query", ["", "?a=1", "?a=x&b=y", f"?a={10**30}&b=1", "?a=²&b=1"])
def test_states_that_are_not_there(client: Client, sign_in: Callable[..., Principal], query: str) -> None:
    sign_in("coordinator", GOERLITZ)
    shown = event("consultation", "2023-05-01", GOERLITZ, owner=GOERLITZ)
    assert client.get(f"/verlauf/events/{shown.reference}/vergleich/{query}").status_code == 404


ODD = (
    *("events/x", "nichts/x", "persons/x", "persons/999999", "organisations/x"),
    *(f"persons/{10**30}", f"organisations/{10**30}", "municipalities/%00", "events/%00"),
)


def test_kinds_and_objects_that_are_not_there(client: Client, sign_in: Callable[..., Principal]) -> None:
    sign_in("coordinator", GOERLITZ)
    assert [client.get(f"/verlauf/{rest}/").status_code for rest in ODD] == [404] * len(ODD)


def test_persons_have_a_history_until_they_are_taken_back(client: Client, sign_in: Callable[..., Principal]) -> None:
    sign_in("coordinator", GOERLITZ)
    coach = FunctionRole.COACH
    account = appoint(
        email="kim@example.org", given_name="Kim", family_name="Neu", role=coach, organisation=body("Institut B3"), start=dt.date(2020, 1, 1), by=SYSTEM
    )
    end_functions(email="kim@example.org", last_day=dt.date(2099, 12, 31), by=SYSTEM)
    key = str(account.person_id)
    moments_shown = client.get(f"/verlauf/persons/{key}/").context["moments"]
    assert [(m.entry.action, [(c.label, c.before, c.after) for c in m.changes]) for m in moments_shown] == [
        ("ended", [("Funktionen", "Coach, Institut B3 (seit 01.01.2020)", "Coach, Institut B3 (seit 01.01.2020 bis 31.12.2099)")]),
        ("created", []),
    ]
    take_back(Function.objects.get(person=account.person), by=SYSTEM)
    assert list(Entry.objects.filter(kind="persons", key=key, content__isnull=False)) == []
    assert client.get(f"/verlauf/persons/{key}/").status_code == 404


def test_the_log_is_for_those_who_run_the_installation(client: Client, sign_in: Callable[..., Principal]) -> None:
    sign_in("coordinator", GOERLITZ)
    assert client.get("/verlauf/").status_code == 403
    event("consultation", "2023-05-01", GOERLITZ, owner=GOERLITZ, note="Geheimnis")
    sign_in("administrator", GOERLITZ)
    text = said(client.get("/verlauf/?art=events").content.decode())
    assert ("angelegt Ereignis" in text, "Geheimnis" in text) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_for_few_and_many(client: Client, count: int, django_assert_num_queries: object) -> None:
    account, _principal = member("administrator", GOERLITZ)
    client.force_login(account)
    for number in range(count):
        record("bench", [bench(f"Bank {number}")], Action.CHANGED, by=Principal(account=account.pk))
    with django_assert_num_queries(8):  # type: ignore[operator]
        client.get("/verlauf/?art=bench")
