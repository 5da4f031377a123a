# SPDX-License-Identifier: EUPL-1.2
"""One's own dates: on a page, one by one, and under an address that only their owner knows."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from icalendar import Calendar

from asskomm.core.clock import BERLIN, clock
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.registering import Applicant, confirm, register
from asskomm.people.domain.accounts import appoint
from asskomm.people.domain.calendar_feeds import address_of, close_feed, open_feed
from asskomm.people.domain.functions import change_function, end_function
from asskomm.people.enums import FunctionRole
from asskomm.people.models import Account, CalendarFeed, Function
from tests.events.making import gathering
from tests.making import FRANKENBERG, GOERLITZ, body, event, member
from tests.reading import headings, links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def agreements() -> dict[str, str]:
    """Two agreements that end, by municipality."""
    return {place: event("agreement_signed", "2021-05-01", place, valid_until=dt.date(2026, 6, 1)).reference for place in (GOERLITZ, FRANKENBERG)}


def entries_of(answer: Any) -> list[Any]:
    return Calendar.from_ical(answer.content).events


def feed_path(client: Client) -> str:
    client.post("/termine/abonnieren/")
    return address_of(CalendarFeed.objects.get()).removeprefix("http://localhost:8000")


def test_a_member_takes_her_own_dates_along_and_nobody_elses(client: Client, sign_in: SignIn, agreements: dict[str, str]) -> None:
    sign_in("coordinator", GOERLITZ)
    own, other = (f"/termine/agreement:{agreements[place]}.ics" for place in (GOERLITZ, FRANKENBERG))
    with clock.moved_to(NOW):
        page = client.get("/termine/")
        assert [link for link in links(page) if link.endswith(".ics")] == [own]
        answer = client.get(own)
        assert client.get(other).status_code == 404
    (entry,) = entries_of(answer)
    assert (answer["Content-Type"], entry["DTSTART"].dt) == ("text/calendar; charset=utf-8", dt.date(2026, 6, 1))
    assert str(entry["SUMMARY"]) == "Es endet: „Kooperationsvereinbarung unterzeichnet“ (Görlitz)."


def test_a_calendar_subscribes_without_signing_in(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    path = feed_path(client)
    with clock.moved_to(NOW):
        page = client.get("/termine/")
        assert f"http://localhost:8000{path}" in said(page.content.decode())
        assert f"webcal://localhost:8000{path}" in links(page)
        assert f"/verlauf/calendar_feeds/{CalendarFeed.objects.get().reference}/" in links(page)
        answer = Client().get(path)
    assert ([str(e["SUMMARY"]) for e in entries_of(answer)], answer["Cache-Control"]) == (
        ["Es endet: „Kooperationsvereinbarung unterzeichnet“ (Görlitz)."],
        "private, no-store",
    )


def test_a_new_address_ends_the_old_one_and_it_can_be_switched_off(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    old = feed_path(client)
    new = feed_path(client)
    assert [Client().get(path).status_code for path in (old, new)] == [404, 200]
    client.post("/termine/abschalten/")
    client.post("/termine/abschalten/")
    assert [Client().get(path).status_code for path in (old, new, new[:-6] + "x.ics")] == [404, 404, 404]


def test_the_address_ends_with_the_last_function(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    path = feed_path(client)
    end_function(Function.objects.get(), last_day=clock.today(), by=SYSTEM)
    assert Client().get(path).status_code == 200
    with clock.moved_to(clock.now() + dt.timedelta(days=1)):
        assert Client().get(path).status_code == 404


def test_nobody_opens_or_closes_the_address_of_another() -> None:
    account, own = member("coordinator", GOERLITZ)
    _other, stranger = member("mayor", GOERLITZ)
    feed = open_feed(account, by=own)
    for verb in (open_feed, close_feed):
        with pytest.raises(PermissionDenied, match=r"people\.hold_token"):
            verb(account, by=stranger)
    assert list(CalendarFeed.objects.all()) == [feed]


def test_whoever_stands_in_for_a_vacant_post_has_its_deadlines_and_its_rights_until_it_is_filled(client: Client, agreements: dict[str, str]) -> None:
    coordinator, deputy, colleague = (member(role, GOERLITZ, email=f"{n}@example.org")[0] for n, role in enumerate(("coordinator", "partner", "partner")))
    function = Function.objects.select_related("person", "organisation").get(person=coordinator.person)
    change_function(function, title="", share=None, funded_until=None, deputy=deputy.person, by=SYSTEM)
    own, button = f"/termine/agreement:{agreements[GOERLITZ]}.ics", "/ereignisse/neu/"

    def seen(account: Account, day: dt.date) -> tuple[int, bool, int]:
        with clock.moved_to(dt.datetime.combine(day, dt.time(12), BERLIN)):
            client.force_login(account)
            desk = headings(client.get("/schreibtisch/"), 2)
            return client.get(own).status_code, "Fällig" in desk, client.get(button).status_code

    with clock.moved_to(NOW):
        end_function(function, last_day=NOW.date(), by=SYSTEM)
    after = NOW.date() + dt.timedelta(days=1)
    assert [seen(account, day) for account in (deputy, colleague) for day in (NOW.date(), after)] == [
        (404, False, 403),
        (200, True, 200),
        (404, False, 403),
        (404, False, 403),
    ]
    house, begin = body(GOERLITZ), dt.date(2026, 4, 1)
    appoint(email="neu@example.org", given_name="Neu", family_name="Muster", role=FunctionRole.COORDINATOR, organisation=house, start=begin, by=SYSTEM)
    assert seen(deputy, begin) == (404, False, 403)


def test_gatherings_of_her_house_and_those_she_has_a_place_at_are_her_dates(client: Client, sign_in: SignIn) -> None:
    when = dt.datetime(2026, 5, 1, 10, tzinfo=BERLIN)
    with clock.moved_to(NOW):
        owners = ((GOERLITZ, "A"), (FRANKENBERG, "B"), (FRANKENBERG, "C"))
        days = [when + dt.timedelta(days=number) for number in range(3)]
        made = (gathering(5, owner, title=title, starts_at=day, ends_at=day + dt.timedelta(hours=1)) for (owner, title), day in zip(owners, days, strict=True))
        own, visited, other = made
        sign_in("coordinator", GOERLITZ)
        address = Account.objects.get().email
        place = register(visited, Applicant("Kim Muster", address, "municipality"), by=ANYONE)
        coming = [link for link in links(client.get("/termine/")) if "/termine/gathering:" in link]
        assert coming == [f"/termine/gathering:{own.reference}.ics"]
        confirm(place, by=ANYONE)
        coming = [link for link in links(client.get("/termine/")) if "/termine/gathering:" in link]
        assert coming == [f"/termine/gathering:{row.reference}.ics" for row in (own, visited)]
        assert [entry["SUMMARY"] for entry in entries_of(client.get(feed_path(client))) if str(entry["SUMMARY"]) in "ABC"] == ["A", "B"]
        desk = client.get("/schreibtisch/")
        assert "Nächste Veranstaltungen" in headings(desk, 2)
        assert [link for link in links(desk) if link.endswith("/anmelden/")] == [f"{other.get_absolute_url()}anmelden/"]


def test_whoever_runs_no_house_has_no_deadlines(client: Client, sign_in: SignIn) -> None:
    sign_in("partner", GOERLITZ)
    with clock.moved_to(NOW):
        assert [link for link in links(client.get("/termine/")) if link.endswith(".ics")] == []
