# SPDX-License-Identifier: EUPL-1.2
"""The three forms of geo files give the same rows, whatever system they come in; a damaged one is said in a sentence."""

import json
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from asskomm.core.imports import Peek, Shape, TableError
from asskomm.core.imports.layers import ShapeError, open_layer, seen_layer
from asskomm.core.imports.layers.geopackage import read_blob
from asskomm.core.imports.layers.wkb import read_wkb
from asskomm.core.imports.peek import look
from tests.layers import Feature, archive_of, blob_of, features_in, geojson, geopackage, shape_archive, shape_parts, zipped

RING = shapely.Polygon([(13.1, 51.1), (13.3, 51.1), (13.3, 51.3), (13.1, 51.3)], [[(13.15, 51.15), (13.2, 51.15), (13.2, 51.2)]])
PAIR = shapely.MultiPolygon([shapely.box(14, 51, 14.1, 51.1), shapely.box(14.2, 51, 14.3, 51.1)])
FEATURES: list[Feature] = [({"AGS": "14626110", "GEN": "Görlitz"}, RING), ({"AGS": "14612000", "GEN": "Dresden"}, PAIR), ({"AGS": "14713000", "GEN": ""}, None)]
WRITERS = [geopackage, shape_archive, geojson]
Write = Callable[[Sequence[Feature], int], bytes]


def rows(path: Path, content: bytes) -> list[tuple[int, dict[str, str], BaseGeometry | None]]:
    path.write_bytes(content)
    with open_layer(path, "gem") as layer:
        return [(row.number, dict(row.cells), degrees(shape, layer.system.to_degrees)) for row in layer.rows for shape in [row.shape()]]


