# SPDX-License-Identifier: EUPL-1.2
"""Agenda, minutes, and what somebody said she would do."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.core.audit.models import Entry
from asskomm.core.clock import BERLIN, clock
from asskomm.core.retention import DELETION_RULES
from asskomm.core.search.domain.queries.search import search
from asskomm.core.search.models import IndexedDocument
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from asskomm.events.domain.gatherings import Facts, Room, change_gathering, discard_draft
from asskomm.events.domain.minutes import MOST_TOPICS, MinutesError, Promise, Topic, release_minutes, remove_action, set_agenda, tick_off, write_minutes
from asskomm.events.domain.queries.agenda import agenda_of
from asskomm.events.interfaces.minutes_forms import AgendaForm
from asskomm.events.models import ActionItem, Gathering
from asskomm.people.slots import DEADLINES, Wanted
from tests.core.documents.samples import faults, pages
from tests.events.making import BEFORE, gathering
from tests.making import FRANKENBERG, GOERLITZ, body, member
from tests.reading import field_errors, headings, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
DAY = dt.date(2027, 6, 1)
TOPICS = [Topic("Begrüßung", 10), Topic("Ortsbegehungen", 20), Topic("Verschiedenes"), Topic("Ende")]


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


@pytest.fixture
def found() -> Gathering:
    """A meeting of Frankenberg with an agenda."""
    made = gathering(None, owner=FRANKENBERG, kind="network_meeting")
    set_agenda(made, TOPICS, by=SYSTEM)
    return made


def test_points_begin_when_those_before_them_end_as_far_as_that_is_known(found: Gathering) -> None:
    shown = [(timed.item.title, f"{timed.starts_at.astimezone(BERLIN):%H:%M}" if timed.starts_at else "") for timed in agenda_of(found)]
    assert shown == [("Begrüßung", "09:30"), ("Ortsbegehungen", "09:40"), ("Verschiedenes", "10:00"), ("Ende", "")]


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("Begrüßung", Topic("Begrüßung")),
        ("  Begrüßung ,  10 min ", Topic("Begrüßung", 10)),
        ("Begrüßung (10 Min.)", Topic("Begrüßung", 10)),
        ("Begrüßung – 10 Minuten", Topic("Begrüßung", 10)),
        ("Begrüßung 10 min", Topic("Begrüßung", 10)),
        ("Haushalt 2027", Topic("Haushalt 2027")),
        ("10 min", Topic("10 min")),
        ("Fünf Minuten Ruhe", Topic("Fünf Minuten Ruhe")),
    ],
)
def test_a_line_is_a_point(line: str, topic: Topic) -> None:
    form = AgendaForm({"topics": f"\n{line}\n\n"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["topics"] == [topic]


def test_a_point_that_stays_keeps_its_minutes_and_none_is_lost(found: Gathering) -> None:
    write_minutes(found, {1: " Drei Straßen \n", 7: "nirgends"}, [], by=SYSTEM)
    set_agenda(found, [Topic("Neues"), Topic("Ortsbegehungen", 45)], by=SYSTEM)
    assert list(found.agenda.values_list("title", "minutes", "record")) == [("Neues", None, ""), ("Ortsbegehungen", 45, "Drei Straßen")]
    with pytest.raises(MinutesError, match="Zu „Ortsbegehungen“ steht schon etwas"):
        set_agenda(found, [Topic("Neues")], by=SYSTEM)
    with pytest.raises(MinutesError, match="zweimal"):
        set_agenda(found, [Topic("Ortsbegehungen"), Topic("Ortsbegehungen")], by=SYSTEM)
    with pytest.raises(MinutesError, match="mehr als"):
        set_agenda(found, [Topic(str(number)) for number in range(MOST_TOPICS + 1)], by=SYSTEM)


def test_what_is_promised_is_due_until_it_is_done(found: Gathering) -> None:
    write_minutes(found, {}, [Promise("Radar leihen", "Ada", DAY), Promise("Brief")], by=SYSTEM)
    due = DEADLINES["actions"]
    window = Wanted(DAY, DAY, [body(FRANKENBERG).pk])
    assert [(row.text, row.day) for row in due(window)] == [("Aus „Fachtag“: Radar leihen", DAY)]
    assert list(due(Wanted(DAY, DAY, [body(GOERLITZ).pk]))) == []
    assert len(list(due(Wanted(DAY, DAY)))) == 1
    action = ActionItem.objects.get(text="Radar leihen")
    tick_off(action, done=True, by=SYSTEM)
    assert list(due(window)) == []
    tick_off(action, done=False, by=SYSTEM)
    assert len(list(due(window))) == 1


def test_only_those_who_invite_write(found: Gathering) -> None:
    write_minutes(found, {0: "x"}, [Promise("Radar")], by=SYSTEM)
    _account, stranger = member("coordinator", GOERLITZ)
    tries: list[Callable[[], object]] = [
        lambda: set_agenda(found, TOPICS, by=stranger),
        lambda: write_minutes(found, {0: "y"}, [], by=stranger),
        lambda: release_minutes(found, released=True, by=stranger),
        lambda: tick_off(ActionItem.objects.get(), done=True, by=stranger),
    ]
    for attempt in tries:
        with pytest.raises(PermissionDenied):
            attempt()
    assert list(Entry.objects.filter(kind="gatherings").order_by("pk").values_list("action", flat=True)) == ["created", "released", "changed", "changed"]


def test_from_the_agenda_to_the_released_minutes(client: Client, sign_in: SignIn) -> None:
    found = gathering(None, owner=FRANKENBERG)
    at = found.get_absolute_url()
    sign_in("coordinator", FRANKENBERG)
    client.post(f"{at}tagesordnung/", {"topics": "Begrüßung, 10 min\nOrtsbegehungen"})
    assert "09:40 Ortsbegehungen" in said(client.get(at).content.decode())
    assert "Begrüßung, 10 min\nOrtsbegehungen" in client.get(f"{at}tagesordnung/").content.decode().replace("\r", "")
    nothing = client.post(f"{at}protokoll/veroeffentlichen/", {"released": "ja"}, follow=True)
    assert "Im Protokoll steht noch nichts." in said(nothing.content.decode())
    forms = {"aufgabe-TOTAL_FORMS": "3", "aufgabe-INITIAL_FORMS": "0"}
    wrong = client.post(f"{at}protokoll/schreiben/", {"record_1": "Drei Straßen", "aufgabe-0-who": "Ada", **forms})
    kept = wrong.content.decode()
    assert (wrong.status_code, "Drei Straßen" in kept, "Schreiben Sie dazu, was zu tun ist." in said(kept)) == (422, True, True)
    client.post(f"{at}protokoll/schreiben/", {"record_1": "Drei Straßen", "aufgabe-1-text": "Radar leihen", "aufgabe-1-due": "01.06.2027", **forms})
    client.post(f"{at}protokoll/veroeffentlichen/", {"released": "ja"})
    action = ActionItem.objects.get()
    client.post(f"{at}protokoll/aufgabe/{action.pk}/", {"done": "ja"})
    assert ActionItem.objects.get().done_at == BEFORE
    client.logout()
    page = client.get(f"{at}protokoll/")
    told = said(page.content.decode())
    assert headings(page) == ["Protokoll"]
    assert ("Ortsbegehungen Drei Straßen" in told, "Ist erledigt" in told) == (True, False)
    assert "Zum Protokoll" in said(client.get(at).content.decode())


def test_nobody_reads_minutes_that_are_not_released(client: Client, sign_in: SignIn, found: Gathering) -> None:
    write_minutes(found, {0: "Geheimnis"}, [Promise("Radar")], by=SYSTEM)
    at = found.get_absolute_url()
    addresses = [f"{at}protokoll/", f"{at}protokoll.pdf"]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    sign_in("coordinator", GOERLITZ)
    assert [client.get(address).status_code for address in [*addresses, f"{at}protokoll/schreiben/", f"{at}tagesordnung/"]] == [404, 404, 403, 403]
    action = ActionItem.objects.get()
    posts = [client.post(f"{at}protokoll/aufgabe/{action.pk}/", {"done": "ja"}), client.post(f"{at}protokoll/veroeffentlichen/", {"released": "ja"})]
    assert [response.status_code for response in posts] == [403, 403]
    release_minutes(found, released=True, by=SYSTEM)
    assert "Geheimnis" in client.get(addresses[0]).content.decode()
    release_minutes(found, released=False, by=SYSTEM)
    assert client.get(addresses[0]).status_code == 404
    hidden = gathering(None, owner=FRANKENBERG, visibility=Visibility.PRIVATE)
    set_agenda(hidden, TOPICS, by=SYSTEM)
    write_minutes(hidden, {0: "x"}, [], by=SYSTEM)
    release_minutes(hidden, released=True, by=SYSTEM)
    assert client.get(f"{hidden.get_absolute_url()}protokoll/").status_code == 404


def test_the_minutes_as_a_document(client: Client, found: Gathering) -> None:
    write_minutes(found, {0: "Alle da.\n\nKaffee auch.", 1: "Drei Straßen"}, [Promise("Radar leihen", "Ada", DAY), Promise("Brief")], by=SYSTEM)
    release_minutes(found, released=True, by=SYSTEM)
    content = client.get(f"{found.get_absolute_url()}protokoll.pdf").content
    shown = " ".join("".join(pages(content)).split())
    for text in ("Alle da.", "Kaffee auch.", "Drei Straßen", "Radar leihen", "01.06.2027", "Dazu wurde nichts festgehalten."):
        assert text in shown
    assert faults(content) == []
    assert client.get(f"{found.get_absolute_url()}protokoll.exe").status_code == 404


def test_who_promised_something_is_forgotten_after_two_years(found: Gathering) -> None:
    write_minutes(found, {}, [Promise("Radar leihen", "Ada")], by=SYSTEM)
    for days, who in ((729, "Ada"), (731, "")):
        with clock.moved_to(found.ends_at + dt.timedelta(days=days)):
            DELETION_RULES["actions"].delete(None)  # type: ignore[arg-type]
        assert list(ActionItem.objects.values_list("text", "who")) == [("Radar leihen", who)]


def test_a_point_that_is_too_long_is_named() -> None:
    form = AgendaForm({"topics": "x" * 201})
    assert not form.is_valid()
    assert form.errors["topics"] == ["Ein Punkt hat höchstens 200 Zeichen."]


def test_field_errors_are_found(client: Client, sign_in: SignIn) -> None:
    found = gathering(None, owner=FRANKENBERG)
    sign_in("coordinator", FRANKENBERG)
    answer = client.post(f"{found.get_absolute_url()}tagesordnung/", {"topics": "x" * 201})
    assert (answer.status_code, list(field_errors(answer))) == (422, ["topics"])


def hits(query: str, principal: Principal = ANYONE) -> list[str]:
    return [hit.url for hit in search(query, principal, source="minutes").hits]


def test_released_minutes_are_found_by_whoever_may_read_them(found: Gathering) -> None:
    write_minutes(found, {1: "Wackelpudding"}, [Promise("Himbeeren pflücken")], by=SYSTEM)
    assert (hits("Wackelpudding", SYSTEM), IndexedDocument.objects.filter(source="minutes").count()) == ([], 0)
    release_minutes(found, released=True, by=SYSTEM)
    address = f"/veranstaltungen/{found.reference}/protokoll/"
    assert [hits(word) for word in ("Wackelpudding", "Himbeeren", "Ortsbegehung")] == [[address]] * 3
    write_minutes(found, {1: "Waldmeister"}, [], by=SYSTEM)
    remove_action(ActionItem.objects.get(), by=SYSTEM)
    assert [hits(word) for word in ("Wackelpudding", "Himbeeren", "Waldmeister")] == [[], [], [address]]
    set_agenda(found, [Topic("Ortsbegehungen"), Topic("Zitroneneis")], by=SYSTEM)
    assert hits("Zitroneneis") == [address]
    release_minutes(found, released=False, by=SYSTEM)
    assert (hits("Waldmeister", SYSTEM), IndexedDocument.objects.filter(source="minutes").count()) == ([], 0)


def test_minutes_are_found_by_those_who_see_the_gathering(found: Gathering) -> None:
    write_minutes(found, {1: "Wackelpudding"}, [], by=SYSTEM)
    release_minutes(found, released=True, by=SYSTEM)
    facts = Facts(**{name: getattr(found, name) for name in Facts.__dataclass_fields__} | {"visibility": Visibility.ALLIANCE})
    change_gathering(found, facts, Room(None), by=SYSTEM)
    insider = member("coordinator", GOERLITZ)[1]
    assert (len(hits("Wackelpudding")), len(hits("Wackelpudding", insider))) == (0, 1)
    assert IndexedDocument.objects.get(source="minutes").audience == f"alliance org:{body(FRANKENBERG).pk}"


def test_nothing_of_a_discarded_draft_stays_in_the_index() -> None:
    made = gathering(None, owner=FRANKENBERG, published=False)
    set_agenda(made, [Topic("Wackelpudding")], by=SYSTEM)
    discard_draft(made, by=SYSTEM)
    assert IndexedDocument.objects.filter(source__in=("gatherings", "minutes")).count() == 0
