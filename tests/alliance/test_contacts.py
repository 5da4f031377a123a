# SPDX-License-Identifier: EUPL-1.2
"""With whom the state council speaks next, who is not in the alliance yet, and how often something should be heard."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.alliance.domain.contacts import ContactError, ContactPlan, forget_notes, plan_contact
from asskomm.alliance.domain.following_mergers import contacts_follow_mergers
from asskomm.alliance.domain.queries.contacts import due_contacts, not_yet_in
from asskomm.alliance.domain.queries.unseen import unseen_since_long
from asskomm.alliance.models import NextContact, Rhythm
from asskomm.core.audit.models import Content, Entry
from asskomm.core.clock import BERLIN, clock
from asskomm.core.jobs.domain import orders
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.people.domain.queries.dates import own_deadlines
from asskomm.people.domain.queries.deadlines import deadlines_of
from asskomm.territory.models import Municipality
from tests.making import FRANKENBERG, GOERLITZ, OLBERNHAU, PFAFFRODA, body, event, member, place, work_off
from tests.reading import cells, headings, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
CONTACT, LIST = f"/netzwerk/kontakt/{GOERLITZ}/", "/netzwerk/noch-nicht-dabei/"


@pytest.fixture(autouse=True)
def _in_spring() -> Iterator[None]:
    with clock.moved_to(dt.datetime(2026, 3, 1, 12, tzinfo=BERLIN)):
        yield


def plan(ags: str, day: dt.date | None = None, note: str = "", rhythm: Rhythm = Rhythm.YEAR) -> NextContact:
    return plan_contact(place(ags), ContactPlan(day, note, rhythm), by=SYSTEM)


def test_the_council_writes_day_note_and_rhythm(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    answer = client.post(CONTACT, {"day": "14.04.2026", "note": "Rückruf zugesagt", "rhythm": "6"})
    assert (answer.status_code, answer["Location"]) == (302, f"/kommunen/{GOERLITZ}/")
    assert list(NextContact.objects.values_list("municipality", "day", "note", "rhythm")) == [(GOERLITZ, dt.date(2026, 4, 14), "Rückruf zugesagt", 6)]
    page = said(client.get(f"/kommunen/{GOERLITZ}/").content.decode())
    assert "noch nie, Austausch alle sechs Monate" in page
    assert "Nächster Kontakt 14.04.2026 · Rückruf zugesagt Nächsten Kontakt eintragen" in page
    assert "Nächster Kontakt: Görlitz 01.03.2026 12:00 angelegt" in said(client.get(f"/verlauf/next_contacts/{GOERLITZ}/").content.decode())


def test_a_day_that_is_over_is_refused_but_an_overdue_one_may_stay(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    assert client.post(CONTACT, {"day": "14.02.2026", "rhythm": "12"}).status_code == 422
    plan(GOERLITZ, dt.date(2026, 3, 2))
    with clock.moved_to(dt.datetime(2026, 3, 9, 12, tzinfo=BERLIN)):
        plan(GOERLITZ, dt.date(2026, 3, 2), rhythm=Rhythm.QUARTER)
    assert NextContact.objects.get().rhythm == Rhythm.QUARTER


def test_a_municipality_that_is_no_more_has_no_next_contact() -> None:
    with pytest.raises(ContactError, match="gibt es nicht mehr"):
        plan_contact(Municipality.objects.get(pk=PFAFFRODA), ContactPlan(None), by=SYSTEM)


BEFORE, AFTER = dt.datetime(2016, 12, 1, 12, tzinfo=BERLIN), dt.datetime(2017, 1, 1, 12, tzinfo=BERLIN)
"""Pfaffroda was merged into Olbernhau at the turn of the year."""


def after_the_merger() -> list[tuple[str, dt.date | None, str, int]]:
    """Let the night after the merger pass, twice, and give what is planned with whom."""
    with clock.moved_to(AFTER):
        for _night in range(2):
            orders.order("alliance.follow_mergers", by=SYSTEM)
            work_off()
    return list(NextContact.objects.values_list("municipality", "day", "note", "rhythm"))


def test_what_was_planned_with_a_municipality_that_is_no_more_is_planned_with_its_successor() -> None:
    with clock.moved_to(BEFORE):
        plan(PFAFFRODA, dt.date(2017, 2, 1), "Rückruf zugesagt", Rhythm.HALF)
        assert [str(contact) for contact in due_contacts(dt.date(2017, 2, 1))] == ["Pfaffroda"]
    assert after_the_merger() == [(OLBERNHAU, dt.date(2017, 2, 1), "Pfaffroda: Rückruf zugesagt", 6)]
    with clock.moved_to(AFTER):
        assert [str(contact) for contact in due_contacts(dt.date(2017, 2, 1))] == ["Olbernhau"]
    assert NextContact.objects.get().written_on == BEFORE.date()
    assert list(Entry.objects.filter(kind="next_contacts").order_by("pk").values_list("key", "action")) == [
        (PFAFFRODA, "created"),
        (OLBERNHAU, "created"),
        (PFAFFRODA, "removed"),
        (PFAFFRODA, "forgotten"),
    ]
    assert set(Content.objects.filter(entry__kind="next_contacts").values_list("entry__key", flat=True)) == {OLBERNHAU}


@pytest.mark.parametrize(
    ("former", "own", "kept"),
    [
        (dt.date(2017, 2, 1), dt.date(2017, 3, 1), dt.date(2017, 2, 1)),
        (dt.date(2017, 4, 1), dt.date(2017, 3, 1), dt.date(2017, 3, 1)),
        (dt.date(2017, 4, 1), None, dt.date(2017, 4, 1)),
        (None, dt.date(2017, 3, 1), dt.date(2017, 3, 1)),
        (None, None, None),
    ],
)
def test_where_both_have_a_plan_the_earlier_day_and_the_shorter_rhythm_stay(former: dt.date | None, own: dt.date | None, kept: dt.date | None) -> None:
    with clock.moved_to(BEFORE):
        plan(PFAFFRODA, former, "Rückruf zugesagt", Rhythm.QUARTER)
        plan(OLBERNHAU, own, "Stadtrat abwarten", Rhythm.YEAR)
    assert after_the_merger() == [(OLBERNHAU, kept, "Stadtrat abwarten; Pfaffroda: Rückruf zugesagt", 3)]


def test_two_long_notes_are_cut_where_the_field_ends() -> None:
    with clock.moved_to(BEFORE):
        plan(PFAFFRODA, None, "x" * 300)
        plan(OLBERNHAU, None, "y" * 290)
    ((_ags, _day, note, _rhythm),) = after_the_merger()
    assert (note[:290], len(note)) == ("y" * 290, 300)


def test_nothing_moves_before_the_last_day_is_over_and_nobody_else_moves_it() -> None:
    with clock.moved_to(BEFORE):
        plan(PFAFFRODA, dt.date(2017, 2, 1))
        plan(GOERLITZ, dt.date(2017, 2, 1))
    with clock.moved_to(dt.datetime(2016, 12, 31, 12, tzinfo=BERLIN)):
        assert contacts_follow_mergers(by=SYSTEM) == 0
    with clock.moved_to(AFTER):
        with pytest.raises(PermissionDenied):
            contacts_follow_mergers(by=member("coordinator", OLBERNHAU)[1])
        assert contacts_follow_mergers(by=SYSTEM) == 1
    assert set(NextContact.objects.values_list("municipality", flat=True)) == {OLBERNHAU, GOERLITZ}


@pytest.mark.parametrize(
    ("role", "house"), [("coordinator", GOERLITZ), ("mayor", GOERLITZ), ("district", "Landkreis Görlitz"), ("police", "Polizeidirektion Görlitz")]
)
def test_nobody_else_sees_or_writes_it(client: Client, sign_in: SignIn, role: str, house: str) -> None:
    plan(GOERLITZ, dt.date(2026, 3, 2), "Rückruf zugesagt", Rhythm.HALF)
    principal = sign_in(role, house)
    paths = (LIST, CONTACT, "/netzwerk/noch-nicht-dabei.csv", f"/verlauf/next_contacts/{GOERLITZ}/")
    assert [client.get(path).status_code for path in paths] == [403, 403, 403, 404]
    for path in (f"/kommunen/{GOERLITZ}/", "/schreibtisch/", "/termine/", "/verlauf/"):
        assert "Rückruf zugesagt" not in client.get(path).content.decode()
    assert "Nächster Kontakt" not in client.get(f"/kommunen/{GOERLITZ}/").content.decode()
    assert [deadline.key for deadline in own_deadlines(principal) if deadline.key.startswith("contact:")] == []
    with pytest.raises(PermissionDenied):
        plan_contact(place(GOERLITZ), ContactPlan(None), by=principal)


def test_the_list_names_who_has_no_agreement_with_the_overdue_first(client: Client, sign_in: SignIn) -> None:
    event("agreement_signed", "2025-05-01", FRANKENBERG)
    event("consultation", "2024-06-03", GOERLITZ)
    plan(OLBERNHAU, dt.date(2026, 3, 2), "Stadtrat abwarten")
    plan(GOERLITZ, dt.date(2026, 5, 4))
    sign_in("state_council")
    with clock.moved_to(dt.datetime(2026, 3, 9, 12, tzinfo=BERLIN)):
        rows = cells(client.get(LIST))
        taken = client.get("/netzwerk/noch-nicht-dabei.csv?kreis=14626").content.decode()
    assert rows[1:3] == [
        ["Olbernhau", "Erzgebirgskreis", "–", "02.03.2026 : Olbernhau überfällig", "Stadtrat abwarten"],
        ["Görlitz", "Landkreis Görlitz", "03.06.2024", "04.05.2026 : Görlitz", "–"],
    ]
    assert not not_yet_in(SYSTEM, clock.today()).filter(pk=FRANKENBERG).exists()
    assert f"{GOERLITZ};Görlitz" in taken.replace(",", ";")
    assert OLBERNHAU not in taken


def test_the_desk_and_the_deadlines_of_the_council_name_what_is_due(client: Client, sign_in: SignIn) -> None:
    plan(GOERLITZ, dt.date(2026, 3, 20), "Rückruf zugesagt")
    plan(OLBERNHAU, dt.date(2026, 8, 20))
    principal = sign_in("state_council")
    assert [(d.day, d.text) for d in own_deadlines(principal)] == [
        (dt.date(2026, 3, 20), "Mit Görlitz sprechen."),
        (dt.date(2026, 8, 20), "Mit Olbernhau sprechen."),
    ]
    page = client.get("/schreibtisch/")
    assert "Noch nicht dabei" in headings(page, 2)
    assert "Noch nicht dabei 20.03.2026 Görlitz Rückruf zugesagt Alle Kommunen ohne Vereinbarung" in said(page.content.decode())
    assert [d.key for d in deadlines_of([body(GOERLITZ).pk], 400)] == []


def test_notes_go_after_two_years_from_the_row_and_from_the_history() -> None:
    plan(GOERLITZ, dt.date(2026, 3, 20), "Rückruf zugesagt", Rhythm.HALF)
    with clock.moved_to(dt.datetime(2028, 2, 28, 12, tzinfo=BERLIN)):
        assert forget_notes(by=SYSTEM) == 0
    with clock.moved_to(dt.datetime(2028, 3, 1, 12, tzinfo=BERLIN)):
        assert (forget_notes(by=SYSTEM), forget_notes(by=SYSTEM)) == (1, 0)
    assert list(NextContact.objects.values_list("note", "rhythm")) == [("", 6)]
    assert Content.objects.filter(entry__kind="next_contacts").count() == 0
    assert Entry.objects.filter(kind="next_contacts").count() == 2


def late() -> list[tuple[str, dt.date, int]]:
    return [(heard.place.ags, heard.day, heard.rhythm) for heard in unseen_since_long(SYSTEM, clock.today())]


def test_a_municipality_is_named_after_its_own_rhythm() -> None:
    event("consultation", "2025-08-15", GOERLITZ)
    event("consultation", "2025-08-16", FRANKENBERG)
    assert late() == []
    plan(GOERLITZ, rhythm=Rhythm.HALF)
    assert late() == [(GOERLITZ, dt.date(2025, 8, 15), 6)]


def test_an_agreement_that_came_with_a_merged_municipality_counts_from_its_day(client: Client, sign_in: SignIn) -> None:
    event("agreement_signed", "2015-05-01", PFAFFRODA)
    assert late() == [(OLBERNHAU, dt.date(2015, 5, 1), 12)]
    sign_in("state_council")
    assert cells(client.get("/netzwerk/lange-nichts-gehoert/"))[1:] == [["Olbernhau", "Erzgebirgskreis", "01.05.2015", "alle zwölf Monate", "–", "–"]]


def test_the_municipality_itself_sees_the_rhythm(client: Client) -> None:
    event("consultation", "2025-08-15", GOERLITZ)
    plan(GOERLITZ, rhythm=Rhythm.QUARTER)
    client.force_login(member("coordinator", GOERLITZ)[0])
    assert "Zuletzt gehört am 15.08.2025, Austausch alle drei Monate" in said(client.get(f"/kommunen/{GOERLITZ}/").content.decode())
