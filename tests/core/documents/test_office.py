# SPDX-License-Identifier: EUPL-1.2
"""DOCX and ODT keep headings, table headings, alternative texts, language, page numbers and marks."""

import io
import zipfile

import pytest

from asskomm.core.documents.frame import FUNDED
from asskomm.core.documents.office import as_docx, as_odt
from tests.core.documents.samples import CHART, attributes, full, paragraphs_of, part

MARKED = full(example=True, draft=True, funded=True)


@pytest.fixture(scope="module")
def docx() -> bytes:
    return as_docx(MARKED)


@pytest.fixture(scope="module")
def odt() -> bytes:
    return as_odt(MARKED)


def test_docx_names_its_pictures_headings_and_head_row(docx: bytes) -> None:
    body = part(docx, "word/document.xml")
    styles = attributes(body, "pStyle", "val")
    assert attributes(body, "docPr", "descr") == [CHART.alternative]
    assert len(attributes(body, "tblHeader", "val")) == 1
    assert [style for style in styles if style.startswith("Heading")] == ["Heading1", "Heading2", "Heading3"]
    assert [style for style in styles if style in {"Mark", "Lead", "Said", "Speaker", "Note", "Obligatory"}] == [
        "Mark", "Lead", "Said", "Speaker", "Note", "Obligatory",
    ]  # fmt: skip


def test_docx_has_language_page_numbers_and_marks(docx: bytes) -> None:
    assert attributes(part(docx, "word/styles.xml"), "lang", "val") == ["de-DE"]
    assert attributes(part(docx, "word/footer1.xml"), "fldSimple", "instr") == ["PAGE", "NUMPAGES"]
    assert paragraphs_of(part(docx, "word/footer1.xml")) == ["Seite 1 von 1"]
    assert paragraphs_of(part(docx, "word/header1.xml")) == ["Entwurf · Beispiel, frei erfunden"]
    assert len(attributes(part(docx, "word/document.xml"), "footerReference", "id")) == 1


def test_odt_names_its_pictures_headings_and_head_row(odt: bytes) -> None:
    body = part(odt, "content.xml")
    assert body.count(f"<svg:desc>{CHART.alternative}</svg:desc></draw:frame>") == 1
    assert body.count("<table:table-header-rows>") == 1
    assert attributes(body, "h", "outline-level") == ["1", "2", "3"]


def test_odt_has_language_page_numbers_and_marks(odt: bytes) -> None:
    styles = part(odt, "styles.xml")
    assert set(attributes(styles, "text-properties", "language")) == {"de"}
    assert paragraphs_of(styles) == ["Entwurf · Beispiel, frei erfunden", "Seite 1 von 1"]
    assert (styles.count("<text:page-number "), styles.count("<text:page-count>")) == (1, 1)


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_the_obligatory_line_stands_once_and_pictures_are_png(ending: str, docx: bytes, odt: bytes) -> None:
    archive, name = {"docx": (docx, "word/document.xml"), "odt": (odt, "content.xml")}[ending]
    assert paragraphs_of(part(archive, name)).count(FUNDED) == 1
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert [entry.rsplit(".", 1)[1] for entry in opened.namelist() if "media/" in entry or "Pictures/" in entry] == ["png"]
        assert opened.testzip() is None


def test_odt_begins_with_its_type_uncompressed(odt: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(odt)) as opened:
        first = opened.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
