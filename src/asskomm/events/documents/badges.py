# SPDX-License-Identifier: EUPL-1.2
"""Sheets of badges: name, organisation, for what somebody comes, code and a line above it, as those who organise want them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from asskomm.core.documents.pdf import drawn, typeset
from asskomm.core.documents.plain import plain
from asskomm.core.documents.qr import qr_svg
from asskomm.events.domain.badge_codes import code_of
from asskomm.events.domain.badge_design import BadgeDesign, design_of
from asskomm.events.models import Gathering, Registration

LANGUAGE = "de"
_ROOM = files("asskomm.events")
_EMPTY = {"name": "", "organisation": "", "kind": "", "kind_alternative": "", "colour": "", "svg": "", "alternative": ""}
_SHEET = (210.0, 297.0)
_LONG_WORD = 32
"""From here on a word may break anywhere; no German name is that long, but an organisation is."""


@dataclass(frozen=True)
class BadgeFormat:
    """How labels lie on a sheet of A4; lengths in millimetres.

    Args:
        key: in addresses.
        name: for people.
        columns, rows: how many beside and below each other.
        width, height: of one.
        left, top: margins of the sheet.
        gap_x, gap_y: between two.
        source: where the lengths come from.
    """

    key: str
    name: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    gap_x: float
    gap_y: float
    source: str

    @property
    def on_sheet(self) -> int:
        """How many are on one sheet."""
        return self.columns * self.rows


@cache
def badge_formats() -> dict[str, BadgeFormat]:
    """Give the formats by key, the most usual first."""
    with (_ROOM / "data" / "badge_formats.csv").open(encoding="utf-8") as file:
        rows = [_format(row) for row in csv.DictReader(file)]
    return {row.key: row for row in rows}


def _format(row: dict[str, str]) -> BadgeFormat:
    columns, rows = (int(row[name]) for name in ("columns", "rows"))
    width, height, left, top, gap_x, gap_y = (float(row[name]) for name in ("width", "height", "left", "top", "gap_x", "gap_y"))
    return BadgeFormat(row["key"], row["name"], columns, rows, width, height, left, top, gap_x, gap_y, row["source"])


def badges(gathering: Gathering, registrations: Iterable[Registration], on: BadgeFormat, *, used: int = 0) -> bytes:
    """Give badges as PDF; `used` labels of the first sheet are gone already and stay empty."""
    design = design_of(gathering)
    return typeset(_template(), _sheets(gathering, [_EMPTY] * used + [_badge(row, design) for row in registrations], on, design))


def blank_badges(gathering: Gathering, on: BadgeFormat) -> bytes:
    """Give one sheet to write on by hand, for those who come without being registered."""
    return typeset(_template(), _sheets(gathering, [_EMPTY] * on.on_sheet, on, design_of(gathering)))


def badge_picture(gathering: Gathering, design: BadgeDesign, row: Registration, on: BadgeFormat) -> str:
    """Draw one badge as SVG, to see how a design looks."""
    alone = _sheets(gathering, [_badge(row, design)], on, design)
    lengths = {"columns": 1, "rows": 1, "left": 0, "top": 0, "sheet": [on.width, on.height]}
    return drawn(_template(), {**alone, **lengths})


def _sheets(gathering: Gathering, labels: list[dict[str, str]], on: BadgeFormat, design: BadgeDesign) -> dict[str, Any]:
    names = ("columns", "rows", "width", "height", "left", "top", "gap_x", "gap_y")
    with override(LANGUAGE):
        title = _("Namensschilder: %(title)s") % {"title": gathering.title}
    return {
        **{name: getattr(on, name) for name in names},
        "sheet": _SHEET,
        "title": plain(title),
        "gathering": breakable(design.line or gathering.title),
        "language": LANGUAGE,
        "organisation": plain(gathering.owner.name),
        "labels": labels,
        "code": design.code,
        "large": design.large,
        "organisation_below": design.organisation,
    }


def _badge(row: Registration, design: BadgeDesign) -> dict[str, str]:
    with override(LANGUAGE):
        alternative = _("Code für den Einlass von %(name)s") % {"name": row.name}
        label = str(row.get_participant_type_display())
        comes_for = _("Kommt für: %(type)s") % {"type": label}
    colour = design.colours.get(row.participant_type, "")
    kind = label if design.participant_type or colour else ""  # a colour never stands alone
    organisation = (row.organisation or ("" if kind else label)) if design.organisation else ""
    code = {"svg": qr_svg(code_of(row)), "alternative": plain(alternative)} if design.code else {"svg": "", "alternative": ""}
    strip = {"kind": kind, "kind_alternative": comes_for, "colour": colour}
    return {"name": breakable(row.name), "organisation": breakable(organisation), **strip, **code}


def breakable(text: str) -> str:
    """Let very long words break anywhere.

    >>> breakable("Ada Lovelace"), len(breakable("a" * 33))
    ('Ada Lovelace', 65)
    """
    return " ".join(word if len(word) <= _LONG_WORD else "\u200b".join(word) for word in plain(text).split(" "))


@cache
def _template() -> bytes:
    return (_ROOM / "documents" / "layout" / "badges.typ").read_bytes()
