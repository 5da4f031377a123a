# SPDX-License-Identifier: EUPL-1.2
"""PDF/UA-1 without a fault, numbered pages, marks on each of them."""

import subprocess
import sys
from typing import Any

import pytest

from asskomm.core.documents import Document, Paragraph, Picture
from asskomm.core.documents.frame import FUNDED
from asskomm.core.documents.pdf import as_pdf, as_png
from tests.core.documents.samples import CHART, faults, full, pages

BARE = {"kind": "", "organisation": "", "date": None, "number": ""}


@pytest.mark.parametrize(
    "changes",
    [{}, BARE, {"funded": True, "example": True, "draft": True}, {"language": "en"}, {"blocks": []}, {"title": "Sehr lang " * 20}],
)
def test_the_checker_finds_nothing(changes: dict[str, Any]) -> None:
    assert faults(as_pdf(full(**changes))) == []


def test_pages_are_numbered() -> None:
    found = pages(as_pdf(full()))
    assert len(found) == 3
    assert [f"Seite {number} von 3" in page for number, page in enumerate(found, 1)] == [True] * 3


def test_marks_stand_on_every_page() -> None:
    found = pages(as_pdf(full(example=True, draft=True)))
    assert ["Entwurf · Beispiel, frei erfunden" in page for page in found] == [True] * 3
    assert ["frei erfunden" in page or "Entwurf" in page for page in pages(as_pdf(full()))] == [False] * 3


def test_the_obligatory_line_ends_what_is_funded() -> None:
    said = [" ".join(pages(as_pdf(full(funded=funded)))).replace("\u00ad ", "").count(FUNDED) for funded in (True, False)]
    assert said == [1, 0]


def test_words_of_the_frame_follow_the_language_of_the_document() -> None:
    first = pages(as_pdf(full(language="en", draft=True)))[0]
    assert ("Page 1 of 3" in first, "Draft" in first, "14 September 2023" in first) == (True, True, True)


def test_what_no_font_has_is_marked_and_the_rest_stays() -> None:
    pdf = as_pdf(full(blocks=[Paragraph("vor 😀漢字 nach"), Paragraph("Łužica, Привет")]))
    assert ("vor □□□ nach" in pages(pdf)[0], "Łužica, Привет" in pages(pdf)[0]) == (True, True)
    assert faults(pdf) == []


def test_a_picture_that_is_none_is_refused() -> None:
    with pytest.raises(RuntimeError, match="SVG"):
        as_pdf(Document("Titel", [Picture("<nothing", "nichts")]))


def test_a_drawing_becomes_a_png() -> None:
    assert as_png(CHART.svg)[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_web_process_starts_without_what_draws() -> None:
    program = "import sys, asskomm.config.wsgi; print(sorted({'typst', 'pypandoc', 'fontpkg', 'fontpkg_fira_sans'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
