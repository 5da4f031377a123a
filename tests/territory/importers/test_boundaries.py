# SPDX-License-Identifier: EUPL-1.2
"""Boundaries from files: the same areas out of every form, every fault by name, and all of a set counts or nothing."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from asskomm.core.clock import clock
from asskomm.core.imports import Accepted, Rejection
from asskomm.core.imports.domain import door, working
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch
from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.domain.run import Run
from asskomm.core.visibility import SYSTEM
from asskomm.territory.domain.boundaries import PART, complete_set
from asskomm.territory.domain.queries.locate import locate, place_index
from asskomm.territory.domain.queries.stages import boundary_set_on, fitting_period, period_on, stage_on
from asskomm.territory.interfaces.importers.areas import said_fault
from asskomm.territory.interfaces.importers.boundaries import BoundarySession
from asskomm.territory.models import Boundary, BoundarySet, Municipality
from tests.layers import Feature, blob_of, features_in, geojson, geopackage, shape_archive
from tests.making import GOERLITZ, OLBERNHAU, PFAFFRODA, SEIFHENNERSDORF, work_off
from tests.reading import by_class, links

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 6, 1)
ZITTAU, DRESDEN, JAHNATAL, OSTRAU, ZSCHAITZ = "14626610", "14612000", "14522275", "14522450", "14522620"
BKG = "© GeoBasis-DE / BKG 2024 (Daten verändert), dl-de/by-2-0"
SHIPPED = "© GeoBasis-DE / BKG 2016 (Daten verändert)"
SOMEWHERE = shapely.box(13.2, 51.2, 13.3, 51.3)


def areas_on(day: dt.date, boundary_set: str = "vg250-2016") -> dict[str, BaseGeometry]:
    rows = Boundary.objects.on(day).filter(boundary_set=boundary_set).values_list("municipality_id", "wkb")
    return {ags: shapely.from_wkb(bytes(wkb)) for ags, wkb in rows}


def features_on(day: dt.date, *, begin: str = "2024-01-01") -> list[Feature]:
    names = dict(Municipality.objects.values_list("ags", "name"))
    return [({"AGS": ags, "GEN": names[ags], "GF": "4", "BEGINN": begin}, area) for ags, area in sorted(areas_on(day).items())]


def row(key: object, area: BaseGeometry | bytes | None = SOMEWHERE, name: str = "", **more: object) -> Feature:
    return {"AGS": key, "GEN": name, **more}, area


def received(content: bytes) -> Batch:
    batch = door.receive("grenzen", iter([content]), by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    return batch


def taken_over(content: bytes, **options: str) -> Batch:
    batch = received(content)
    door.take_over(batch, by=SYSTEM, options=options)
    work_off()
    batch.refresh_from_db()
    assert batch.state == BatchState.LIVE
    return batch


def undone(batch: Batch) -> None:
    door.undo(batch, by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    assert batch.state == BatchState.UNDONE


def refused(*features: Feature, system: int = 4326, named: bool = True) -> list[tuple[int, str, str, str, str]]:
    batch = received(geojson(features, system, named=named))
    assert batch.state == BatchState.READY, batch.fault
    return [(r.row, r.column, r.value, r.reason, r.nearest) for r in batch.rejections.all()]


def rounded(area: BaseGeometry) -> BaseGeometry:
    return shapely.normalize(shapely.transform(area, lambda points: np.round(points, 7)))


def all_rounded(areas: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    return {ags: rounded(area) for ags, area in areas.items()}


@pytest.mark.parametrize(
    ("write", "system", "reason"),
    [
        (geopackage, 25832, "die Datei ist ein GeoPackage"),
        (shape_archive, 25833, "die Datei ist ein Archiv mit der Shape-Datei „VG250_GEM.shp“"),
        (geojson, 4326, "die Datei ist GeoJSON"),
    ],
)
def test_every_form_gives_the_same_areas(write: Callable[[Sequence[Feature], int], bytes], system: int, reason: str) -> None:
    known = areas_on(DAY)
    points = np.random.default_rng(1).uniform((11.9, 50.2), (15.0, 51.6), (3000, 2))
    before = place_index(DAY).locate(points[:, 0], points[:, 1])
    batch = taken_over(write(features_in(features_on(DAY), system), system))
    assert (batch.importer, batch.reason, batch.written, batch.rejected) == ("boundaries", reason, 418, 0)
    assert batch.repairs == {"Stand aus der Datei erkannt: 01.01.2024": 1}
    found = boundary_set_on(DAY)
    assert (found.batch, found.name, found.attribution, found.valid_from) == (batch, "Gemeindegrenzen, Stand 01.01.2024", BKG, dt.date(2023, 1, 1))
    assert all_rounded(areas_on(DAY, found.key)) == all_rounded(known)
    assert place_index(DAY).boundary_set == found
    assert place_index(DAY).locate(points[:, 0], points[:, 1]) == before


def test_what_is_not_of_the_state_is_left_out_and_counted() -> None:
    others = [row("01001000"), row("11000000"), row("14"), row("14626"), row("146260110"), row(DRESDEN, GF="2"), row(DRESDEN, GF="1")]
    batch = received(geojson([row(GOERLITZ, areas_on(DAY)[GOERLITZ], GF=4), *others], 4326))
    assert (batch.accepted, batch.rejected) == (1, 0)
    assert batch.first_rows == [["1", "Görlitz", GOERLITZ, "67,2"]]
    assert batch.repairs == {
        "Kommunen anderer Länder sind ausgelassen": 2,
        "Zeilen von Ländern, Kreisen und Verbänden sind ausgelassen": 3,
        "Wasserflächen (GF 1 und 2) sind ausgelassen": 2,
        "Kommunen ohne gültige Fläche in der Datei behalten ihre bisherigen Grenzen": 417,
        f"Stand aus der Datei erkannt: 01.01.{clock.today().year}": 1,
    }


def test_wrong_keys_are_named_with_what_may_have_been_meant() -> None:
    assert refused(row("", name="Görlitz"), row("14626111", name="Goerlitz"), row("1462611O"), row("14626119"), row(14.5), row("146269999999")) == [
        (1, "AGS", "", "Die Zeile hat keinen Gemeindeschlüssel.", GOERLITZ),
        (2, "AGS", "14626111", "Eine Kommune mit dem Schlüssel 14626111 ist nicht bekannt.", GOERLITZ),
        (3, "AGS", "1462611O", "Das ist kein Gemeindeschlüssel; er hat 8 oder 12 Ziffern.", GOERLITZ),
        (4, "AGS", "14626119", "Eine Kommune mit dem Schlüssel 14626119 ist nicht bekannt.", GOERLITZ),
        (5, "AGS", "14.5", "Das ist kein Gemeindeschlüssel; er hat 8 oder 12 Ziffern.", ""),
        (6, "AGS", "146269999999", "Eine Kommune mit dem Schlüssel 146269999999 ist nicht bekannt.", ""),
    ]


def test_regional_keys_and_numbers_are_keys_too() -> None:
    batch = received(geojson([({"ARS": "146260110110"}, SOMEWHERE), ({"ARS": 146120000000.0}, translate(SOMEWHERE, 0.5))], 4326))
    assert [shown[2] for shown in batch.first_rows] == [GOERLITZ, DRESDEN]


def test_a_file_without_keys_is_refused() -> None:
    batch = received(geojson([({"Ort": "Görlitz", "Nr": 1}, SOMEWHERE)], 4326))
    assert (batch.state, batch.fault) == (BatchState.REFUSED, "Es fehlt die Spalte mit dem Gemeindeschlüssel („AGS“ oder „ARS“). Gefunden: Ort, Nr.")


def polygon(*points: tuple[float, float], holes: Sequence[Sequence[tuple[float, float]]] = ()) -> BaseGeometry:
    return shapely.Polygon(points, holes)


FAULTY = [
    (polygon((13, 51), (13.2, 51.2), (13.2, 51), (13, 51.2)), "Der Rand der Fläche kreuzt sich selbst bei 13,10000 / 51,10000 (Länge / Breite)."),
    (
        polygon((13, 51), (13.2, 51), (13.1, 51.1), (13.2, 51.2), (13, 51.2), (13.1, 51.1)),
        "Der Rand der Fläche berührt sich selbst bei 13,10000 / 51,10000 (Länge / Breite).",
    ),
    (
        polygon((13, 51), (13.2, 51), (13.2, 51.2), holes=[[(14, 51), (14.1, 51), (14.1, 51.1)]]),
        "Ein Loch liegt außerhalb der Fläche bei 14,00000 / 51,00000 (Länge / Breite).",
    ),
    (polygon((13, 51), (13, 51), (13.2, 51), (13.2, 51)), "Ein Ring der Fläche hat zu wenige Punkte bei 13,00000 / 51,00000 (Länge / Breite)."),
    (polygon((13, 51), (13.00001, 51), (13, 51.00001)), "Die Fläche ist kleiner als zehn Quadratmeter."),
    (shapely.Polygon(), "Die Zeile hat keine Fläche."),
    (None, "Die Zeile hat keine Fläche."),
    (shapely.Point(13, 51), "Das ist keine Fläche, sondern ein Punkt."),
    (shapely.LineString([(13, 51), (13.1, 51)]), "Das ist keine Fläche, sondern eine Linie."),
]


@pytest.mark.parametrize(("area", "sentence"), FAULTY)
def test_an_area_that_is_not_sound_is_named_with_the_place(area: BaseGeometry | None, sentence: str) -> None:
    assert refused(row(DRESDEN, area)) == [(1, "geometry", "14612000 Dresden", sentence, "")]


@pytest.mark.parametrize("reason", ["Something new[1 2]", "Hole lies outside shell", "Invalid Coordinate[nan nan]"])
def test_whatever_else_is_unsound_is_said_too(reason: str) -> None:
    assert said_fault(reason).endswith("(Länge / Breite).")


def test_areas_outside_of_the_state_name_the_system_that_may_be_right() -> None:
    ((_cells, in_zone_33),) = features_in([row(GOERLITZ)], 25833)
    ((_cells, in_zone_32),) = features_in([row(GOERLITZ)], 25832)
    swapped = shapely.transform(SOMEWHERE, lambda points: points[:, ::-1])
    assert isinstance(in_zone_33, BaseGeometry)
    assert isinstance(in_zone_32, BaseGeometry)
    assert [
        refused(row(GOERLITZ, in_zone_33), system=25832),
        refused(row(GOERLITZ, in_zone_32), system=25833),
        refused(row(GOERLITZ, in_zone_33), named=False),
        refused(row(GOERLITZ, swapped), named=False),
        refused(row(GOERLITZ, shapely.box(9, 48, 9.1, 48.1))),
        refused(row(GOERLITZ, shapely.box(13, 51, 13.1, 53))),
    ] == [
        [(1, "geometry", f"{GOERLITZ} Görlitz", sentence, nearest)]
        for sentence, nearest in (
            ("Die Fläche liegt nicht in Sachsen (374.242,92 / 5.673.439,40). Stimmt das Koordinatensystem EPSG:25832 (ETRS89 / UTM zone 32N)?", "EPSG:25833"),
            ("Die Fläche liegt nicht in Sachsen (792.750,58 / 5.680.453,13). Stimmt das Koordinatensystem EPSG:25833 (ETRS89 / UTM zone 33N)?", "EPSG:25832"),
            ("Die Koordinate 374.242,92 / 5.673.439,40 ist keine in Grad, und die Datei nennt kein anderes Koordinatensystem (crs).", "EPSG:25833"),
            ("Die Fläche liegt nicht in Sachsen: Bei 51,20 / 13,20 sind Länge und Breite vertauscht.", ""),
            ("Die Fläche liegt nicht in Sachsen (9,00 / 48,00). Stimmt das Koordinatensystem EPSG:4326 (WGS 84)?", ""),
            ("Die Fläche liegt nicht in Sachsen (13,00 / 51,00). Stimmt das Koordinatensystem EPSG:4326 (WGS 84)?", ""),
        )
    ]


def test_a_coordinate_that_is_no_number_is_named() -> None:
    content = geojson([row(GOERLITZ)], 4326).replace(b"13.3", b"1e308")
    batch = received(content.replace(b"EPSG::4326", b"EPSG::25833"))
    assert [r.reason for r in batch.rejections.all()] == ["Eine Koordinate der Fläche ist keine Zahl."]


def test_several_rows_of_one_municipality_become_one_area() -> None:
    beside, across = translate(SOMEWHERE, 0.1), translate(SOMEWHERE, 0.05)
    batch = received(geojson([row(GOERLITZ), row(GOERLITZ, beside), row(GOERLITZ, across), row(GOERLITZ)], 4326))
    assert (batch.accepted, batch.repairs["Mehrere Zeilen einer Kommune sind zu einer Fläche vereint"]) == (1, 1)
    assert [(r.row, r.value, r.reason) for r in batch.rejections.all()] == [
        (number, f"{GOERLITZ} Görlitz", "Diese Kommune steht schon in Zeile 1, und beide Flächen überdecken sich.") for number in (3, 4)
    ]


def test_doubled_points_are_removed_and_counted() -> None:
    doubled = polygon((13, 51), (13.2, 51), (13.2, 51), (13.2, 51.2), (13, 51.2))
    assert received(geojson([row(GOERLITZ, doubled)], 4326)).repairs["Doppelte Punkte auf Grenzen sind entfernt"] == 1


def test_areas_of_two_municipalities_that_cover_each_other_are_named() -> None:
    small = shapely.box(13.21, 51.21, 13.22, 51.22)
    assert refused(row(GOERLITZ), row(DRESDEN, small), row(ZITTAU, translate(SOMEWHERE, 0.095))) == [
        (2, "geometry", "14612000 Dresden", "Die Fläche überdeckt die von Görlitz aus Zeile 1.", "")
    ]


def test_municipalities_of_other_days_are_named() -> None:
    features = [one for one in features_on(DAY) if one[0]["AGS"] != ZITTAU]
    assert refused(*features, row(OSTRAU, SOMEWHERE)) == [
        (0, "geometry", "14626610 Zittau", "Diese Kommune fehlt in der Datei.", ""),
        (418, "geometry", "14522450 Ostrau", "Ostrau gibt es seit dem 01.01.2023 nicht mehr; die anderen Kommunen der Datei sind neuer.", JAHNATAL),
    ]
    older = features_on(dt.date(2020, 1, 1))
    assert refused(*older, row(JAHNATAL, SOMEWHERE)) == [
        (420, "geometry", "14522275 Jahnatal", "Jahnatal gibt es erst seit dem 01.01.2023; die anderen Kommunen der Datei sind älter.", "")
    ]


def test_what_is_missing_keeps_the_borders_of_before() -> None:
    features = [one for one in features_on(DAY) if one[0]["AGS"] not in (ZITTAU, SEIFHENNERSDORF)]
    batch = taken_over(geojson([*features, row(ZITTAU, shapely.Polygon())], 4326))
    assert batch.repairs["Kommunen ohne gültige Fläche in der Datei behalten ihre bisherigen Grenzen"] == 2
    assert sorted(r.reason for r in batch.rejections.all()) == ["Die Zeile hat keine Fläche.", "Diese Kommune fehlt in der Datei."]
    found = boundary_set_on(DAY)
    assert (found.attribution, all_rounded(areas_on(DAY, found.key))) == (f"{BKG}; {SHIPPED}", all_rounded(areas_on(DAY)))


def test_a_few_municipalities_can_be_replaced_alone() -> None:
    batch = taken_over(geojson([row(GOERLITZ, areas_on(DAY)[ZITTAU]), row(ZITTAU, areas_on(DAY)[GOERLITZ])], 4326))
    found = areas_on(DAY, boundary_set_on(DAY).key)
    assert (batch.written, len(found), found[ZITTAU], found[DRESDEN]) == (2, 418, areas_on(DAY)[GOERLITZ], areas_on(DAY)[DRESDEN])


def inside(ags: str, day: dt.date) -> tuple[float, float]:
    point = areas_on(day)[ags].representative_point()
    return point.x, point.y


def swapped_borders() -> bytes:
    """A file that tells Görlitz and Zittau the wrong way round, so that one sees which set answers."""
    features = features_on(dt.date(2020, 1, 1), begin="2020-03-01")
    other = {GOERLITZ: ZITTAU, ZITTAU: GOERLITZ}
    return geojson([({**cells, "AGS": other.get(str(cells["AGS"]), cells["AGS"])}, area) for cells, area in features], 4326)


def answer(day: dt.date) -> str:
    found = locate(*inside(GOERLITZ, day), day).municipality
    return found.name if found else ""


def test_a_set_answers_from_the_first_day_of_its_municipalities_and_mergers_after_it_are_carried_out() -> None:
    batch = taken_over(swapped_borders())
    assert (batch.written, batch.rejected) == (419, 0)
    days = [dt.date(2016, 6, 1), dt.date(2018, 12, 31), dt.date(2019, 1, 1), dt.date(2022, 12, 31), DAY]
    assert [answer(day) for day in days] == ["Görlitz", "Görlitz", "Zittau", "Zittau", "Zittau"]
    found = boundary_set_on(DAY)
    assert (found.as_of, found.valid_from, boundary_set_on(dt.date(2018, 1, 1)).batch) == (dt.date(2020, 1, 1), dt.date(2019, 1, 1), None)
    for day in days[2:]:
        places = place_index(day)
        assert sorted(places.keys) == sorted(Municipality.objects.on(day).values_list("ags", flat=True))
    merged = areas_on(DAY, found.key)[JAHNATAL]
    assert shapely.equals(merged, shapely.union_all([areas_on(dt.date(2020, 1, 1))[key] for key in (OSTRAU, ZSCHAITZ)]))


def test_undoing_brings_the_former_set_back_at_once() -> None:
    assert answer(DAY) == "Görlitz"
    batch = taken_over(swapped_borders())
    assert answer(DAY) == "Zittau"
    door.undo(batch, by=SYSTEM)
    assert (answer(DAY), BoundarySet.objects.count()) == ("Görlitz", 2)  # dead in one row
    work_off()
    assert (BoundarySet.objects.count(), Boundary.objects.exclude(boundary_set="vg250-2016").count()) == (1, 0)


def test_of_two_sets_the_one_of_the_later_day_answers_whichever_came_first() -> None:
    right = geojson(features_on(DAY), 4326)
    later = taken_over(right)
    earlier = taken_over(swapped_borders())
    assert (earlier.written, "Für heute gelten weiter die Grenzen mit dem neueren Stand 01.01.2024" in earlier.repairs) == (419, True)
    assert (answer(DAY), answer(dt.date(2020, 1, 1)), boundary_set_on(DAY).batch) == ("Görlitz", "Zittau", later)
    undone(later)
    assert answer(DAY) == "Zittau"


def test_a_worker_that_dies_while_it_prepares_leaves_nothing_that_counts_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = received(swapped_borders())
    door.take_over(batch, by=SYSTEM)
    claimed = orders.claim("dies")
    assert claimed is not None

    def dying(kind: object, of: Batch, principal: object) -> Any:
        for number, write in enumerate(complete_set(of)):
            if number == 20:
                raise KeyboardInterrupt
            yield write

    with monkeypatch.context() as patch:
        patch.setattr(type(batch.kind), "prepare", dying)
        with pytest.raises(KeyboardInterrupt):
            working.commit(Run(claimed))
    batch.refresh_from_db()
    assert (batch.state, batch.written, answer(DAY)) == (BatchState.COMMITTING, 419, "Görlitz")
    with clock.moved_to(clock.now() + orders.LEASE * 2):
        work_off()
    batch.refresh_from_db()
    rows = Boundary.objects.filter(boundary_set__batch=batch)
    assert (batch.state, batch.written, answer(DAY), rows.count(), rows.filter(path="").count()) == (BatchState.LIVE, 419, "Zittau", 420, 0)
    assert rows.filter(municipality=OSTRAU).get().valid_to == dt.date(2022, 12, 31)


def test_what_follows_is_written_in_small_parts() -> None:
    batch = received(geojson(features_on(DAY), 4326))
    door.take_over(batch, by=SYSTEM)
    work_off()
    written = []
    for write in complete_set(batch):
        with CaptureQueriesContext(connection) as asked:
            write()
        written.append(len(asked))
    assert (len(written), max(written) <= 3) == (-(-418 // PART), True)


def test_publisher_and_day_can_be_chosen(client: Client) -> None:
    batch = taken_over(geojson(features_on(DAY), 4326), publisher="geosn", on="2025-01-01")
    found = boundary_set_on(DAY)
    assert (found.attribution, found.as_of) == ("© GeoSN 2025 (Daten verändert), dl-de/by-2-0", dt.date(2025, 1, 1))
    assert batch.source is not None
    source = batch.source
    assert (source.publisher, source.licence, source.rows_used, source.public) == (
        "Landesamt für Geobasisinformation Sachsen (GeoSN)",
        "dl-de/by-2-0",
        418,
        True,
    )


def test_a_day_that_the_keys_do_not_have_is_said_and_not_taken() -> None:
    batch = taken_over(geojson(features_on(DAY), 4326), on="2018-01-01")
    assert [(r.row, r.column, r.value, r.reason, r.nearest) for r in batch.rejections.all()] == [
        (0, "on", "01.01.2018", "Zu diesem Stand passen die Schlüssel der Datei nicht; genommen wurde der 01.01.2024.", "01.01.2024")
    ]
    assert boundary_set_on(DAY).as_of == dt.date(2024, 1, 1)


def test_pages_exports_and_api_name_the_set_of_their_day(client: Client) -> None:
    pages = [reverse("alliance:map"), reverse("territory:state")]
    counts = []
    for batch in (None, taken_over(swapped_borders())):
        named, key = (BKG.replace("2024", "2020"), boundary_set_on(DAY).key) if batch else (SHIPPED, "vg250-2016")
        if batch is None:
            assert client.get(pages[0]).status_code == 200
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                response = client.get(page)
            counts.append(len(asked))
            if batch:
                assert by_class(response, "caption")[-1].startswith(named)
                assert batch.source
                assert batch.source.get_absolute_url() in links(response)
        lon, lat = inside(GOERLITZ, DAY)
        found = client.get("/api/territory/locate", {"lon": str(lon), "lat": str(lat), "on": "2024-06-01"}).json()
        if batch:
            assert (found["name"], found["boundaries"]["attribution"], found["boundaries"]["key"]) == ("Zittau", named, key)
            exported = json.loads(client.get(reverse("alliance:geojson"), {"stand": "01.06.2024"}).content)
            assert (exported["attribution"], len(exported["features"])) == (named, 418)
            before = json.loads(client.get(reverse("alliance:geojson"), {"stand": "01.06.2018"}).content)
            assert before["attribution"] == SHIPPED
    assert counts[:2] == counts[2:]


@pytest.mark.once
def test_the_drawn_map_stays_small_and_whole() -> None:
    def drawn(day: dt.date) -> int:
        found, stage = stage_on(day)
        paths = Boundary.objects.on(stage.first_day).filter(boundary_set=found).values_list("path", flat=True)
        assert all(path.startswith("M") and path.endswith("z") for path in paths)
        return sum(map(len, paths))

    before = drawn(DAY)
    finer = [(cells, shapely.segmentize(area, 0.0005)) for cells, area in features_on(DAY) if isinstance(area, BaseGeometry)]
    taken_over(geopackage(features_in(finer, 25832), 25832))
    assert drawn(DAY) < 1.05 * before


def test_periods_follow_the_mergers() -> None:
    assert fitting_period([GOERLITZ]).first == dt.date(2023, 1, 1)
    assert fitting_period([GOERLITZ, PFAFFRODA]).last == dt.date(2016, 12, 31)
    assert (period_on(DAY).last, len(period_on(DAY).keys), OLBERNHAU in period_on(DAY).keys) == (dt.date.max, 418, True)


WHOLE = blob_of(shapely.MultiPolygon([SOMEWHERE, translate(SOMEWHERE, 0.2)]), 4326, envelope=True) or b""


@pytest.mark.no_cover
@pytest.mark.once
@given(damages=st.lists(st.tuples(st.integers(0, len(WHOLE)), st.binary(max_size=9)), max_size=3), cut=st.integers(0, len(WHOLE) + 200))
def test_whatever_is_damaged_in_an_area_it_is_a_row_or_a_rejection(
    tmp_path_factory: pytest.TempPathFactory, damages: list[tuple[int, bytes]], cut: int
) -> None:
    blob = WHOLE
    for at, bytes_put in damages:
        blob = blob[:at] + bytes_put + blob[at + len(bytes_put) :]
    path = tmp_path_factory.getbasetemp() / "damaged.gpkg"
    path.write_bytes(geopackage([row(GOERLITZ, blob[:cut]), row(DRESDEN, translate(SOMEWHERE, 0.5)), row(GOERLITZ, blob)], 4326))
    found = list(BoundarySession({}).read(path))
    assert [one.row for one in found if isinstance(one, Accepted | Rejection)]


numbers = st.one_of(st.floats(), st.floats(12, 15), st.floats(50, 52), st.integers(-(10**30), 10**30))


@pytest.mark.no_cover
@pytest.mark.once
@settings(max_examples=40)
@given(st.lists(st.lists(st.tuples(numbers, numbers), min_size=3, max_size=6).map(lambda ring: [*ring, ring[0]]), min_size=1, max_size=3))
def test_whatever_coordinates_an_area_has_it_is_a_row_or_a_rejection(tmp_path_factory: pytest.TempPathFactory, rings: list[list[tuple[float, float]]]) -> None:
    path = tmp_path_factory.getbasetemp() / "odd.geojson"
    for system in ("EPSG:4326", "EPSG:25833"):
        feature = {"type": "Feature", "properties": {"AGS": GOERLITZ}, "geometry": {"type": "Polygon", "coordinates": rings}}
        path.write_text(json.dumps({"type": "FeatureCollection", "crs": {"properties": {"name": system}}, "features": [feature]}), "utf-8")
        assert len([one for one in BoundarySession({}).read(path) if isinstance(one, Accepted | Rejection)]) == 1


def test_the_file_of_2021(shared_data: Path) -> None:
    content = (shared_data / "boundaries/municipalities_2021_vg5000.geojson").read_bytes()
    batch = taken_over(content)
    assert (batch.written, batch.rejected, batch.repairs) == (419, 0, {"Stand aus der Datei erkannt: 01.01.2021": 1})
    day = dt.date(2021, 6, 1)
    features = json.loads(content)["features"]
    points = [shapely.from_geojson(json.dumps(one["geometry"])).representative_point() for one in features]
    found = place_index(day).locate(np.array([p.x for p in points]), np.array([p.y for p in points]))
    assert found == [one["properties"]["AGS"] for one in features]


def test_the_file_of_2016_and_its_one_row_that_is_not_sound(shared_data: Path) -> None:
    batch = taken_over((shared_data / "boundaries/municipalities_2016_vg250.geojson").read_bytes(), on="2016-01-01")
    assert (batch.written, [(r.value, r.reason) for r in batch.rejections.all()]) == (
        425,
        [("14730030 Beilrode", "Der Rand der Fläche berührt sich selbst bei 13,05450 / 51,56195 (Länge / Breite).")],
    )
    assert boundary_set_on(dt.date(2016, 1, 1)).batch == batch
    assert len(place_index(DAY).keys) == 418