def read_raw(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with open_layer(path, "gem") as layer:
        for row in layer.rows:
            if shape := row.shape():
                layer.system.to_degrees(shape)


def degrees(shape: BaseGeometry | None, turn: Callable[[BaseGeometry], BaseGeometry]) -> BaseGeometry | None:
    return None if shape is None else rounded(turn(shape))


def rounded(area: BaseGeometry) -> BaseGeometry:
    return shapely.normalize(shapely.transform(area, lambda points: np.round(points, 7)))


def refusal(path: Path, content: bytes) -> str:
    with pytest.raises(TableError) as fault:
        rows(path, content)
    return str(fault.value)


@pytest.mark.parametrize("system", [4326, 4258, 25832, 25833, 31468, 4647, 3857])
@pytest.mark.parametrize("write", WRITERS)
def test_all_forms_give_the_same_rows_in_degrees(tmp_path: Path, write: Write, system: int) -> None:
    found = rows(tmp_path / "x", write(features_in(FEATURES, system), system))
    assert [(number, {"AGS": cells["AGS"], "GEN": cells["GEN"]}) for number, cells, _area in found] == [
        (number, cells) for number, (cells, _area) in enumerate(FEATURES, 1)
    ]
    assert [area for _number, _cells, area in found] == [rounded(RING), rounded(PAIR), None]


def test_heights_are_left_out(tmp_path: Path) -> None:
    high = shapely.force_3d(PAIR, 120.0)
    for write in (geopackage, geojson):
        content = write([({"AGS": "1"}, high)], 4326)
        assert [area.has_z for _number, _cells, area in rows(tmp_path / "x", content) if area] == [False]


@pytest.mark.parametrize("last", [False, True])
def test_the_system_of_geojson_may_stand_behind_the_features(tmp_path: Path, *, last: bool) -> None:
    (tmp_path / "x").write_bytes(geojson(features_in(FEATURES, 25833), 25833, last=last))
    with open_layer(tmp_path / "x", "gem") as layer:
        assert (layer.name, layer.system.name, layer.system.stated) == ("gemeinden", "EPSG:25833 (ETRS89 / UTM zone 33N)", True)


def test_geojson_without_a_system_is_in_degrees(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(geojson(FEATURES, 4326, named=False))
    with open_layer(tmp_path / "x", "gem") as layer:
        assert (layer.system.name, layer.system.stated, list(layer.columns)) == ("EPSG:4326 (WGS 84)", False, ["AGS", "GEN"])


def test_geojson_longer_than_a_block_is_read_feature_by_feature(tmp_path: Path) -> None:
    many: list[Feature] = [({"AGS": f"14{number:06}", "GEN": "ä" * 200}, shapely.Point(13, 51).buffer(0.1, quad_segs=30)) for number in range(400)]
    content = geojson(many, 4326)
    assert len(content) > 2_000_000
    assert [cells["AGS"] for _number, cells, _area in rows(tmp_path / "x", content)] == [cells["AGS"] for cells, _area in many]
    spaced = content.replace(b", ", b" ,\r\n\t ")
    assert len(rows(tmp_path / "x", spaced)) == 400


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_json_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    for text in (json.dumps({"features": value}), json.dumps({"features": [value], "crs": None}), json.dumps({"features": [{"geometry": value}], "x": value})):
        with suppress(TableError, ShapeError):
            read_raw(path, text.encode())


BAD_JSON = [
    (b'{"features": [', "Die Datei ist kein gültiges JSON."),
    (b'{"features": []} x', "Die Datei ist kein gültiges JSON."),
    (b'{"features": [1 2]}', "Die Datei ist kein gültiges JSON."),
    (b'{"features": []', "Die Datei ist kein gültiges JSON."),
    (b'{"features": [], }', "Die Datei ist kein gültiges JSON."),
    (b'{"a": "\xff"}', "Die Datei ist kein gültiges JSON."),
    (b'{"a": ' + b"[" * 100_000, "Die Datei ist kein gültiges JSON."),
    (b"[]", "Die Datei ist kein gültiges JSON."),
    (b"{}", "Die Datei ist kein GeoJSON: Ihr fehlt die Liste „features“."),
    (b'{"features": {}}', "Die Datei ist kein GeoJSON: Ihr fehlt die Liste „features“."),
    (
        b'{"features": [], "crs": {"type": "name", "properties": {"name": "EPSG:99999"}}}',
        "Das Koordinatensystem „EPSG:99999“ ist nicht bekannt. Üblich sind EPSG:25832, EPSG:25833 und EPSG:4326.",
    ),
    (
        b'{"features": [], "crs": {"type": "name", "properties": {"name": "+proj=utm +nadgrids=/etc/passwd"}}}',
        "Das Koordinatensystem „+proj=utm +nadgrids=/etc/passwd“ ist nicht bekannt. Üblich sind EPSG:25832, EPSG:25833 und EPSG:4326.",
    ),
    (
        b'{"features": [], "crs": {"type": "name", "properties": {"name": "EPSG:5783"}}}',
        "Das Koordinatensystem „EPSG:5783“ ist nicht bekannt. Üblich sind EPSG:25832, EPSG:25833 und EPSG:4326.",
    ),
    (b'{"features": [], "crs": 7}', "Das Koordinatensystem „7“ ist nicht bekannt. Üblich sind EPSG:25832, EPSG:25833 und EPSG:4326."),
    (b"a;b\n1;2\n", "Die Datei ist weder GeoPackage noch Shape-Archiv noch GeoJSON."),
]


@pytest.mark.parametrize(("content", "sentence"), BAD_JSON)
def test_what_is_no_geojson_is_said(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert refusal(tmp_path / "x", content) == sentence


BAD_SHAPES = [
    ({"type": "Point", "coordinates": [13, 51]}, "Das ist keine Fläche, sondern ein Punkt."),
    ({"type": "MultiLineString", "coordinates": []}, "Das ist keine Fläche, sondern mehrere Linien."),
    ({"type": "GeometryCollection", "geometries": []}, "Das ist keine Fläche, sondern eine andere Form."),
    ({"type": "Polygon"}, "Die Fläche ist beschädigt und nicht lesbar."),
    ({"type": ["Polygon"]}, "Die Fläche ist beschädigt und nicht lesbar."),
    ("POLYGON", "Die Fläche ist beschädigt und nicht lesbar."),
    ({"type": "Polygon", "coordinates": [[["a", 1], [1, 2], [3, 4], ["a", 1]]]}, "Die Fläche ist beschädigt und nicht lesbar."),
    (
        {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 6], [9, 9]]]},
        "Ein Ring der Fläche ist nicht geschlossen: Sein letzter Punkt muss sein erster sein.",
    ),
]


