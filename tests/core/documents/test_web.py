# SPDX-License-Identifier: EUPL-1.2
"""HTML in one file: language, headings, table headings, alternative texts, nothing from elsewhere."""

from asskomm.core.documents import FORMATS, as_download
from asskomm.core.documents.web import as_html
from tests.core.documents.samples import CHART, Shown, full


def test_it_keeps_the_structure() -> None:
    page = Shown(as_html(full(example=True)).decode())
    tags = [tag for tag, _attributes in page.elements]
    assert dict(page.elements)["html"] == {"lang": "de-DE"}
    assert [tag for tag in tags if tag in {"h1", "h2", "h3", "h4"}] == ["h1", "h2", "h3", "h4"]
    assert [attributes["alt"] for tag, attributes in page.elements if tag == "img"] == [CHART.alternative]
    assert (tags.count("th"), tags.count("caption"), tags.count("blockquote")) == (2 + 40, 1, 1)
    assert [text for text in page.texts if text == "Beispiel, frei erfunden"] == ["Beispiel, frei erfunden"]


def test_it_asks_for_nothing_from_elsewhere() -> None:
    addresses = [value for _tag, attributes in Shown(as_html(full()).decode()).elements for name, value in attributes.items() if name in {"src", "href"}]
    assert [value for value in addresses if not (value or "").startswith("data:image/svg+xml;base64,")] == []


def test_every_format_is_a_file_to_take_along() -> None:
    found = {ending: as_download(full(), ending, "zahlen") for ending in FORMATS}
    assert {ending: response["Content-Disposition"] for ending, response in found.items()} == {
        ending: f'attachment; filename="zahlen.{ending}"' for ending in ("pdf", "docx", "odt", "html")
    }
    assert [response.content[:4] for response in found.values()] == [b"%PDF", b"PK\x03\x04", b"PK\x03\x04", b"<!DO"]
