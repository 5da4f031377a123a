# SPDX-License-Identifier: EUPL-1.2
"""Read polygons out of well-known binary of unknown origin."""

import struct
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from asskomm.core.imports.layers.layer import ShapeError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

POLYGON, MULTIPOLYGON = 3, 6
_HEAD = 9  # byte order, type, number of parts
_DIMENSIONS = {0: 2, 1: 3, 2: 3, 3: 4}  # thousands of the type: plain, with height, with measure, with both
_NUMBERED = 1  # an older dialect marks height and measure in the topmost bits, and may name a system in between, which a GeoPackage does not


def read_wkb(content: bytes) -> "BaseGeometry":
    """Give a polygon or multipolygon.

    GEOS follows containers in containers without an end, until its stack is full and the process gone; so their nesting is looked at first.

    Raises
    ------
        ShapeError: damaged, or no area.
    """
    import shapely

    try:
        _check(content)
        return shapely.from_wkb(content)
    except (struct.error, shapely.errors.ShapelyError, ValueError) as fault:
        raise unreadable(fault) from None


def _check(content: bytes) -> None:
    """Follow the numbers of parts, rings and points to the end.

    Raises
    ------
        ShapeError: another shape than an area.
        struct.error: it ends too early.
    """
    kind, _size, position = _head(content, 0)
    if kind not in (POLYGON, MULTIPOLYGON):
        raise not_an_area(kind)
    position = 0 if kind == POLYGON else position
    for _part in range(1 if kind == POLYGON else _count(content, 0)):
        inner, size, start = _head(content, position)
        if inner != POLYGON:
            raise not_an_area(inner)
        rings = _count(content, position)
        position = start
        for _ring in range(rings):
            (points,) = struct.unpack_from(_order(content, start - _HEAD) + "I", content, position)
            position += 4 + points * size
    if position > len(content):
        raise struct.error


def _order(content: bytes, position: int) -> str:
    """Give the order of bytes of a shape; another mark than these two would be read differently below."""
    orders = {b"\x01": "<", b"\x00": ">"}
    mark = content[position : position + 1]
    if mark not in orders:
        raise struct.error
    return orders[mark]


def _head(content: bytes, position: int) -> tuple[int, int, int]:
    """Give the kind of a shape, the bytes of one of its points, and where its parts begin."""
    (code,) = struct.unpack_from(_order(content, position) + "I", content, position + 1)
    flags, kind = code >> 29, code & 0x1FFF_FFFF
    dimensions = _DIMENSIONS.get(kind // 1000)
    if dimensions is None or flags & _NUMBERED:
        raise struct.error
    return kind % 1000, max(dimensions, 2 + flags.bit_count()) * 8, position + _HEAD


def _count(content: bytes, position: int) -> int:
    (count,) = struct.unpack_from(_order(content, position) + "I", content, position + 5)
    return int(count)


def not_an_area(kind: int) -> ShapeError:
    """Say what stands where an area should stand, by the number of its type."""
    words = {1: _("ein Punkt"), 2: _("eine Linie"), 4: _("mehrere Punkte"), 5: _("mehrere Linien")}
    return ShapeError(_("Das ist keine Fläche, sondern %(what)s.") % {"what": words.get(kind, _("eine andere Form"))})


def unreadable(fault: Exception) -> ShapeError:
    """Say why a shape cannot be read."""
    if isinstance(fault, ShapeError):
        return fault
    if "closed" in str(fault):
        return ShapeError(_("Ein Ring der Fläche ist nicht geschlossen: Sein letzter Punkt muss sein erster sein."))
    return ShapeError(_("Die Fläche ist beschädigt und nicht lesbar."))
