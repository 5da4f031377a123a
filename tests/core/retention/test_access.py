# SPDX-License-Identifier: EUPL-1.2
"""Everybody gets what is kept about herself, all of it, and nothing about others."""

import datetime as dt
import io
import json
import zipfile
from decimal import Decimal

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.imports.domain import door
from asskomm.core.mail.domain.unsubscribing import unsubscribe
from asskomm.core.mail.domain.writing import send
from asskomm.core.mail.models import Address
from asskomm.core.mail.probe import PROBE
from asskomm.core.merging.domain.merging import merge
from asskomm.core.retention import SUBJECT_RECORDS
from asskomm.core.retention.domain.access import records_of, subject_at, subject_of
from asskomm.core.visibility import SYSTEM
from asskomm.events.domain.reviewing import Opinion, give_review, name_reviewer
from asskomm.people.domain.functions import change_function
from asskomm.publishing.domain.press import draft_sheet
from tests.events.calling import call, proposed
from tests.events.making import BEFORE, come, gathering
from tests.making import FRANKENBERG, GOERLITZ, member

pytestmark = pytest.mark.django_db


def _archive(client: Client) -> tuple[dict[str, list[dict[str, str]]], str]:
    with zipfile.ZipFile(io.BytesIO(client.get("/konto/auskunft.zip").content)) as archive:
        assert archive.namelist() == ["auskunft.html", "auskunft.json"]
        return json.loads(archive.read("auskunft.json")), archive.read("auskunft.html").decode()


def test_she_gets_all_of_hers_and_nothing_of_others(client: Client) -> None:
    (kim, principal), (other, others) = member("coordinator", GOERLITZ), member("mayor", FRANKENBERG)
    door.receive("meine.csv", iter([b"Art;Datum;Kommunen\n"]), by=principal, importer="events")
    door.receive("fremde.csv", iter([b"Art;Datum;Kommunen\n"]), by=others, importer="events")
    client.force_login(kim)
    records, page = _archive(client)
    assert list(records) == [str(kept.name) for kept in SUBJECT_RECORDS]
    assert (records["Person und Zugang"][0]["Name"], records["Person und Zugang"][0]["E-Mail"]) == (str(kim), kim.email)
    assert [row["Organisation"] for row in records["Funktionen"]] == ["Görlitz"]
    assert [row["Datei"] for row in records["Eingelesene Dateien"]] == ["meine.csv"]
    assert [row["Was"] for row in records["Was Sie getan haben (Änderungsprotokoll)"]] == ["angelegt"]
    assert (kim.email in page, "fremde.csv" in page, other.email in page, str(other) in json.dumps(records)) == (True, False, False, False)


def test_her_post_her_second_factor_and_her_press_sheets_are_part_of_it(client: Client) -> None:
    kim, principal = member("state_council")
    colleague = member("state_council", email="kollegin@example.org")[0]
    function = kim.person.functions.get()
    change_function(function, title="", share=Decimal("0.5"), funded_until=dt.date(2030, 12, 31), deputy=colleague.person, by=SYSTEM)
    Authenticator.objects.create(user=kim, type=Authenticator.Type.WEBAUTHN, data={"name": "Diensthandy", "credential": {"secret": "s3cret"}})
    draft_sheet(dt.date(2026, 1, 1), dt.date(2026, 6, 30), by=principal)
    client.force_login(kim)
    records, _page = _archive(client)
    (own,) = records["Funktionen"]
    assert (own["Stellenanteil"], own["Bezahlt bis"], own["Vertretung"]) == ("50 %", "31.12.2030", str(colleague.person))
    assert [row["Name"] for row in records["Passkeys und andere zweite Faktoren"]] == ["Diensthandy"]
    assert "s3cret" not in json.dumps(records)
    assert len(records["Medieninformationen von Ihnen"]) == 1


def test_nobody_gets_it_without_signing_in(client: Client) -> None:
    assert client.get("/konto/auskunft.zip")["Location"].startswith("/einloggen/")


def test_whoever_never_had_an_account_is_told_by_her_address() -> None:
    with clock.moved_to(BEFORE):
        come(gathering(5), "Ada")
        come(gathering(5), "Ben")
    send(PROBE.key, to="ada@stadt.example")
    unsubscribe(Address.objects.get(email="ada@stadt.example"), PROBE.key)
    records = records_of(subject_at(" ADA@stadt.example"))
    assert [row["Name"] for row in records["Anmeldungen zu Veranstaltungen"]] == ["Ada"]
    (address,) = records["Adressen und Abbestellungen"]
    assert (address["E-Mail"], str(PROBE.name) in address["Abbestellt"]) == ("ada@stadt.example", True)
    assert {row["An"] for row in records["Nachrichten an Sie"]} == {"ada@stadt.example"}
    assert records["Person und Zugang"] == []
    assert "ben@stadt.example" not in json.dumps(records)


def test_an_address_that_nobody_knows_has_nothing() -> None:
    member("coordinator", GOERLITZ)
    assert [rows for rows in records_of(subject_at("niemand@stadt.example")).values() if rows] == []
    assert [rows for rows in records_of(subject_at("")).values() if rows] == []


def test_whoever_was_entered_twice_is_told_what_belongs_to_both_accounts() -> None:
    (first, _one), (second, principal) = member("coordinator", GOERLITZ), member("mayor", FRANKENBERG)
    stranger = member("coordinator", FRANKENBERG)[0]
    door.receive("zweite.csv", iter([b"Art;Datum;Kommunen\n"]), by=principal, importer="events")
    send(PROBE.key, to=second.email)
    merge("persons", kept=first.person_id, gone=second.person_id, by=SYSTEM)
    for subject in (subject_of(first.pk), subject_of(second.pk), subject_at(second.email)):
        assert (set(subject.accounts), set(subject.addresses)) == ({first.pk, second.pk}, {first.email, second.email})
        records = records_of(subject)
        assert [row["E-Mail"] for row in records["Person und Zugang"]] == [first.email, second.email]
        assert sorted(row["Organisation"] for row in records["Funktionen"]) == ["Frankenberg/Sa.", "Görlitz"]
        assert [row["Datei"] for row in records["Eingelesene Dateien"]] == ["zweite.csv"]
        assert [row["An"] for row in records["Nachrichten an Sie"]] == [second.email]
        assert stranger.email not in json.dumps(records)


def test_what_she_said_as_a_reviewer_is_hers() -> None:
    with clock.moved_to(BEFORE):
        found = call()
        account, principal = member("partner", GOERLITZ)
        reviewer = name_reviewer(found, account, by=SYSTEM)
        give_review(reviewer, proposed(found), Opinion(2, "Guter Stoff"), by=principal)
    (row,) = records_of(subject_of(account.pk))["Begutachtungen"]
    assert (row["Veranstaltung"], "Graffiti" in row["Bewertungen"], "Guter Stoff" in row["Bewertungen"]) == (found.gathering.title, True, True)
