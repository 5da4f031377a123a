# SPDX-License-Identifier: EUPL-1.2
"""Whatever somebody is called or writes comes out in every format as it went in, and is nowhere taken for markup."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asskomm.core.documents import Block, Document, Heading, Listing, Note, Paragraph, Picture, Quote, Table
from asskomm.core.documents.office import as_docx, as_odt
from asskomm.core.documents.pdf import as_pdf
from asskomm.core.documents.plain import plain
from asskomm.core.documents.web import as_html
from tests.core.documents.samples import CHART, Shown, attributes, pages, paragraphs_of, part

PLACES = ("title", "organisation", "heading", "lead", "paragraph", "item", "step", "caption", "head", "cell", "words", "below", "said", "speaker", "note")
TYPED = st.text(st.sampled_from("#*_`$\\<>&\"'[](){}@/~^=|-+!%:;.,?„“–…€§äöüßẞŁěž 0aZ\n\t\x00\x0b\u2028"), max_size=40)
ANY = st.text(max_size=40)
HOSTILE = (
    '#import "/etc/passwd": * #panic() $x$ @ref <label> \\u{41} *b* _i_ `c` = h\n\n- l\n+ n /t: d // c /* c */ #[x]',
    '<script>alert(1)</script><!-- --> &lt; &amp; ]]> <w:p/> <text:s/> "a" \'b\' <?php ?>',
    "# h\n> q\n```{=html}\n<b>\n``` [a](javascript:b) ![c](d) ^[n] $$m$$ {.c} | t | \\newpage :::",
    "$title$ $if(x)$ ${body} %s %(x)s {x} {{ x }} {% x %} \x00\x1b\ud800\ufffe",
)  # fmt: skip


def document(text: str) -> Document:
    """Put a text everywhere, between two names of the place, so that each can be found."""
    at = {place: f"k{place}q{text}q{place}k" for place in PLACES}
    blocks: list[Block] = [
        Heading(at["heading"]), Paragraph(at["lead"], lead=True), Paragraph(at["paragraph"]), Listing((at["item"],)), Listing((at["step"],), ordered=True),
        Table(at["caption"], (at["head"],), [(at["cell"],)]), Picture(CHART.svg, at["words"], at["below"]), Quote(at["said"], at["speaker"]), Note(at["note"]),
    ]  # fmt: skip
    return Document(at["title"], blocks, organisation=at["organisation"])


def in_pdf(made: Document) -> str:
    return " ".join(pages(as_pdf(made)))


def in_docx(made: Document) -> str:
    body = part(as_docx(made), "word/document.xml")
    return " ".join([*paragraphs_of(body), *attributes(body, "docPr", "descr")])


def in_odt(made: Document) -> str:
    body = part(as_odt(made), "content.xml")
    return " ".join([*paragraphs_of(body), *re.findall(r"<svg:desc>.*?</svg:desc>", body)]) if "<svg:desc>" not in body else " ".join(_odt_texts(body))


def _odt_texts(body: str) -> list[str]:
    return [*paragraphs_of(body), *paragraphs_of(body.replace("<svg:desc>", "<text:p>").replace("</svg:desc>", "</text:p>"))]


def in_html(made: Document) -> str:
    return " ".join(Shown(as_html(made).decode()).texts)


def squeezed(text: str) -> str:
    """Leave out what a typesetter may add or drop: spaces and hyphens."""
    return re.sub(r"[\s\-\u00ad\u2010]", "", text)


READERS: dict[str, Callable[[Document], str]] = {"docx": in_docx, "odt": in_odt, "html": in_html}


def missing(shown: str, text: str, places: tuple[str, ...] = PLACES) -> list[str]:
    return [place for place in places if squeezed(plain(f"k{place}q{text}q{place}k")) not in squeezed(shown)]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("ending", READERS)
def test_what_looks_like_markup_stays_text(ending: str, text: str) -> None:
    assert missing(READERS[ending](document(text)), text) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_markup_stays_text_in_pdf(text: str) -> None:
    spoken = tuple(place for place in PLACES if place != "words")  # the alternative text is no text of the page; the checker reads it
    assert missing(in_pdf(document(text)), text, spoken) == []


@pytest.mark.parametrize("ending", READERS)
@settings(max_examples=25)
@given(text=TYPED | ANY)
def test_every_text_survives(ending: str, text: str) -> None:
    assert missing(READERS[ending](document(text)), text) == []


@settings(max_examples=40)
@given(text=TYPED)
def test_every_typed_text_survives_in_pdf(text: str) -> None:
    spoken = tuple(place for place in PLACES if place != "words")
    assert missing(in_pdf(document(text)), text, spoken) == []
