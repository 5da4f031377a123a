# SPDX-License-Identifier: EUPL-1.2
"""Everybody gets what is kept about herself, all of it, and nothing about others."""

import io
import json
import zipfile

import pytest
from django.test import Client

from asskomm.core.imports.domain import door
from asskomm.core.retention import SUBJECT_RECORDS
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


def test_nobody_gets_it_without_signing_in(client: Client) -> None:
    assert client.get("/konto/auskunft.zip")["Location"].startswith("/einloggen/")
