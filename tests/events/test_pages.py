# SPDX-License-Identifier: EUPL-1.2
"""Pages of gatherings: invite, register without an account, confirm by the link, and who sees who comes."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.jobs.domain import orders
from asskomm.core.mail.models import Mail
from asskomm.core.retention import SUBJECT_RECORDS
from asskomm.core.retention.domain.access import subject_of
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.gatherings import Terms, call_off
from asskomm.events.domain.letters import path_of
from asskomm.events.domain.registering import Applicant, Details, confirm, register
from asskomm.events.enums import Ask
from asskomm.events.example import load_example_gatherings
from asskomm.events.models import Gathering, Registration
from tests.events.making import BEFORE, BEGINS, come, gathering, standing
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, member, work_off
from tests.reading import field_errors, headings, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
ADA = {"name": "Ada Muster", "email": "ada@stadt.example", "participant_type": "municipality", "organisation": "Görlitz"}
INVITATION = {
    "kind": "conference",
    "title": "5. Fachtag",
    "place": "Dresden",
    "starts_at": "14.09.2027 09:30",
    "ends_at": "14.09.2027 16:30",
    "capacity": "230",
    "visibility": "public",
}


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def link_in(kind: str) -> str:
    """Give the path in the last letter of a kind."""
    text = Mail.objects.filter(kind=kind).order_by("-pk").values_list("text", flat=True)[0]
    found = re.search(r"/anmeldung/\S+", text)
    assert found is not None
    return found[0]


def test_from_the_invitation_to_the_place(client: Client) -> None:
    found = gathering(2)
    assert "Noch 2 Plätze frei" in said(client.get(found.get_absolute_url()).content.decode())
    answer = client.post(f"{found.get_absolute_url()}anmelden/", ADA)
    assert headings(answer) == ["Noch ein Schritt"]
    assert "Noch 1 Platz frei" in said(client.get(found.get_absolute_url()).content.decode())
    link = link_in("registration_to_confirm")
    page = client.get(link)
    assert "Ein Platz ist bis 10:30 Uhr für Sie reserviert. Bestätigen Sie, dass Sie kommen." in said(page.content.decode())
    assert standing(found) == {"Ada Muster": "held"}  # opening the link does nothing: programs that look through mails do that
    after = client.post(link, {"action": "bestaetigen"}, follow=True)
    assert "Ada Muster, Sie sind angemeldet." in said(after.content.decode())
    assert 'alt="Ihr Code für den Einlass"' in after.content.decode()
    row = Registration.objects.get()
    assert (row.state, row.municipality_id) == ("confirmed", GOERLITZ)
    gone = client.post(link, {"action": "abmelden"}, follow=True)
    assert "Sie sind abgemeldet." in said(gone.content.decode())
    assert standing(found) == {"Ada Muster": "cancelled"}


def test_the_letter_says_what_when_and_where_in_three_lines(client: Client) -> None:
    client.post(f"{gathering(2).get_absolute_url()}anmelden/", ADA)
    text = Mail.objects.get(kind="registration_to_confirm").text
    assert "\n\nFachtag\n14.09.2027, 09:30 bis 16:30 Uhr\nDresden\n\n" in text
    assert "Ada" not in text


def test_the_answer_does_not_say_whether_an_address_is_known(client: Client) -> None:
    found = gathering(2)
    first, second = (client.post(f"{found.get_absolute_url()}anmelden/", ADA) for _ in range(2))
    tokens = re.compile(r'value="[A-Za-z0-9]{64}"')
    assert tokens.sub("", first.content.decode()) == tokens.sub("", second.content.decode())
    assert Registration.objects.count() == 1


def test_what_is_missing_is_said_at_its_field(client: Client) -> None:
    found = gathering(2)
    answer = client.post(f"{found.get_absolute_url()}anmelden/", {"email": "keine"})
    assert answer.status_code == 422
    assert field_errors(answer).keys() == {"name", "email", "participant_type"}
    assert "Beispiel" not in said(answer.content.decode())


def test_an_address_that_is_longer_than_any_is_refused_at_its_field(client: Client) -> None:
    found, said_of_her = gathering(2), {"name": "Ada Muster", "participant_type": "municipality"}
    for length, status in ((254, 200), (255, 422)):
        email = "@".join(("a" * 60, "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + "." + "e" * (length - 250) + ".example"))[:length]
        answer = client.post(f"{found.get_absolute_url()}anmelden/", said_of_her | {"email": email[: length - 8] + ".example"})
        assert (len(email), answer.status_code) == (length, status), email


def test_whoever_waits_sees_her_place_in_the_line_and_may_leave_it(client: Client) -> None:
    found = gathering(1)
    rows = [come(found, name) for name in ("Ada", "Ben", "Cem")]
    for row in rows:
        confirm(row, by=ANYONE)
    page = said(client.get(path_of(rows[2])).content.decode())
    assert "Sie stehen auf der Warteliste auf Platz 2." in page
    assert "Warteliste verlassen" in page
    client.post(path_of(rows[1]), {"action": "abmelden"})
    assert "Sie stehen auf der Warteliste auf Platz 1." in said(client.get(path_of(rows[2])).content.decode())
    client.post(path_of(rows[0]), {"action": "abmelden"})
    offered = client.get(path_of(rows[2])).content.decode()
    assert "Für Sie ist ein Platz frei geworden. Er gehört Ihnen, wenn Sie bis 05.05.2027, 10:00 Uhr annehmen." in said(offered)
    assert "Platz annehmen" in said(offered)


def test_a_link_that_is_none_leads_nowhere(client: Client) -> None:
    row = come(gathering(1), "Ada")
    good = path_of(row)
    for bad in (good.replace(row.reference, "222222222222"), good[:-2] + "0/", "/anmeldung/222222222222/0/"):
        assert client.get(bad).status_code == 404 or bad == good
    assert client.post(good, {"action": "unfug"}).status_code == 302
    assert Registration.objects.get().state == "held"


def test_after_the_end_of_registration_the_form_says_so(client: Client) -> None:
    found = gathering(1, registers_until=BEFORE + dt.timedelta(days=1))
    with clock.moved_to(BEFORE + dt.timedelta(days=1)):
        assert "Die Anmeldung ist zurzeit nicht offen." in said(client.get(f"{found.get_absolute_url()}anmelden/").content.decode())
        assert client.post(f"{found.get_absolute_url()}anmelden/", ADA).status_code == 409
    assert not Registration.objects.exists()


def test_the_council_invites_from_the_draft_to_the_list(client: Client, sign_in: SignIn) -> None:
    principal = sign_in("state_council")
    owner = min(principal.organisations)
    client.post("/veranstaltungen/neu/", INVITATION | {"owner": owner})
    found = Gathering.objects.get()
    assert (found.state, found.starts_at, found.places.get().capacity) == ("draft", BEGINS, 230)
    assert Client().get(found.get_absolute_url()).status_code == 404
    assert client.post(f"{found.get_absolute_url()}veroeffentlichen/").status_code == 302
    assert Client().get(found.get_absolute_url()).status_code == 200
    assert "5. Fachtag" in said(Client().get("/veranstaltungen/").content.decode())
    confirm(come(found, "Ada"), by=ANYONE)
    page = said(client.get(found.get_absolute_url()).content.decode())
    assert "angemeldet 1" in page
    assert "Ada ada@stadt.example" in said(client.get(f"{found.get_absolute_url()}anmeldungen/").content.decode())
    changed = client.post(f"{found.get_absolute_url()}aendern/", INVITATION | {"owner": owner, "capacity": "1", "place": "Leipzig"})
    assert changed.status_code == 302
    found.refresh_from_db()
    assert (found.place, found.places.get().capacity) == ("Leipzig", 1)
    assert client.get(f"{found.get_absolute_url()}absagen/").status_code == 200
    client.post(f"{found.get_absolute_url()}absagen/")
    work_off()
    assert Mail.objects.filter(kind="gathering_called_off").values_list("address__email", flat=True).get() == "ada@stadt.example"
    assert "Diese Veranstaltung ist abgesagt." in said(Client().get(path_of(Registration.objects.get())).content.decode())
    off = said(Client().get(found.get_absolute_url()).content.decode())
    assert "Diese Veranstaltung ist abgesagt." in off
    done = Entry.objects.filter(kind="gatherings", key=found.reference).order_by("pk").values_list("action", flat=True)
    assert list(done) == ["created", "released", "changed", "withdrawn"]
    assert headings(client.get(f"/verlauf/gatherings/{found.reference}/")) == ["Verlauf"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"ends_at": "14.09.2027 09:00"}, "Das Ende liegt vor dem Beginn."),
        ({"registers_until": "15.09.2027 09:00"}, "Anmelden kann man sich höchstens bis zum Ende der Veranstaltung."),
    ],
)
def test_what_does_not_fit_together_is_said_and_nothing_is_lost(client: Client, sign_in: SignIn, given: dict[str, str], sentence: str) -> None:
    owner = min(sign_in("state_council").organisations)
    answer = client.post("/veranstaltungen/neu/", INVITATION | {"owner": owner} | given)
    assert (answer.status_code, list(answer.context["form"].non_field_errors())) == (422, [sentence])
    assert answer.context["form"]["title"].value() == "5. Fachtag"
    assert not Gathering.objects.exists()


def test_the_list_goes_into_a_file(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    found = gathering(1, terms=Terms(asks=[Ask.TRAVEL]))
    by_train = Applicant("Ada", "ada@stadt.example", "municipality", details=Details(travel="lift_wanted"))
    confirm(register(found, by_train, by=ANYONE), by=ANYONE)
    come(found, "=Ben")
    page = client.get(f"{found.get_absolute_url()}anmeldungen/").content.decode()
    assert f'href="{found.get_absolute_url()}anmeldungen.xlsx"' in page
    rows = client.get(f"{found.get_absolute_url()}anmeldungen.csv").content.decode().splitlines()
    assert rows == [
        "gathering,number,name,email,type,organisation,ags,with,travel,state,registered_at",
        "Fachtag,1,Ada,ada@stadt.example,Kommune,,,,sucht eine Mitfahrgelegenheit,angemeldet,2027-05-03 10:00",
        "Fachtag,2,'=Ben,'=ben@stadt.example,Kommune,,,,,auf der Warteliste,2027-05-03 10:00",
    ]
    assert client.get(f"{found.get_absolute_url()}anmeldungen.geojson").status_code == 404


@pytest.mark.parametrize("page", ["aendern/", "absagen/", "anmeldungen/", "anmeldungen.csv", "anmeldungen/neu/", "anmeldung-einrichten/", "bedarf/"])
def test_another_organisation_neither_changes_nor_sees_who_comes(client: Client, sign_in: SignIn, page: str) -> None:
    found = gathering(3, owner=GOERLITZ)
    come(found, "Lovelace")
    for role, organisation in (("coordinator", FRANKENBERG), ("police", "Polizeidirektion Görlitz"), ("state_council", COUNCIL)):
        sign_in(role, organisation)
        assert client.get(f"{found.get_absolute_url()}{page}").status_code == 403
        assert client.post(f"{found.get_absolute_url()}veroeffentlichen/").status_code == 403
        assert client.post(f"{found.get_absolute_url()}anmeldungen/1/ablehnen/").status_code == 403
        assert "Lovelace" not in client.get(found.get_absolute_url()).content.decode()
    client.logout()
    assert client.get(f"{found.get_absolute_url()}{page}").status_code == 302


def test_nobody_invites_in_the_name_of_another_house(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", FRANKENBERG)
    other = gathering(1, owner=GOERLITZ).owner_id
    answer = client.post("/veranstaltungen/neu/", INVITATION | {"owner": other})
    assert answer.status_code == 422
    assert field_errors(answer).keys() == {"owner"}
    sign_in("police", "Polizeidirektion Görlitz")
    assert client.get("/veranstaltungen/neu/").status_code == 403


def test_the_search_finds_what_a_reader_may_see(client: Client, sign_in: SignIn) -> None:
    rows = [
        gathering(1, title="Zebratreffen"),
        gathering(1, title="Giraffentreffen", visibility="alliance"),
        gathering(1, title="Nashorntreffen", published=False, owner=GOERLITZ),
    ]
    come(rows[0], "Ada")

    def found() -> list[bool]:
        return [row.reference in hits(row.title) for row in rows]

    def hits(text: str) -> list[str]:
        return [hit.key for hit in client.get("/suche/", {"q": text, "in": "gatherings"}).context["found"].hits]

    assert found() == [True, False, False]
    sign_in("coordinator", FRANKENBERG)
    assert found() == [True, True, False]
    sign_in("coordinator", GOERLITZ)
    assert found() == [True, True, True]
    assert hits("Ada") == []


def test_the_date_goes_into_a_calendar(client: Client) -> None:
    found = gathering(1)
    (event,) = Calendar.from_ical(client.get(f"{found.get_absolute_url()}termin.ics").content).events
    assert (event["SUMMARY"], event.start, event.end, event["LOCATION"]) == ("Fachtag", BEGINS, BEGINS + dt.timedelta(hours=7), "Dresden")


def test_what_is_called_off_is_struck_out_in_a_calendar(client: Client) -> None:
    found = gathering(1)
    page = said(client.get(found.get_absolute_url()).content.decode())
    assert ("Absage in Outlook übernehmen" in page, "In Outlook übernehmen" in page) == (False, True)
    call_off(found, by=SYSTEM)
    (event,) = Calendar.from_ical(client.get(f"{found.get_absolute_url()}termin.ics").content).events
    assert (event["STATUS"], event["SEQUENCE"], event["SUMMARY"], event.start) == ("CANCELLED", 1, "Abgesagt: Fachtag", BEGINS)
    assert "Absage in Outlook übernehmen" in said(client.get(found.get_absolute_url()).content.decode())


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_however_long_they_are(client: Client, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    sign_in("state_council")
    made = [gathering(9, title=f"Treffen {number}") for number in range(count)]
    for number in range(count):
        come(made[0], f"gast{number}")
    client.get("/veranstaltungen/")
    with django_assert_num_queries(7):
        client.get("/veranstaltungen/")
    with django_assert_num_queries(10):
        client.get(f"{made[0].get_absolute_url()}anmeldungen/")


def test_eight_weeks_later_the_names_are_gone_and_the_numbers_stay(client: Client) -> None:
    found = gathering(2)
    account, _principal = member("coordinator", GOERLITZ, email="ada@stadt.example")
    row = come(found, "Ada")
    confirm(row, by=ANYONE)
    assert [record["Stand"] for record in SUBJECT_RECORDS["registrations"].rows(subject_of(account.pk))] == ["angemeldet"]
    for days, name in ((55, "Ada"), (57, "")):
        with clock.moved_to(BEGINS + dt.timedelta(days=days)):
            orders.order("retention.delete", by=SYSTEM)
            work_off()
            row.refresh_from_db()
            assert row.name == name
    assert (row.email, row.organisation, row.state, row.participant_type, row.shredded) == ("", "", "confirmed", "municipality", True)
    assert client.get(path_of(row)).status_code == 404


def test_the_example_has_something_to_see(client: Client) -> None:
    load_example_gatherings()
    load_example_gatherings()
    assert Gathering.objects.count() == 8
    meeting = Gathering.objects.get(kind="network_meeting")
    assert [state for _name, state in standing(meeting).items()] == ["confirmed"] * 4 + ["waiting"] * 2
    page = said(client.get("/veranstaltungen/").content.decode())
    assert "Vernetzungstreffen Mittelsachsen" in page
    assert "Grundlagen der Präventionsarbeit" not in page
