# SPDX-License-Identifier: EUPL-1.2
"""What all charts share: a canvas, its letters, and the words that stand for the picture.

Letters and axes take the colour of the text around them and the one colour of the data is a middle tone, so that a chart works on paper, on a dark
screen and in greyscale; no chart tells anything by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from asskomm.core.documents.plain import plain

WIDTH = 640
FILL = "#187a50"
_LETTERS = 15


@dataclass(frozen=True)
class Drawing:
    """A chart as SVG, with the words that say the same."""

    svg: str
    alternative: str


def drawn(parts: Sequence[str], height: float, alternative: str) -> Drawing:
    """Put the parts of a chart on a canvas 640 wide."""
    alternative = plain(alternative)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{escape(alternative)}"'
    letters = f'font-family="Fira Sans, sans-serif" font-size="{_LETTERS}" fill="currentColor"'
    return Drawing(f"{head} {letters}>{''.join(parts)}</svg>", alternative)


def words(x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False) -> str:
    """Write a line of text; whatever it holds stays text.

    >>> words(1, 2, "A < B")
    '<text x="1" y="2">A &lt; B</text>'
    """
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}"{side}{weight}>{escape(plain(text))}</text>'


def rule(x1: float, y1: float, x2: float, y2: float, *, faint: bool = False) -> str:
    """Draw a straight line, as axis or, faint, as grid."""
    opacity = ' stroke-opacity="0.25"' if faint else ""
    return f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" fill="none" stroke="currentColor"{opacity}/>'
