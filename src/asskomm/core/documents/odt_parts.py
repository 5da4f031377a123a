# SPDX-License-Identifier: EUPL-1.2
"""Parts of an ODT reference document: styles, page, header with the marks, footer with page numbers."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from asskomm.core.documents.frame import Frame
from asskomm.core.documents.styles import FONT, STYLES, Style

_PAGE = (
    'fo:page-width="210mm" fo:page-height="297mm" style:num-format="1" style:print-orientation="portrait" fo:margin-top="16mm" '
    'fo:margin-bottom="14mm" fo:margin-left="25mm" fo:margin-right="22mm" style:writing-mode="lr-tb"'
)
_RIGHT = (
    '<style:style style:name="MP{0}" style:family="paragraph" style:parent-style-name="{0}"><style:paragraph-properties fo:text-align="end"/></style:style>'
)
_MARGINS = {"header": "fo:margin-bottom", "footer": "fo:margin-top"}


def changes(frame: Frame, language: str) -> Mapping[str, Callable[[str], str]]:
    """Give what changes in pandoc's own reference document."""
    return {"styles.xml": lambda old: _styles(old, frame, language)}


def additions(frame: Frame) -> Mapping[str, str]:
    """Give nothing: header and footer stand among the styles."""
    return {}


def _styles(old: str, frame: Frame, language: str) -> str:
    ours = "|".join(re.escape(style.odt) for style in STYLES)
    text = re.sub(rf'<style:style style:name="(?:{ours})"(?:[^>]*/>|.*?</style:style>)', "", old, flags=re.DOTALL)
    text = text.replace('fo:language="en" fo:country="US"', f'fo:language="{language}" fo:country="DE"').replace('fo:hyphenate="false"', 'fo:hyphenate="true"')
    text = text.replace("</office:font-face-decls>", f'<style:font-face style:name="{FONT}" svg:font-family="\'{FONT}\'"/></office:font-face-decls>')
    text = text.replace("</office:styles>", f"{''.join(map(_style, STYLES))}</office:styles>")
    return text[: text.index("<office:automatic-styles>")] + _page(frame) + "</office:document-styles>"


def _style(style: Style) -> str:
    outline = f' style:default-outline-level="{style.outline}"' if style.outline else ""
    head = f'<style:style style:name="{style.odt}" style:display-name="{style.odt.replace("_20_", " ")}" style:family="paragraph"'
    bar = f' fo:border-left="2pt solid #{style.bar}" fo:padding-left="8pt"' if style.bar else ""
    space = f'fo:margin-top="{style.before}pt" fo:margin-bottom="{style.after}pt" fo:margin-left="{style.indent}pt" fo:line-height="125%"'
    keep = ' fo:keep-with-next="always"' if style.keep else ""
    colour = f' fo:color="#{style.colour}" style:use-window-font-color="false"' if style.colour else ""
    weight = f'fo:font-weight="{"bold" if style.bold else "normal"}" fo:hyphenate="{"false" if style.outline else "true"}"'
    letters = f'<style:text-properties style:font-name="{FONT}" fo:font-size="{style.size}pt" {weight}{colour}/>'
    return f'{head} style:parent-style-name="Standard"{outline} style:class="text"><style:paragraph-properties {space}{keep}{bar}/>{letters}</style:style>'


def _page(frame: Frame) -> str:
    areas = "".join(
        f'<style:{area}-style><style:header-footer-properties fo:min-height="8mm" {margin}="4mm"/></style:{area}-style>' for area, margin in _MARGINS.items()
    )
    layout = f'<style:page-layout style:name="Mpm1"><style:page-layout-properties {_PAGE}/>{areas}</style:page-layout>'
    header = f'<style:header><text:p text:style-name="MPHeader">{escape(frame.mark)}</text:p></style:header>'
    number, count = '<text:page-number text:select-page="current">1</text:page-number>', "<text:page-count>1</text:page-count>"
    numbers = f"{escape(frame.page)} {number} {escape(frame.of)} {count}"
    footer = f'<style:footer><text:p text:style-name="MPFooter">{numbers}</text:p></style:footer>'
    master = f'<style:master-page style:name="Standard" style:page-layout-name="Mpm1">{header}{footer}</style:master-page>'
    right = "".join(_RIGHT.format(name) for name in ("Header", "Footer"))
    return f"<office:automatic-styles>{right}{layout}</office:automatic-styles><office:master-styles>{master}</office:master-styles>"


def with_alternatives(content: str, alternatives: Sequence[str]) -> str:
    """Give each picture, from the first to the last, its words; pandoc drops them in this format.

    >>> with_alternatives("<draw:frame><draw:image/></draw:frame>", ["3 < 4"])
    '<draw:frame><draw:image/><svg:desc>3 &lt; 4</svg:desc></draw:frame>'
    """
    first, *rest = content.split("</draw:frame>")
    said = [f"<svg:desc>{escape(words)}</svg:desc></draw:frame>{part}" for words, part in zip(alternatives, rest, strict=True)]
    return first + "".join(said)
