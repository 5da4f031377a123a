# SPDX-License-Identifier: EUPL-1.2
"""Follow every link of the site as one reader, and read whatever comes back as text."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pymupdf
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve
from openpyxl import load_workbook

MOST_PAGES = 2500
PAGED = {"alliance:events", "people:organisations"}
ALIKE = {"events:badges": "a6", "events:blank_badges": "a6"}
"""Files that say the same in several formats: one of them is read."""
_HREF = re.compile(r'\shref="([^"]*)"')
_BOX = re.compile(r'<form[^>]*action="/suche/"[^>]*role="search"')
_PLACE = re.compile(r"/(?:kommunen|landkreise)/(\d+)/")


def text_of(response: HttpResponseBase) -> str:
    """Give the content as text; a workbook cell by cell, a document part by part."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    if "spreadsheetml" in response.headers.get("Content-Type", ""):
        book = load_workbook(io.BytesIO(content))
        return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    if content.startswith(b"%PDF"):
        with pymupdf.open(stream=content, filetype="pdf") as document:
            return "\n".join([str(document.metadata), *(page.get_text() for page in document)])
    if content.startswith(b"\xff\xd8"):
        return ""  # a picture made anew, in which nothing is written
    if content.startswith(b"\x89PNG"):
        return ""  # a picture of the handbook, the same for all
    return str(content.decode("utf-8"))


class Crawl:
    """What one reader meets: addresses by status, names of addresses, and all text."""

    def __init__(self, client: Client, places: set[str]) -> None:
        """Start with nothing; of all places only those named are visited, nothing lies at the others.

        Filters of a linked page are left out; the starts bring those that matter.
        """
        self.client = client
        self.places = places
        self.statuses: dict[str, int] = {}
        self.names: set[str] = set()
        self.texts: list[str] = []
        self.pages: set[str] = set()  # names of addresses that answered with a page
        self.without_search: set[str] = set()  # those of them that have no box for the search
        self.bare: set[tuple[str, str]] = set()  # numbers that are no estimates, by template and expression

    def run(self, starts: Iterable[str]) -> "Crawl":
        """Visit the starts and everything that is linked from there."""
        waiting = list(dict.fromkeys(starts))
        known = set(waiting)
        while waiting:
            address = waiting.pop()
            for link in self._visit(address):
                if link not in known:
                    known.add(link)
                    waiting.append(link)
            assert len(known) < MOST_PAGES, sorted(known)[:: MOST_PAGES // 50]
        return self

    def _visit(self, address: str) -> list[str]:
        response = self.client.get(address)
        self.statuses[address] = response.status_code
        name = resolve(urlsplit(address).path).view_name
        self.names.add(name)
        self.texts.append(" ".join([text_of(response), *(f"{name}: {value}" for name, value in response.items())]))
        if response.status_code in {301, 302}:
            return list(self._links(address, [response["Location"]]))
        if response["Content-Type"].startswith("text/html"):
            self._look_for_the_box(name, self.texts[-1])
            return list(self._links(address, _HREF.findall(self.texts[-1])))
        return []

    def _look_for_the_box(self, name: str, page: str) -> None:
        self.pages.add(name)
        if not _BOX.search(page):
            self.without_search.add(name)

    def _links(self, address: str, found: Iterable[str]) -> Iterator[str]:
        for link in found:
            parts = urlsplit(urljoin(address, unescape(link)))
            if parts.scheme or parts.netloc or parts.path.startswith("/static/"):
                continue
            place = _PLACE.fullmatch(parts.path)
            if place and place[1] not in self.places:
                continue
            try:
                name = resolve(parts.path).view_name
            except Resolver404:
                raise AssertionError(f"{address} links to {parts.path}, which does not exist") from None
            if ALIKE.get(name, "") not in parts.path:
                continue
            yield f"{parts.path}?{parts.query}" if name in PAGED and parts.query.startswith("seite=") else parts.path
