# SPDX-License-Identifier: EUPL-1.2
"""What a geo file holds: one layer of rows, each with cells and a shape that is read only when it is asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from asskomm.core.imports.layers.systems import CoordinateSystem
from asskomm.core.imports.table import LONGEST_CELL, TableError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MOST_COLUMNS = 200


class ShapeError(ValueError):
    """A shape that cannot be read or is no area; the message is a sentence."""


@dataclass(frozen=True)
class LayerRow:
    """One row: its number in the layer from 1 on, its cells by column, and how to read its shape.

    `shape` gives polygons in the layer's coordinates, or `None` where the row has none; it raises a `ShapeError`. Rows that nobody wants cost no
    geometry that way.
    """

    number: int
    cells: Mapping[str, str]
    shape: "Callable[[], BaseGeometry | None]"


@dataclass(frozen=True)
class Layer:
    """The columns of a layer, its coordinate system, and its rows to be read once."""

    name: str
    columns: Sequence[str]
    system: CoordinateSystem
    rows: Iterable[LayerRow]
    repairs: Sequence[str] = ()


def choose(names: Sequence[str], wanted: str) -> str:
    """Give the layer that is meant: the only one, or the one whose name holds a word; tables before what is derived from them (v_…).

    Raises
    ------
        TableError: there is none.

    >>> choose(["vg250_krs", "v_vg250_gem", "VG250_GEM"], "gem")
    'VG250_GEM'
    """
    if not names:
        raise TableError(_("In der Datei ist keine Ebene mit Flächen."))
    if len(names) == 1:
        return names[0]
    fitting = [name for name in names if wanted in name.rpartition("/")[2].lower()]
    if not fitting:
        found = ", ".join(name[:40] for name in names[:10])
        raise TableError(_("Die Datei hat mehrere Ebenen (%(found)s), aber keine mit „%(wanted)s“ im Namen.") % {"found": found, "wanted": wanted})
    return min(fitting, key=lambda name: (name.rpartition("/")[2].lower().startswith("v_"), len(name), name))


def cell_text(value: object) -> str:
    """Write a cell as text: nothing for what is empty or binary, whole numbers without point.

    >>> [cell_text(value) for value in (None, 14626110.0, 4, "14626110 ", b"x")]
    ['', '14626110', '4', '14626110', '']
    """
    if value is None or isinstance(value, bytes | dict | list):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)[:LONGEST_CELL].strip()