@pytest.mark.parametrize(("geometry", "sentence"), BAD_SHAPES)
def test_what_is_no_area_is_said(tmp_path: Path, geometry: object, sentence: str) -> None:
    with pytest.raises(ShapeError) as fault:
        rows(tmp_path / "x", json.dumps({"features": [{"geometry": geometry}]}).encode())
    assert str(fault.value) == sentence


def test_of_several_layers_that_of_the_municipalities_is_taken(tmp_path: Path) -> None:
    other = "CREATE TABLE vg250_krs (geom BLOB, AGS); INSERT INTO gpkg_contents VALUES ('vg250_krs', 'features', 4326);"
    other += "INSERT INTO gpkg_geometry_columns VALUES ('vg250_krs', 'geom', 'POLYGON', 4326);"
    assert len(rows(tmp_path / "x", geopackage(FEATURES, 4326, script=other))) == 3
    assert refusal(tmp_path / "x", geopackage(FEATURES, 4326, layer="vg250_sta", script=other)) == (
        "Die Datei hat mehrere Ebenen (vg250_krs, vg250_sta), aber keine mit „gem“ im Namen."
    )
    both = {f"a/{name}.{ending}": content for name in ("VG250_KRS", "VG250_GEM") for ending, content in shape_parts(FEATURES, 4326).items()}
    assert len(rows(tmp_path / "x", zipped(both))) == 3


VIEW = """DROP TABLE vg250_gem; CREATE TABLE hidden (geom BLOB, AGS);
CREATE VIEW vg250_gem AS SELECT geom, AGS FROM hidden;"""
HOSTILE = [
    (VIEW, "Die Ebene „vg250_gem“ ist keine einfache Tabelle, sondern eine Sicht; Sichten werden nicht gelesen."),
    ("ALTER TABLE gpkg_contents RENAME TO c; CREATE VIEW gpkg_contents AS SELECT * FROM c;", "Die Datei ist beschädigt oder kein GeoPackage."),
    ("DROP TABLE gpkg_spatial_ref_sys", "Die Datei ist beschädigt oder kein GeoPackage."),
    ("DELETE FROM gpkg_spatial_ref_sys", "Für die Ebene „vg250_gem“ ist kein Koordinatensystem angegeben."),
    ("UPDATE gpkg_geometry_columns SET srs_id = -1", "Für die Ebene „vg250_gem“ ist kein Koordinatensystem angegeben."),
    (
        "UPDATE gpkg_spatial_ref_sys SET organization_coordsys_id = 99999",
        "Das Koordinatensystem „EPSG:99999“ ist nicht bekannt. Üblich sind EPSG:25832, EPSG:25833 und EPSG:4326.",
    ),
    ("UPDATE gpkg_geometry_columns SET column_name = 'shape'", "Der Ebene „vg250_gem“ fehlt die Spalte mit den Flächen."),
    ("DELETE FROM gpkg_contents", "In der Datei ist keine Ebene mit Flächen."),
]


@pytest.mark.parametrize(("script", "sentence"), HOSTILE)
def test_a_geopackage_that_is_not_plain_tables_is_refused(tmp_path: Path, script: str, sentence: str) -> None:
    assert refusal(tmp_path / "x", geopackage(FEATURES, 4326, script=script)) == sentence


ENDLESS = """DROP TABLE gpkg_contents; CREATE TABLE gpkg_contents (table_name, data_type);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO gpkg_contents SELECT 'vg250_gem', 'features' FROM n;
INSERT INTO gpkg_geometry_columns SELECT 'vg250_gem', 'geom', '', 4326 FROM gpkg_contents;"""


