# SPDX-License-Identifier: EUPL-1.2
"""Who reads something sensitive is noted, and the reader does not wait for it."""

import datetime as dt
import time
from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.audit.domain import reading
from asskomm.core.audit.domain.reading import note_read, write_notes
from asskomm.core.audit.models import Entry
from asskomm.core.clock import BERLIN, clock
from asskomm.core.imports.domain import door
from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.tokens import issue_token
from asskomm.people.enums import Scope
from tests.making import member, work_off
from tests.reading import said

pytestmark = pytest.mark.django_db
PEOPLE = "Vorname;Nachname;E-Mail;Funktion;Organisation\nKim;Muster;kim@example.org;Koordinator/in;Görlitz\n"


def test_notes_are_written_later_and_each_once(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        for number in range(3):
            note_read("files", f"f{number}", by=SYSTEM)
    assert (write_notes(), write_notes()) == (3, 0)
    assert list(Entry.objects.order_by("pk").values_list("action", "kind", "key", "digest")) == [("read", "files", f"f{number}", "") for number in range(3)]


def test_reading_a_preview_with_persons_is_noted_and_shown_to_the_state_council(client: Client) -> None:
    account, principal = member("state_council")
    batch = door.receive("personen.csv", iter([PEOPLE.encode()]), by=principal)
    work_off()
    client.force_login(account)
    client.get(batch.get_absolute_url())
    write_notes()
    page = client.get(f"/verlauf/files/{batch.reference}/")
    assert [(m.entry.action, m.who) for m in page.context["moments"]] == [("read", str(account)), ("created", str(account))]


def test_every_way_to_the_rows_of_a_file_with_persons_is_noted(client: Client) -> None:
    account, principal = member("state_council")
    batch = door.receive("personen.csv", iter([PEOPLE.replace("kim@", "kim").encode()]), by=principal)
    work_off()
    client.force_login(account)
    program = Client(headers={"authorization": f"Bearer {issue_token(account, name='Programm', scopes=Scope.values, by=principal).secret}"})
    asked = [
        client.get(f"{batch.get_absolute_url()}nicht-uebernommen.csv"),
        program.get(f"/api/imports/{batch.reference}"),
        program.get(f"/api/imports/{batch.reference}/rejected"),
    ]
    noted = [(entry.action, entry.key, entry.account) for entry in Entry.objects.filter(action="read")] if write_notes() else []
    assert ([answer.status_code for answer in asked], noted) == ([200] * 3, [("read", batch.reference, account.pk)] * 3)


def test_reading_what_is_not_sensitive_is_not_noted(client: Client) -> None:
    account, principal = member("state_council")
    batch = door.receive("ereignisse.csv", iter(["Art;Datum;Kommunen\nBeratung;01.01.2023;Görlitz\n".encode()]), by=principal, importer="events")
    client.force_login(account)
    client.get(batch.get_absolute_url())
    client.get(f"{batch.get_absolute_url()}nicht-uebernommen.csv")
    assert write_notes() == 0


def test_a_page_says_when_it_was_read_and_when_that_was_noted(client: Client) -> None:
    account, principal = member("state_council")
    batch = door.receive("personen.csv", iter([PEOPLE.encode()]), by=principal)
    noon = dt.datetime(2026, 1, 5, 12, tzinfo=BERLIN)
    with clock.moved_to(noon):
        note_read("files", batch.reference, by=principal)
    with clock.moved_to(noon + dt.timedelta(minutes=20)):
        write_notes()
    client.force_login(account)
    text = said(client.get(f"/verlauf/files/{batch.reference}/").content.decode())
    assert f"05.01.2026 12:00 gelesen durch {account} (aufgezeichnet am 05.01.2026 12:20)" in text


@pytest.mark.django_db(transaction=True)
def test_a_thread_of_its_own_writes_what_waits(notes_on_reading: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAUSE_SECONDS", 0.01)
    note_read("files", "f1", by=SYSTEM)
    notes_on_reading()
    note_read("files", "f2", by=SYSTEM)
    end = time.monotonic() + 20
    while Entry.objects.count() < 2 and time.monotonic() < end:
        time.sleep(0.01)
    assert list(Entry.objects.order_by("pk").values_list("key", flat=True)) == ["f1", "f2"]
