# SPDX-License-Identifier: EUPL-1.2
"""Two people edit the same: the second is told what the first saved, loses nothing, and decides."""

import datetime as dt
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from asskomm.alliance.domain.contacts import ContactPlan, plan_contact
from asskomm.alliance.domain.events import correct_event
from asskomm.alliance.models import Event, NextContact, Rhythm
from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.events.domain.programme import add_room, add_track
from asskomm.events.domain.programme_parts import change_room, change_track
from asskomm.events.domain.questions import Asked, set_questions
from asskomm.people.domain.functions import change_function
from asskomm.people.domain.organisations import write_profile
from asskomm.people.interfaces import profile_pages
from asskomm.people.models import Function, Profile
from asskomm.publishing.domain.targets import set_target
from asskomm.publishing.models import FigureTarget
from tests.events.making import gathering
from tests.making import GOERLITZ, body, draft, event, member, place

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
TOLD = "Inzwischen hat jemand anders gespeichert. Ihre Eingaben stehen noch da und gelten, wenn Sie noch einmal speichern. Gespeichert ist jetzt: "
FIRST = {"email": "stelle@goerlitz.example", "phone": "03581 1", "website": "", "introduction": ""}


def shown(client: Client, path: str) -> dict[str, object]:
    """Give what a page's form would send."""
    form = client.get(path).context["form"]
    return {field.name: "" if field.value() is None else field.value() for field in form if field.value() is not False}


def errors(response: object) -> list[str]:
    return list(response.context["form"].non_field_errors())  # type: ignore[attr-defined]