def test_a_geopackage_that_is_made_to_keep_the_machine_busy_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asskomm.core.imports.layers.geopackage._STEPS", 10_000)
    assert refusal(tmp_path / "x", geopackage(FEATURES, 4326, script=ENDLESS)) == "Die Datei ist beschädigt oder kein GeoPackage."


def test_computed_columns_and_triggers_of_a_file_do_not_run(tmp_path: Path) -> None:
    script = "ALTER TABLE vg250_gem ADD COLUMN big TEXT AS (hex(zeroblob(900000000))); CREATE TRIGGER t AFTER INSERT ON vg250_gem BEGIN SELECT 1; END;"
    found = rows(tmp_path / "x", geopackage(FEATURES, 4326, script=script))
    assert [sorted(cells) for _number, cells, _area in found] == [["AGS", "GEN", "fid"]] * 3


def test_a_geopackage_with_a_described_system(tmp_path: Path) -> None:
    from pyproj import CRS

    wkt = CRS(25833).to_wkt().replace("'", "''")
    script = f"UPDATE gpkg_spatial_ref_sys SET organization = 'NONE', organization_coordsys_id = 7, definition = '{wkt}'"  # noqa: S608 -- our own words
    assert len(rows(tmp_path / "x", geopackage(features_in(FEATURES, 25833), 25833, script=script))) == 3


@given(cut=st.integers(100, 20_000), at=st.integers(100, 20_000), with_what=st.binary(max_size=40))
def test_a_damaged_geopackage_gives_rows_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, cut: int, at: int, with_what: bytes) -> None:
    whole = _WHOLE
    content = (whole[:at] + with_what + whole[at + len(with_what) :])[:cut]
    with suppress(TableError, ShapeError):
        read_raw(tmp_path_factory.getbasetemp() / "damaged.gpkg", content)


_WHOLE = geopackage(FEATURES, 4326)
_BLOB = blob_of(PAIR, 4326, envelope=True) or b""


@given(at=st.integers(0, len(_BLOB)), with_what=st.binary(max_size=12), cut=st.integers(0, len(_BLOB)))
def test_a_damaged_blob_gives_an_area_or_a_sentence(at: int, with_what: bytes, cut: int) -> None:
    for blob in (_BLOB[:at] + with_what + _BLOB[at + len(with_what) :], _BLOB[:cut], _BLOB[:at] + with_what):
        try:
            found = read_blob(blob)
        except ShapeError:
            continue
        assert found is None or found.geom_type in ("Polygon", "MultiPolygon")


@pytest.mark.parametrize("kind", [6, 7, 3])
def test_shapes_within_shapes_without_end_do_not_end_the_process(kind: int) -> None:
    with pytest.raises(ShapeError):
        read_wkb(struct.pack("<BII", 1, kind, 1) * 500_000)
    with pytest.raises(ShapeError):
        read_wkb(struct.pack("<BII", 1, kind, 0x7FFF_FFFF))


BLOBS = [
    (b"GP\0\x01\0\0\0\0" + shapely.to_wkb(shapely.Point(1, 2)), "Das ist keine Fläche, sondern ein Punkt."),
    (b"GP\0\x0b\0\0\0\0", "Die Fläche ist in einer Form gespeichert, die nicht gelesen werden kann."),
    (b"GP\0\x21\0\0\0\0", "Die Fläche ist in einer Form gespeichert, die nicht gelesen werden kann."),
    (b"XX\0\x01\0\0\0\0", "Die Fläche ist beschädigt und nicht lesbar."),
    ("Text", "Die Fläche ist beschädigt und nicht lesbar."),
]


@pytest.mark.parametrize(("blob", "sentence"), BLOBS)
def test_what_is_wrong_with_a_blob_is_said(blob: object, sentence: str) -> None:
    with pytest.raises(ShapeError) as fault:
        read_blob(blob)
    assert str(fault.value) == sentence


