# SPDX-License-Identifier: EUPL-1.2
"""Parts of a DOCX reference document: styles, page, header with the marks, footer with page numbers."""

import re
from collections.abc import Callable, Mapping
from html import escape

from asskomm.core.documents.frame import Frame
from asskomm.core.documents.styles import FONT, STYLES, Style

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_KINDS = ("header", "footer")
_PAGE = (
    f'<w:sectPr xmlns:r="{_R}"><w:headerReference w:type="default" r:id="rIdheader"/><w:footerReference w:type="default" r:id="rIdfooter"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1361" w:right="1247" w:bottom="1474" w:left="1417" w:header="680" w:footer="680" w:gutter="0"/></w:sectPr>'
)
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:tblPr><w:tblCellMar>'
    '<w:left w:w="0" w:type="dxa"/><w:right w:w="160" w:type="dxa"/></w:tblCellMar><w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="C9CCDA"/>'
    '<w:insideH w:val="single" w:sz="4" w:color="C9CCDA"/></w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
    '<w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="000000"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
)


def changes(frame: Frame, language: str) -> Mapping[str, Callable[[str], str]]:
    """Give what changes in pandoc's own reference document."""
    overrides = "".join(f'<Override PartName="/word/{kind}1.xml" ContentType="{_content_type(kind)}"/>' for kind in _KINDS)
    relations = "".join(f'<Relationship Id="rId{kind}" Type="{_R}/{kind}" Target="{kind}1.xml"/>' for kind in _KINDS)
    return {
        "word/styles.xml": lambda _old: _styles(language),
        "word/document.xml": lambda old: re.sub(r"<w:sectPr>.*</w:sectPr>", _PAGE, old, flags=re.DOTALL),
        "word/_rels/document.xml.rels": lambda old: old.replace("</Relationships>", f"{relations}</Relationships>"),
        "[Content_Types].xml": lambda old: old.replace("</Types>", f"{overrides}</Types>"),
        "word/settings.xml": lambda old: old.replace('"en-US"', f'"{language}"').replace("<w:defaultTabStop", "<w:autoHyphenation/><w:defaultTabStop"),
    }


def additions(frame: Frame) -> Mapping[str, str]:
    """Give header and footer."""
    of_all = "".join((_run(f"{frame.page} "), _field("PAGE"), _run(f" {frame.of} "), _field("NUMPAGES")))
    return {
        "word/header1.xml": f'{_XML}<w:hdr {_W}><w:p><w:pPr><w:pStyle w:val="Header"/><w:jc w:val="right"/></w:pPr>{_run(frame.mark)}</w:p></w:hdr>',
        "word/footer1.xml": f'{_XML}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="right"/></w:pPr>{of_all}</w:p></w:ftr>',
    }


def _content_type(kind: str) -> str:
    return f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _styles(language: str) -> str:
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
    letters = f'<w:rPr>{fonts}<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="{language}"/></w:rPr>'
    defaults = f"<w:docDefaults><w:rPrDefault>{letters}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    basis = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    return f"{_XML}<w:styles {_W}>{defaults}{basis}{_TABLE}{''.join(map(_style, STYLES))}</w:styles>"


def _style(style: Style) -> str:
    twips = f'<w:spacing w:before="{style.before * 20:.0f}" w:after="{style.after * 20:.0f}" w:line="276" w:lineRule="auto"/>'
    bar = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{style.bar}"/></w:pBdr>' if style.bar else ""
    indent = f'<w:ind w:left="{style.indent * 20:.0f}"/>' if style.indent else ""
    outline = f'<w:outlineLvl w:val="{style.outline - 1}"/>' if style.outline else ""
    paragraph = f"<w:pPr>{'<w:keepNext/>' if style.keep else ''}{bar}{'<w:suppressAutoHyphens/>' if style.outline else ''}{twips}{indent}{outline}</w:pPr>"
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    letters = f'<w:rPr>{"<w:b/>" if style.bold else ""}{colour}<w:sz w:val="{style.size * 2:.0f}"/></w:rPr>'
    head = f'<w:style w:type="paragraph" w:styleId="{style.docx}"><w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/>'
    return f"{head}<w:qFormat/>{paragraph}{letters}</w:style>"
