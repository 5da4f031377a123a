# SPDX-License-Identifier: EUPL-1.2
"""Events over the API: what the reader may see, filtered, with every number an Estimate."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from asskomm.alliance.domain.events import correct_event, withdraw_event
from asskomm.core.estimates import Estimate
from asskomm.core.visibility import SYSTEM, Principal, Visibility
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, OLBERNHAU, PFAFFRODA, draft, event

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


def found(client: Client, **filters: str) -> list[str]:
    response = client.get("/api/events", {name.rstrip("_"): value for name, value in filters.items()})
    assert response.status_code == 200, response.content
    return [item["reference"] for item in response.json()["items"]]


def test_one_event_with_all_it_says(client: Client) -> None:
    made = event(
        "grant_awarded",
        "Juli 2021",
        FRANKENBERG,
        amount="12.50",
        note="Notiz",
        source="Bescheid",
        document_url="https://example.org/x.pdf",
        parties=(draft("consultation", "2021", FRANKENBERG).owner,),
    )
    answer = client.get(f"/api/events/{made.reference}").json()
    assert answer == {
        "reference": made.reference,
        "kind": {"key": "grant_awarded", "name": str(made.kind)},
        "date": {"text": "Juli 2021", "first_day": "2021-07-01", "last_day": "2021-07-31", "precision": "month"},
        "municipalities": [{"key": FRANKENBERG, "name": "Frankenberg/Sa."}],
        "parties": [COUNCIL],
        "fields": [],
        "status": made.status,
        "amount": Estimate(12.5, "EUR").as_json(),
        "measures": [],
        "valid_until": None,
        "note": "Notiz",
        "document_url": "https://example.org/x.pdf",
        "source": "Bescheid",
        "visibility": "public",
        "owner": COUNCIL,
        "example": False,
        "url": f"/ereignisse/{made.reference}/",
    }
    assert client.get("/api/events").json()["items"] == [answer]


def test_numbers_that_an_event_carries(client: Client) -> None:
    made = event("conference_held", "2024-02-01", measures=(("participants", 99), ("police_share", 0.5)))
    budget = event("budget_provided", "2024-01-01", measures=(("year", 2024),), amount="1000")
    shown = {(item["key"], item["name"]): item["estimate"] for item in client.get(f"/api/events/{made.reference}").json()["measures"]}
    assert shown == {("participants", "Teilnehmende"): Estimate(99).as_json(), ("police_share", "Anteil aus der Polizei"): Estimate(0.5, "share").as_json()}
    assert client.get(f"/api/events/{budget.reference}").json()["measures"][0]["estimate"] == Estimate(2024, "year").as_json()


def test_filters(client: Client) -> None:
    first = event("consultation", "2016-05-01", PFAFFRODA).reference
    second = event("consultation", "2022-05-01", OLBERNHAU).reference
    third = event("first_contact", "2022", GOERLITZ).reference
    assert found(client) == [third, second, first]
    assert [found(client, kind=kind) for kind in ("consultation", "first_contact", "xyz")] == [[second, first], [third], []]
    assert [found(client, municipality=place) for place in (OLBERNHAU, PFAFFRODA, GOERLITZ, "14000000")] == [[second, first], [first], [third], []]
    assert found(client, kind="consultation", municipality=OLBERNHAU, from_="2017-01-01") == [second]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.dates(dt.date(2019, 1, 1), dt.date(2023, 12, 31)), st.integers(0, 800))
def test_between_two_days_is_what_touches_them(client: Client, start: dt.date, length: int) -> None:
    end = start + dt.timedelta(days=length)
    made = {event(kind, day, FRANKENBERG) for kind, day in (("consultation", "2020"), ("meeting_held", "2021-07"), ("consultation", "2022-02-28"))}
    expected = {each.reference for each in made if each.counts_from >= start and each.first_day <= end}
    assert set(found(client, from_=start.isoformat(), to=end.isoformat())) & {each.reference for each in made} == expected


@pytest.mark.parametrize(
    ("role", "organisation", "levels"),
    [
        (None, "", {"public"}),
        ("coordinator", GOERLITZ, {"private", "partners", "alliance", "public"}),
        ("coordinator", FRANKENBERG, {"alliance", "public"}),
        ("administrator", COUNCIL, {"public"}),
    ],
)
def test_what_the_reader_may_see(client: Client, sign_in: SignIn, role: str | None, organisation: str, levels: set[str]) -> None:
    made = {level.value: event("consultation", "2022-05-01", GOERLITZ, owner=GOERLITZ, visibility=level).reference for level in Visibility}
    if role:
        sign_in(role, organisation)
    assert set(found(client)) == {made[level] for level in levels}
    assert {level: client.get(f"/api/events/{reference}").status_code for level, reference in made.items()} == {
        level: 200 if level in levels else 404 for level in made
    }


def test_the_newest_version_only(client: Client, sign_in: SignIn) -> None:
    made = event("consultation", "2022-05-01", FRANKENBERG)
    changed = correct_event(made, draft("consultation", "2022-06-01", FRANKENBERG, note="verschoben"), by=SYSTEM)
    assert client.get(f"/api/events/{made.reference}").json()["date"]["text"] == "01.06.2022"
    assert found(client) == [made.reference]
    withdraw_event(changed, by=SYSTEM)
    sign_in("state_council")
    assert (found(client), client.get(f"/api/events/{made.reference}").status_code) == ([], 404)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_has_a_fixed_number_of_queries(client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(count):
        event("consultation", f"2022-05-0{number + 1}", FRANKENBERG, GOERLITZ)
    for address, queries in (("/api/events", 5), (f"/api/events?municipality={GOERLITZ}&kind=consultation&from=2020-01-01&to=2023-01-01", 7)):
        with django_assert_num_queries(queries):
            assert client.get(address).json()["count"] == count
