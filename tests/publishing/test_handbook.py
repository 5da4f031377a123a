# SPDX-License-Identifier: EUPL-1.2
"""The handbook in the browser: every page, its links, its sections in the search."""

import re
from pathlib import Path

import pytest
from django.test import Client

from asskomm.core.search.domain.queries.search import search
from asskomm.core.visibility import ANYONE
from asskomm.publishing.domain import handbook as pages
from asskomm.publishing.domain.handbook import handbook
from tests.reading import headings, links

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "handbuch"


def test_every_page_is_listed_and_shown(client: Client) -> None:
    assert {f"{name}.md" for name in handbook()} | {"index.md"} == {path.name for path in FOLDER.glob("*.md")}
    listed = [link for link in links(client.get("/handbuch/")) if link.startswith("/handbuch/") and link != "/handbuch/"]
    assert listed == [f"/handbuch/{name}/" for name in handbook()]
    for name, page in handbook().items():
        assert headings(client.get(f"/handbuch/{name}/")) == [page.title]


def test_there_is_no_page_that_is_not_listed(client: Client) -> None:
    assert [client.get(f"/handbuch/{name}/").status_code for name in ("index", "gibt-es-nicht")] == [404, 404]


def test_links_between_pages_lead_there(client: Client) -> None:
    assert "../ereignisse/" in links(client.get("/handbuch/koordination/"))
    for name, page in handbook().items():
        assert re.findall(r'href="[^"]*\.md', page.html) == [], name


def test_every_section_is_found_at_its_heading() -> None:
    for page in handbook().values():
        assert [section.anchor for section in page.sections if f'id="{section.anchor}"' not in page.html] == []
        assert len({section.anchor for section in page.sections}) == len(page.sections), page.name
    hit = search("Grenzen vereinfacht Karte", ANYONE, source="handbook").hits[0]
    assert hit.url == "/handbuch/buerger/#die-karte"


def test_an_installed_package_reads_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pages.folder() == pages.CHECKED_OUT == FOLDER
    monkeypatch.setattr(pages, "SHIPPED", tmp_path)
    assert pages.folder() == tmp_path


def test_pictures_stand_on_the_pages(client: Client) -> None:
    page = client.get("/handbuch/startklar/").content.decode()
    assert re.findall(r'<img src="([^"]+)" alt="[^"]{20,}" loading="lazy"', page)[0] == "../bilder/einloggen.png"
    picture = client.get("/handbuch/bilder/einloggen.png")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert b"".join(picture.streaming_content)[:4] == b"\x89PNG"  # type: ignore[attr-defined]
    assert client.get("/handbuch/bilder/gibt-es-nicht.png").status_code == 404
