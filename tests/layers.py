# SPDX-License-Identifier: EUPL-1.2
"""Write geo files as offices do, in every form that can be read in."""

import io
import json
import sqlite3
import struct
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import shapefile
import shapely
from pyproj import CRS, Transformer
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

DEGREES = 4326
Feature = tuple[Mapping[str, Any], BaseGeometry | bytes | None]
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
"""


def projected(area: BaseGeometry, system: int) -> BaseGeometry:
    """Give an area in degrees in another system."""
    way = Transformer.from_crs(DEGREES, system, always_xy=True)
    return shapely.transform(area, lambda points: np.column_stack(way.transform(points[:, 0], points[:, 1])))


def features_in(features: Sequence[Feature], system: int) -> list[Feature]:
    """Give features in another system."""
    return [(cells, projected(area, system) if isinstance(area, BaseGeometry) else area) for cells, area in features]


def blob_of(area: BaseGeometry | bytes | None, system: int, *, envelope: bool = False) -> bytes | None:
    """Give the binary of a GeoPackage; bytes stay what they are."""
    if area is None or isinstance(area, bytes):
        return area
    flags = 1 | (2 if envelope else 0) | (16 if area.is_empty else 0)
    west, south, east, north = area.bounds
    return struct.pack("<2sBBi", b"GP", 0, flags, system) + (struct.pack("<4d", west, east, south, north) if envelope else b"") + shapely.to_wkb(area)


def geopackage(features: Sequence[Feature], system: int, *, layer: str = "vg250_gem", script: str = "") -> bytes:
    """Write a GeoPackage; the script runs at the end, for whatever is to be spoilt."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.gpkg"
        with closing(sqlite3.connect(path)) as database:
            database.execute(f"PRAGMA application_id = {0x47504B47}")
            database.executescript(_SCHEMA)
            database.execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('x', ?, 'EPSG', ?, 'undefined')", (system, system))
            add_layer(database, layer, features, system)
            database.executescript(script)
            database.commit()
        return path.read_bytes()


def add_layer(database: sqlite3.Connection, layer: str, features: Sequence[Feature], system: int) -> None:
    """Put one more layer into a GeoPackage."""
    columns = list(features[0][0])
    database.execute(f"CREATE TABLE {layer} (fid INTEGER PRIMARY KEY, geom BLOB, {', '.join(columns)})")
    database.execute("INSERT INTO gpkg_contents VALUES (?, 'features', ?)", (layer, system))
    database.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', ?)", (layer, system))
    marks = ", ".join("?" * len(columns))
    rows = [(blob_of(area, system, envelope=number % 2 == 1), *cells.values()) for number, (cells, area) in enumerate(features)]
    database.executemany(f"INSERT INTO {layer} (geom, {', '.join(columns)}) VALUES (?, {marks})", rows)  # noqa: S608 -- our own names


def shape_parts(features: Sequence[Feature], system: int, *, encoding: str = "utf-8") -> dict[str, bytes]:
    """Give the files that make up a Shape file, by ending."""
    files = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
    with shapefile.Writer(**files, shapeType=shapefile.POLYGON, encoding=encoding) as writer:
        for column in features[0][0]:
            writer.field(column, "C", size=60)
        for cells, area in features:
            if isinstance(area, BaseGeometry):
                writer.shape(mapping(area))
            else:
                writer.null()
            writer.record(*cells.values())
    parts = {ending: file.getvalue() for ending, file in files.items()}
    return parts | {"prj": CRS(system).to_wkt("WKT1_ESRI").encode(), "cpg": encoding.encode()}


def archive_of(parts: Mapping[str, bytes], *, stem: str = "vg250_01-01.utm32s/VG250_GEM") -> bytes:
    """Pack the files of a Shape file."""
    return zipped({f"{stem}.{ending}": content for ending, content in parts.items()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def shape_archive(features: Sequence[Feature], system: int) -> bytes:
    """Write an archive with a Shape file in a folder."""
    return archive_of(shape_parts(features, system))


def geojson(features: Sequence[Feature], system: int, *, named: bool = True, last: bool = False) -> bytes:
    """Write GeoJSON; its system stands before the features, behind them, or nowhere."""
    crs = {"crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{system}"}}} if named else {}
    listed = [{"type": "Feature", "properties": dict(cells), "geometry": mapping(area) if isinstance(area, BaseGeometry) else None} for cells, area in features]
    members = {"features": listed, **crs} if last else {**crs, "features": listed}
    return json.dumps({"type": "FeatureCollection", "name": "gemeinden", **members}).encode()
