# SPDX-License-Identifier: EUPL-1.2
"""Which of the three forms a file has."""

from contextlib import AbstractContextManager
from pathlib import Path

from django.utils.translation import gettext as _

from asskomm.core.imports.enums import Shape
from asskomm.core.imports.layers.geojson import open_geojson
from asskomm.core.imports.layers.geopackage import open_geopackage
from asskomm.core.imports.layers.layer import Layer
from asskomm.core.imports.layers.shape_archive import open_shape_archive, shape_names
from asskomm.core.imports.peek import look
from asskomm.core.imports.registry import Peek
from asskomm.core.imports.table import TableError

_READERS = {Shape.GEOPACKAGE: open_geopackage, Shape.ARCHIVE: open_shape_archive, Shape.JSON: open_geojson}
_MARKS = (b"GPKG", b"GP10", b"GP11")  # where SQLite keeps what an application calls its files


def open_layer(path: Path, wanted: str) -> AbstractContextManager[Layer]:
    """Open a layer of a GeoPackage, an archive of Shape files or GeoJSON; of several the one whose name holds a word.

    Raises
    ------
        TableError: none of these; opening and reading rows raise it too.
    """
    seen = look(path)
    if seen.shape not in _READERS:
        raise TableError(_("Die Datei ist weder GeoPackage noch Shape-Archiv noch GeoJSON."))
    return _READERS[seen.shape](path, wanted)


def seen_layer(peek: Peek) -> str:
    """Say what kind of geo file it is, as far as can be seen; empty if it is none."""
    if peek.shape is Shape.GEOPACKAGE and peek.start[68:72] in _MARKS:
        return _("ein GeoPackage")
    if peek.shape is Shape.ARCHIVE and (names := shape_names(peek.members)):
        return _("ein Archiv mit der Shape-Datei „%(name)s“") % {"name": names[0].rpartition("/")[2]}
    if peek.shape is Shape.JSON and b'"FeatureCollection"' in peek.start:
        return _("GeoJSON")
    return ""
