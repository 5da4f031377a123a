# SPDX-License-Identifier: EUPL-1.2
"""Read a Shape file out of an archive: several files of one name in any folder of it."""

import codecs
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from asskomm.core.imports.layers.layer import MOST_COLUMNS, Layer, LayerRow, cell_text, choose
from asskomm.core.imports.layers.systems import find_system
from asskomm.core.imports.layers.wkb import not_an_area, unreadable
from asskomm.core.imports.table import MOST_ROWS, TableError
from asskomm.core.imports.workbook import LARGEST_RATIO, LARGEST_UNPACKED

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

NEEDED = ("shp", "shx", "dbf", "prj")
_KINDS = {1: 1, 3: 2, 8: 4}  # Shape's number of a type to that of well-known binary
_NOTHING = 0
_AREAS = (5, 15, 25)
_USUAL_ENCODING = "cp1252"


@contextmanager
def open_shape_archive(path: Path, wanted: str) -> Iterator[Layer]:
    """Open the layer whose name holds a word.

    Raises
    ------
        TableError: damaged, a part of it missing, too large when unpacked, or a coordinate system that is not known.
    """
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            parts = _parts(archive, wanted)
            _refuse_bomb(parts, path.stat().st_size)
            unpacked = {ending: stack.enter_context(tempfile.TemporaryFile()) for ending in parts}
            for ending, entry in parts.items():
                _unpack(archive, entry, unpacked[ending])
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):  # what a damaged or locked archive makes of it
            raise TableError(_("Das Archiv ist beschädigt oder mit einem Passwort geschützt.")) from None
        yield _layer(stack, unpacked, Path(parts["shp"].filename).stem)


def shape_names(members: "tuple[str, ...] | list[str]") -> list[str]:
    """Give the names of the Shape files among the files of an archive."""
    return [name for name in members if name.lower().endswith(".shp") and not name.startswith("__MACOSX")]


def _parts(archive: zipfile.ZipFile, wanted: str) -> dict[str, zipfile.ZipInfo]:
    entries = {entry.filename.lower(): entry for entry in archive.infolist()}
    name = choose(shape_names([entry.filename for entry in entries.values()]), wanted)
    stem = name[:-4]
    missing = next((ending for ending in NEEDED if f"{stem}.{ending}".lower() not in entries), None)
    if missing:
        raise TableError(_("Im Archiv fehlt die Datei „%(name)s“, die zu „%(shape)s“ gehört.") % {"name": f"{stem}.{missing}"[-80:], "shape": name[-80:]})
    return {ending: entries[key] for ending in (*NEEDED, "cpg") if (key := f"{stem}.{ending}".lower()) in entries}


def _refuse_bomb(parts: Mapping[str, zipfile.ZipInfo], packed: int) -> None:
    """Refuse by the sizes that the archive states: it gives no more than them."""
    size = sum(entry.file_size for entry in parts.values())
    if size > LARGEST_UNPACKED or size > LARGEST_RATIO * max(packed, 50_000):
        raise TableError(_("Das Archiv ist entpackt viel zu groß und wurde nicht gelesen."))


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: IO[bytes]) -> None:
    with archive.open(entry) as content:
        shutil.copyfileobj(content, target)
    target.seek(0)


def _layer(stack: ExitStack, files: Mapping[str, IO[bytes]], name: str) -> Layer:
    import shapefile  # heavy: only while reading

    shapefile.VERBOSE = False  # what it finds odd is judged where the area is
    encoding, repairs = _encoding(files.get("cpg"))
    system = find_system(files["prj"].read(20_000).decode("utf-8", "replace"))
    try:
        reader = shapefile.Reader(shp=files["shp"], shx=files["shx"], dbf=files["dbf"], encoding=encoding, encodingErrors="replace")
        stack.callback(reader.close)
        columns = [str(field[0]) for field in reader.fields if field[0] != "DeletionFlag"]
    except Exception:  # noqa: BLE001 -- a damaged file makes the parser fail in ways that no list names
        raise _damaged() from None
    return Layer(name, columns[:MOST_COLUMNS], system, _rows(reader, columns), repairs)


def _damaged() -> TableError:
    return TableError(_("Die Shape-Datei ist beschädigt."))


def _encoding(file: IO[bytes] | None) -> tuple[str, list[str]]:
    """Give the encoding of the texts: what the small file beside them says, else the usual one."""
    stated = file.read(40).decode("ascii", "replace").strip().lower().removeprefix("ansi ") if file else ""
    try:
        return codecs.lookup(f"cp{stated}" if stated.isdecimal() and len(stated) == 4 else stated.replace("88591", "iso-8859-1")).name, []
    except (LookupError, ValueError):
        return _USUAL_ENCODING, [_("Zeichensatz der Shape-Datei nicht angegeben; Windows-1252 angenommen.")]


def _rows(reader: Any, columns: list[str]) -> Iterator[LayerRow]:
    records = iter(reader.iterRecords(deleted_as_None=True))
    number = 0
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001 -- as above
            raise _damaged() from None
        number += 1
        if number > MOST_ROWS:
            raise TableError(_("Die Datei hat mehr als %(most)s Zeilen. Teilen Sie sie auf.") % {"most": MOST_ROWS})
        if record is not None:
            cells = {column: cell_text(cell) for column, cell in zip(columns[:MOST_COLUMNS], record, strict=False)}
            yield LayerRow(number, cells, partial(_shape, reader, number - 1))


def _shape(reader: Any, index: int) -> "BaseGeometry | None":
    """Read one shape.

    Raises
    ------
        ShapeError: damaged, or no area.
    """
    from shapely.geometry import shape

    try:
        found = reader.shape(index)
        if found.shapeType == _NOTHING:
            return None
        if found.shapeType in _AREAS:
            return shape(found.__geo_interface__)
    except Exception as fault:  # noqa: BLE001 -- as above
        raise unreadable(fault) from None
    raise not_an_area(_KINDS.get(found.shapeType % 10, 0))