@pytest.mark.parametrize("order", [0, 1])
def test_both_orders_of_bytes_are_read(order: int) -> None:
    assert shapely.equals(read_wkb(shapely.to_wkb(PAIR, byte_order=order)), PAIR)
    assert shapely.equals(read_wkb(shapely.to_wkb(shapely.force_3d(RING), byte_order=order, flavor="iso")), RING)


@pytest.mark.parametrize("ending", ["shx", "dbf", "prj"])
def test_a_missing_part_of_a_shape_file_is_named(tmp_path: Path, ending: str) -> None:
    parts = {name: content for name, content in shape_parts(FEATURES, 25832).items() if name != ending}
    assert refusal(tmp_path / "x", archive_of(parts, stem="a/GEM")) == f"Im Archiv fehlt die Datei „a/GEM.{ending}“, die zu „a/GEM.shp“ gehört."


def test_a_damaged_shape_file_is_said(tmp_path: Path) -> None:
    parts = shape_parts(FEATURES, 25832)
    assert refusal(tmp_path / "x", archive_of(parts | {"dbf": b"x"})) == "Die Shape-Datei ist beschädigt."
    assert refusal(tmp_path / "x", zipped({"a.txt": b"x"})) == "In der Datei ist keine Ebene mit Flächen."
    assert refusal(tmp_path / "x", archive_of(parts | {"prj": b""})).startswith("Das Koordinatensystem „“ ist nicht bekannt.")
    assert refusal(tmp_path / "x", archive_of(parts | {"dbf": bytes(40_000_000)})) == "Das Archiv ist entpackt viel zu groß und wurde nicht gelesen."
    whole = bytearray(archive_of(parts))
    whole[60:90] = bytes(30)
    assert refusal(tmp_path / "x", bytes(whole)) == "Das Archiv ist beschädigt oder mit einem Passwort geschützt."


@given(ending=st.sampled_from(["shp", "shx", "dbf", "prj", "cpg"]), at=st.integers(0, 600), with_what=st.binary(max_size=20), cut=st.integers(0, 1000))
def test_any_damage_to_a_shape_file_gives_rows_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, ending: str, at: int, with_what: bytes, cut: int
) -> None:
    parts = dict(_PARTS)
    parts[ending] = (parts[ending][:at] + with_what + parts[ending][at + len(with_what) :])[:cut]
    with suppress(TableError, ShapeError):
        read_raw(tmp_path_factory.getbasetemp() / "damaged.zip", archive_of(parts))


_PARTS = shape_parts(FEATURES, 25832)


@pytest.mark.parametrize(
    ("stated", "encoding", "repairs"),
    [
        ("utf-8", "utf-8", 0),
        ("1252", "cp1252", 0),
        ("ISO-8859-1", "latin-1", 0),
        ("88591", "latin-1", 0),
        ("ANSI 1252", "cp1252", 0),
        ("unsinn", "cp1252", 1),
    ],
)
def test_texts_of_a_shape_file_are_read_by_what_it_says(tmp_path: Path, stated: str, encoding: str, repairs: int) -> None:
    parts = shape_parts(FEATURES, 25832, encoding=encoding) | {"cpg": stated.encode()}
    (tmp_path / "x").write_bytes(archive_of(parts))
    with open_layer(tmp_path / "x", "gem") as layer:
        assert (next(iter(layer.rows)).cells["GEN"], len(layer.repairs)) == ("Görlitz", repairs)


def test_what_is_seen_of_a_file_from_outside(tmp_path: Path) -> None:
    seen = []
    for write in WRITERS:
        (tmp_path / "x").write_bytes(write(FEATURES, 4326))
        seen.append(seen_layer(look(tmp_path / "x")))
    assert seen == ["ein GeoPackage", "ein Archiv mit der Shape-Datei „VG250_GEM.shp“", "GeoJSON"]
    assert seen_layer(Peek(Shape.TABLE)) == ""
