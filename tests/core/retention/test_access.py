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

from asskomm.core.imports.domain import door
from asskomm.core.retention import SUBJECT_RECORDS
from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.functions import change_function
from asskomm.publishing.domain.press import draft_sheet
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