def test_an_organisation_is_not_overwritten_unseen(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    town = body(GOERLITZ)
    path = f"/organisationen/{town.pk}/erreichbarkeit/"
    mine = shown(client, path) | {"phone": "03581 2"}
    write_profile(town, **FIRST, by=SYSTEM)
    answer = client.post(path, mine)
    assert (answer.status_code, errors(answer)) == (422, [TOLD + "E-Mail-Adresse der Stelle: „stelle@goerlitz.example“; Telefon: „03581 1“."])
    assert Profile.objects.get().phone == "03581 1"
    again = {field.name: field.value() for field in answer.context["form"]}
    assert again["phone"] == "03581 2"
    assert client.post(path, again).status_code == 302
    assert (Profile.objects.get().phone, Profile.objects.get().email) == ("03581 2", "")


def test_whoever_changes_what_nobody_touched_is_not_told(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    path = f"/organisationen/{body(GOERLITZ).pk}/erreichbarkeit/"
    assert client.post(path, shown(client, path) | {"phone": "03581 2"}).status_code == 302


def test_a_second_click_is_not_told_that_somebody_else_saved(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    path = f"/organisationen/{body(GOERLITZ).pk}/erreichbarkeit/"
    mine = shown(client, path) | FIRST
    assert [client.post(path, mine).status_code for _click in range(2)] == [302, 302]
    assert Profile.objects.get().phone == "03581 1"


def test_a_function_names_its_deputy_by_name(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    deputy, _ = member("partner", GOERLITZ)
    own = Function.objects.get(role="coordinator")
    path = f"/funktionen/{own.pk}/"
    mine = shown(client, path) | {"title": "Stelle"}
    change_function(own, title="", share=None, funded_until=dt.date(2030, 1, 31), deputy=deputy.person, by=SYSTEM)
    assert errors(client.post(path, mine)) == [TOLD + "Bezeichnung: „“; Finanziert bis: „31.01.2030“; Vertretung: „Kim Muster-partner“."]


def test_an_event_is_not_corrected_over_a_correction(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    made = event("consultation", "2023-04-01", GOERLITZ, note="alt")
    path = f"/ereignisse/{made.reference}/aendern/"
    mine = shown(client, path) | {"detail": "meine Notiz"}
    correct_event(made, draft("consultation", "2023-04-01", GOERLITZ, note="deine Notiz"), by=SYSTEM)
    answer = client.post(path, mine)
    assert errors(answer) == [TOLD + "Notiz und Zahlen: „deine Notiz“."]
    assert Event.objects.current().get().note == "deine Notiz"


def test_the_next_contact_is_not_overwritten_unseen(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    path, soon = f"/netzwerk/kontakt/{GOERLITZ}/", clock.today() + dt.timedelta(days=30)
    mine = shown(client, path) | {"note": "Rückruf"}
    plan_contact(place(GOERLITZ), ContactPlan(soon, "Besuch", Rhythm.HALF), by=SYSTEM)
    answer = client.post(path, mine)
    assert errors(answer) == [TOLD + f"Nächster Kontakt: „{soon:%d.%m.%Y}“; Notiz: „Besuch“; Austausch: „alle sechs Monate“."]
    assert NextContact.objects.get().note == "Besuch"
    again = mine | {"seen": answer.context["form"]["seen"].value()}
    assert [client.post(path, again).status_code for _click in range(2)] == [302, 302]
    assert NextContact.objects.get().note == "Rückruf"


def test_a_target_for_the_same_day_is_not_replaced_unseen(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    path, soon = "/kennzahlen/agreements/ziel/", clock.today() + dt.timedelta(days=400)
    set_target("agreements", soon, Decimal(1060), note="Beschluss", by=SYSTEM)
    mine = shown(client, path) | {"value": "70", "day": f"{soon:%d.%m.%Y}"}
    answer = client.post(path, mine)
    told = "Für diesen Tag steht schon ein Ziel da: 1.060 („Beschluss“). Es wird ersetzt, wenn Sie noch einmal speichern."
    assert (answer.status_code, errors(answer)) == (422, [told])
    assert FigureTarget.objects.get().value == Decimal(1060)
    again = mine | {"seen": answer.context["form"]["seen"].value()}
    assert [client.post(path, again).status_code for _click in range(2)] == [302, 302]
    assert FigureTarget.objects.get().value == Decimal(70)
    assert client.post(path, shown(client, path) | {"value": "80", "day": f"{soon + dt.timedelta(days=1):%d.%m.%Y}"}).status_code == 302


def test_rooms_and_tracks_are_not_renamed_over_a_new_name(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    found = gathering(5)
    room, track = add_room(found, "Saal", 20, by=SYSTEM), add_track(found, "Jugend", by=SYSTEM)
    plan = f"{found.get_absolute_url()}programm/bearbeiten/"
    paths = (f"{plan}raum/{room.pk}/", f"{plan}themenreihe/{track.pk}/")
    mine = [shown(client, path) | {"name": "Meins"} for path in paths]
    change_room(room, "Großer Saal", 30, by=SYSTEM)
    change_track(track, "Jugend und Schule", by=SYSTEM)
    told = [errors(client.post(path, sent)) for path, sent in zip(paths, mine, strict=True)]
    assert told == [[TOLD + "Name: „Großer Saal“; Plätze: „30“."], [TOLD + "Name: „Jugend und Schule“."]]
    assert (found.rooms.get().name, found.tracks.get().name) == ("Großer Saal", "Jugend und Schule")


def _rows(client: Client, path: str) -> dict[str, Any]:
    rows = client.get(path).context["rows"]
    fields = [field for form in (rows.management_form, *rows) for field in form]
    return {field.html_name: field.value() for field in fields if field.value() not in (None, False)}


def test_a_question_is_compared_with_itself_also_where_others_moved(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    found = gathering(5)
    set_questions(found, [Asked("Woher?"), Asked("Größe?", "choice", ["M", "L"]), Asked("Wohin?")], by=SYSTEM)
    path = f"{found.get_absolute_url()}eigene-fragen/"
    whence, size, whither = found.questions.all()
    mine = _rows(client, path) | {"frage-1-text": "Hemd?", "frage-2-text": "Wohin genau?"}
    change = [Asked("Größe in Zahlen?", "choice", ["M", "L"], key=size.pk), Asked("Wohin?", key=whither.pk)]
    set_questions(found, change, [whence.pk, size.pk, whither.pk], by=SYSTEM)
    answer = client.post(path, mine)
    told = [form.non_field_errors() for form in answer.context["rows"]]
    assert told == [[TOLD + "Frage: „“."], [TOLD + "Frage: „Größe in Zahlen?“."], [], [], []]
    assert [question.text for question in found.questions.all()] == ["Größe in Zahlen?", "Wohin?"]
    again = mine | {f"frage-{row}-seen": answer.context["rows"].forms[row]["seen"].value() for row in (0, 1)}
    assert client.post(path, again | {"frage-0-text": ""}).status_code == 302
    assert [question.text for question in found.questions.all()] == ["Hemd?", "Wohin genau?"]


def test_a_second_click_under_questions_is_known_as_one(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    found = gathering(5)
    set_questions(found, [Asked("Größe?", "choice", ["M", "L"])], by=SYSTEM)
    path = f"{found.get_absolute_url()}eigene-fragen/"
    mine = _rows(client, path) | {"frage-0-choices": "S\r\nM\r\nL"}
    assert [client.post(path, mine).status_code for _click in range(2)] == [302, 302]
    assert found.questions.get().choices == ["S", "M", "L"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("loaded")
def test_of_two_sent_in_the_same_instant_the_second_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    account, _principal = member("coordinator", GOERLITZ)
    town = body(GOERLITZ)
    path = f"/organisationen/{town.pk}/erreichbarkeit/"
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(account)
    sent = [shown(client, path) | {"phone": f"03581 {number}"} for number, client in enumerate(clients)]
    answers: dict[int, int] = {}
    done = threading.Event()

    def second() -> None:
        answers[1] = clients[1].post(path, sent[1]).status_code
        connection.close()
        done.set()

    beside = threading.Thread(target=second)

    def write_late(*args: Any, **kwargs: Any) -> Profile:
        if beside.ident is None:
            beside.start()
            done.wait(0.5)  # as long as it has to wait it does not end
        return write_profile(*args, **kwargs)

    monkeypatch.setattr(profile_pages, "write_profile", write_late)
    answers[0] = clients[0].post(path, sent[0]).status_code
    beside.join(30)
    assert answers == {0: 302, 1: 422}
    assert Profile.objects.get().phone == "03581 0"
