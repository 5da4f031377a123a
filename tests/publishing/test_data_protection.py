# SPDX-License-Identifier: EUPL-1.2
"""Drafts for the data protection officer: from the program's own tables, for those who answer for it, as accessible files."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import asskomm
from asskomm.core.documents.pdf import as_pdf
from asskomm.core.visibility import Principal
from asskomm.publishing.documents.data_protection import DRAFTS, data_protection_document
from asskomm.publishing.domain.processing import processings
from tests.core.documents.samples import faults, paragraphs_of, part
from tests.making import GOERLITZ
from tests.reading import links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
_TABLE = Path(asskomm.__file__).parent / "publishing" / "data" / "processing.csv"


def test_they_are_offered_as_word_files_too(client: Client, sign_in: SignIn, settings: Any) -> None:
    settings.OPERATOR = ["Landespräventionsrat Sachsen", "01097 Dresden"]
    sign_in("state_council")
    files = [link for link in links(client.get("/datenschutz/entwuerfe/")) if link.endswith(".docx")]
    assert files == [f"/datenschutz/entwuerfe/{name}.docx" for name in DRAFTS]
    with zipfile.ZipFile(io.BytesIO(client.get(files[0]).content)) as archive:
        text = archive.read("word/document.xml").decode()
    assert all(word in text for word in ("Landespräventionsrat Sachsen, 01097 Dresden", processings()[0].purpose))


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("verzeichnis", ["Verantwortliche Stelle", "Verarbeitungen", "Betroffene, Empfänger, Drittländer", "Technische und organisatorische Maßnahmen"]),
        (
            "auftrag",
            [
                *("Parteien", "Gegenstand und Dauer", "Art der Daten und Betroffene"),
                *("Pflichten des Auftragsverarbeiters", "Anlage: Maßnahmen"),
            ],
        ),
        ("massnahmen", ["Technische und organisatorische Maßnahmen", "Was die Stelle selbst regelt"]),
        ("folgenabschaetzung", ["Vorabprüfung", "Risiken", "Stellungnahme der oder des Datenschutzbeauftragten"]),
    ],
)
def test_the_word_file_has_its_headings(client: Client, sign_in: SignIn, name: str, headings: list[str]) -> None:
    sign_in("state_council")
    xml = part(client.get(f"/datenschutz/entwuerfe/{name}.docx").content, "word/document.xml")
    assert list(dict.fromkeys(text for text in paragraphs_of(xml) if text in headings)) == headings  # a table is called like its heading


def test_every_row_of_the_table_stands_in_the_word_file_of_the_record(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    texts = paragraphs_of(part(client.get("/datenschutz/entwuerfe/verzeichnis.docx").content, "word/document.xml"))
    rows = _rows()
    assert len(rows) == len(processings())
    assert [row["key"] for row in rows if not {row["data"], row["controller"], row["purpose"], row["basis"]} <= set(texts)] == []


def test_every_kind_of_data_and_its_end_is_in_the_record(client: Client, sign_in: SignIn) -> None:
    sign_in("administrator", "Sächsisches Staatsministerium des Innern")
    text = said(client.get("/datenschutz/entwuerfe/verzeichnis.html").content.decode())
    assert [row.key for row in processings() if row.data not in text or str(row.deletion.period) not in text] == []


def _rows() -> list[dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _named(column: str) -> set[str]:
    return {name for row in _rows() if row[column] for name in row[column].split("; ")}


def test_a_row_by_article_9_says_which_special_category_and_no_other_does() -> None:
    assert [row["key"] for row in _rows() if bool(row["special"]) != ("Art. 9" in row["basis"])] == []
    assert [row["key"] for row in _rows() if row["special"]] == ["registration_needs"]


def test_every_special_category_is_in_the_assessment_the_record_and_on_the_page(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    drafts = [said(client.get(f"/datenschutz/entwuerfe/{name}.html").content.decode()) for name in ("folgenabschaetzung", "verzeichnis", "auftrag")]
    for text in (*drafts, said(client.get("/datenschutz/").content.decode())):
        special = [row for row in _rows() if row["special"]]
        assert [row["key"] for row in special if not all(word in text for word in (row["special"], row["data"], row["basis"]))] == []
        assert "keine besonderen Kategorien" not in text


def test_every_kind_of_person_and_of_recipient_is_in_the_record_and_on_the_page(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    record = said(client.get("/datenschutz/entwuerfe/verzeichnis.html").content.decode())
    sentences = record.partition("Betroffene:")[2].partition("Betroffene und Empfänger im Einzelnen")[0]
    assert {name for name in _named("subjects") | _named("recipients") if name not in sentences} == set()
    page = said(client.get("/datenschutz/").content.decode())
    assert {name for name in _named("subjects") | _named("recipients") if name not in page} == set()
    assert [row["key"] for row in _rows() if not row["subjects"]] == []


def test_no_page_says_that_only_office_holders_are_kept(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    for path in ("/datenschutz/", "/datenschutz/entwuerfe/verzeichnis.html"):
        text = said(client.get(path).content.decode())
        assert "nur in ihrer Funktion" not in text
        assert "Keine Bürgerinnen und Bürger" not in text


@pytest.mark.parametrize(("role", "organisation", "status"), [("coordinator", GOERLITZ, 403), ("police", "Polizeidirektion Görlitz", 403)])
def test_nobody_else_gets_them(client: Client, sign_in: SignIn, role: str, organisation: str, status: int) -> None:
    sign_in(role, organisation)
    for path in ("/datenschutz/entwuerfe/", "/datenschutz/entwuerfe/verzeichnis.docx"):
        assert client.get(path).status_code == status
    assert "/datenschutz/entwuerfe/" not in links(client.get("/datenschutz/"))


def test_what_there_is_not(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    assert [client.get(f"/datenschutz/entwuerfe/{name}").status_code for name in ("verzeichnis.exe", "nichts.docx")] == [404, 404]


@pytest.mark.parametrize("name", list(DRAFTS))
def test_the_checker_of_accessible_documents_finds_nothing(name: str) -> None:
    assert faults(as_pdf(data_protection_document(name))) == []
