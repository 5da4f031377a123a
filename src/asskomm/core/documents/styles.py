# SPDX-License-Identifier: EUPL-1.2
"""How paragraphs look in a word processor, once for both of its formats."""

from dataclasses import dataclass

GREEN, QUIET, WARNING = "0F5C3C", "4A5160", "8A6100"
FONT = "Fira Sans"


@dataclass(frozen=True)
class Style:
    """A paragraph style; lengths in points.

    Args:
        docx: its key in DOCX.
        name: its name in DOCX.
        odt: its key in ODT.
        size: of the letters.
        before, after: space around it.
        indent: on the left.
        colour: of the letters.
        bar: colour of a bar on its left.
        bold, keep: heavy letters; stays with what follows.
        outline: level of a heading.
    """

    docx: str
    name: str
    odt: str
    size: float = 10.5
    before: float = 0
    after: float = 7
    indent: float = 0
    colour: str = ""
    bar: str = ""
    bold: bool = False
    keep: bool = False
    outline: int = 0


STYLES = (
    Style("BodyText", "Body Text", "Text_20_body"),
    Style("FirstParagraph", "First Paragraph", "First_20_paragraph"),
    Style("Compact", "Compact", "Table_20_Contents", after=3),
    Style("TableHeading", "Table Heading", "Table_20_Heading", size=9, after=3, bold=True),
    Style("Title", "Title", "Title", size=21, before=6, after=6, colour=GREEN, bold=True, keep=True),
    Style("Subtitle", "Subtitle", "Subtitle", colour=QUIET, after=3, keep=True),
    Style("Author", "Author", "Author", colour=GREEN, bold=True, after=2, keep=True),
    Style("Date", "Date", "Date", colour=QUIET, after=14),
    Style("Heading1", "heading 1", "Heading_20_1", size=13.5, before=18, after=7, colour=GREEN, bold=True, keep=True, outline=1),
    Style("Heading2", "heading 2", "Heading_20_2", size=11.5, before=14, after=6, colour=GREEN, bold=True, keep=True, outline=2),
    Style("Heading3", "heading 3", "Heading_20_3", before=12, after=5, colour=GREEN, bold=True, keep=True, outline=3),
    Style("Said", "Said", "Said", size=11.5, before=7, indent=12, bar=GREEN, after=0, keep=True),
    Style("Speaker", "Speaker", "Speaker", size=9.5, after=12, indent=12, colour=QUIET, bar=GREEN),
    Style("TableCaption", "Table Caption", "TableCaption", size=9, before=8, after=4, colour=QUIET, keep=True),
    Style("ImageCaption", "Image Caption", "FigureCaption", size=9, after=12, colour=QUIET),
    Style("Figure", "Figure", "Figure", before=8, after=4),
    Style("CaptionedFigure", "Captioned Figure", "FigureWithCaption", before=8, after=4, keep=True),
    Style("Lead", "Lead", "Lead", size=12, after=10),
    Style("Note", "Note", "Note", before=8, after=10, indent=10, bar=GREEN),
    Style("Mark", "Mark", "Mark", before=4, after=12, indent=10, colour=WARNING, bar=WARNING, bold=True),
    Style("Obligatory", "Obligatory", "Obligatory", size=9, before=18, colour=QUIET),
    Style("Header", "header", "Header", size=8.5, colour=QUIET, bold=True),
    Style("Footer", "footer", "Footer", size=8.5, colour=QUIET),
)
