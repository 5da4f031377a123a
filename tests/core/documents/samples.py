# SPDX-License-Identifier: EUPL-1.2
"""Documents to try, and ways to read what became of them."""

import datetime as dt
import io
import re
import tempfile
import zipfile
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element

import pymupdf
from defusedxml.ElementTree import fromstring
from outloud import check

from asskomm.core.charts import bar_chart
from asskomm.core.documents import Block, Document, Heading, Listing, Note, Paragraph, Picture, Quote, Table
from asskomm.core.estimates import Estimate

CHART = bar_chart("Vereinbarungen", [("Jahr 2022", Estimate(3)), ("Jahr 2023", Estimate(4))])
LONG = "Kooperationsvereinbarungen und Sicherheitsanalysen helfen Kommunen, Zuwendungsbescheide zu verstehen. "


def full(**changes: Any) -> Document:
    """Give a document with everything in it, several pages long."""
    blocks: list[Block] = [
        Paragraph("Das Wichtigste zuerst.", lead=True),
        Heading("Die Zahlen"),
        Paragraph(LONG * 20),
        Table("Kennzahlen", ("Kennzahl", "Wert"), [(f"Zeile {n}", str(n)) for n in range(40)], frozenset({1})),
        Heading("Bilder", 2),
        Picture(CHART.svg, CHART.alternative, "Vereinbarungen nach Jahr"),
        Heading("Worte", 3),
        Listing(("eins", "zwei")),
        Listing(("erstens", "zweitens"), ordered=True),
        Quote("„Wir reden miteinander.“", "Kim Muster, Geschäftsführung"),
        Note("So wird gezählt."),
    ]
    known = {"kind": "Medieninformation", "organisation": "Landespräventionsrat Sachsen", "date": dt.date(2023, 9, 14), "number": "2023-003"}
    return Document(**{"title": "Zahlen der Allianz", "blocks": blocks, **known, **changes})


def faults(pdf: bytes) -> list[tuple[str, str]]:
    """Give what the checker of PDF/UA-1 finds, errors and warnings."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return [(str(found.severity), found.message) for found in check(file.name).findings if "info" not in str(found.severity).lower()]


def pages(pdf: bytes) -> list[str]:
    """Give the text of each page of a PDF, on one line."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return [" ".join(page.get_text().split()) for page in document]


def part(archive: bytes, name: str) -> str:
    """Give a part of a DOCX or ODT."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.read(name).decode()


def attributes(xml: str, tag: str, name: str) -> list[str]:
    """Give an attribute of all elements of a kind, both without namespace."""
    return [value for element in fromstring(xml).iter() if _bare(element.tag) == tag for key, value in element.attrib.items() if _bare(key) == name]


def paragraphs_of(xml: str) -> list[str]:
    """Give the text of each paragraph and heading."""
    return ["".join(_texts(element)) for element in fromstring(xml).iter() if _bare(element.tag) in {"p", "h"}]


def _texts(element: Element) -> list[str]:
    if _bare(element.tag) in {"s", "tab"}:
        return [" "]
    return [element.text or "", *(text for child in element for text in (*_texts(child), child.tail or ""))]


def _bare(name: str) -> str:
    return re.sub(r"^\{.*\}", "", name)


class Shown(HTMLParser):
    """The text and the alternative texts of an HTML page, and its elements."""

    def __init__(self, html: str) -> None:
        """Read it."""
        super().__init__()
        self.texts: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.append(dict(attrs).get("alt") or "")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
