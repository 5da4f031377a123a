# SPDX-License-Identifier: EUPL-1.2
"""The shipped tables: repeatable, complete on every day, with borders for merged areas."""

import datetime as dt
from pathlib import Path

import pytest
import shapely
from django.db import IntegrityError, transaction
from django.db.models import Sum

from asskomm.core.charts.projection import SAXONY
from asskomm.territory.domain.load import DATA, load_territory
from asskomm.territory.domain.queries.history import municipalities_on, successors, with_predecessors
from asskomm.territory.enums import DistrictKind, MunicipalityKind, SizeClass
from asskomm.territory.models import Boundary, BoundarySet, District, Municipality
from tests.making import OLBERNHAU, PFAFFRODA, place

pytestmark = pytest.mark.django_db
JAHNATAL, AUE_BAD_SCHLEMA = "14522275", "14521035"


def _everything() -> list[object]:
    columns = ("municipality", "valid_from", "valid_to", "path", "wkb")
    areas = [(*row[:-1], bytes(row[-1])) for row in Boundary.objects.order_by("municipality", "valid_from").values_list(*columns)]
    tables = [list(model.objects.order_by("pk").values()) for model in (District, Municipality)]
    sets = [{**row, "loaded_at": None} for row in BoundarySet.objects.values()]
    return [*tables, sets, areas]


def test_loading_twice_changes_nothing() -> None:
    before = _everything()
    load_territory()
    assert _everything() == before


def test_loading_puts_right_what_was_changed() -> None:
    before = _everything()
    Municipality.objects.filter(ags=OLBERNHAU).update(name="Olbernau", population=None, size_class=SizeClass.UNKNOWN)
    Boundary.objects.filter(municipality=OLBERNHAU).delete()
    load_territory()
    assert _everything() == before


def test_a_load_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    before = _everything()
    for name in ("districts.csv", "measures.csv", "boundaries.geojson"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    broken = (DATA / "municipalities.csv").read_text(encoding="utf-8").replace("Olbernhau,town,", "Olbernhau,village,")
    (tmp_path / "municipalities.csv").write_text(broken, encoding="utf-8")
    with pytest.raises(ValueError, match="'village' is not a valid MunicipalityKind"):
        load_territory(tmp_path)
    assert _everything() == before


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (dt.date(2016, 12, 31), 426),
        (dt.date(2017, 1, 1), 423),
        (dt.date(2017, 6, 30), 423),
        (dt.date(2017, 7, 1), 422),
        (dt.date(2017, 12, 31), 422),
        (dt.date(2018, 1, 1), 421),
        (dt.date(2018, 12, 31), 421),
        (dt.date(2019, 1, 1), 419),
        (dt.date(2022, 12, 31), 419),
        (dt.date(2023, 1, 1), 418),
        (dt.date(2026, 1, 1), 418),
    ],
)
def test_how_many_municipalities_there_were(day: dt.date, count: int) -> None:
    assert Municipality.objects.on(day).count() == count
    assert len(municipalities_on(day)) == count
    assert all(municipality.exists_on(day) for municipality in municipalities_on(day).values())


def test_districts_and_independent_cities() -> None:
    assert District.objects.filter(kind=DistrictKind.DISTRICT).count() == 10
    assert list(District.objects.filter(kind=DistrictKind.INDEPENDENT_CITY).values_list("name", flat=True)) == ["Chemnitz", "Dresden", "Leipzig"]


def test_every_municipality_of_today_is_complete() -> None:
    today = Municipality.objects.on(dt.date(2023, 9, 14))
    assert [m.name for m in today if not (m.population and m.population_on and len(m.postcode) == 5)] == []
    assert [m.name for m in today if len(m.ars) != 12] == ["Jahnatal"]
    assert all(m.ags.startswith(m.district_id) for m in today)
    assert today.aggregate(persons=Sum("population")) == {"persons": 4038131}
    counts = {kind.value: today.filter(kind=kind).count() for kind in MunicipalityKind}
    assert counts == {"independent_city": 3, "large_district_town": 53, "town": 113, "municipality": 249}


def test_every_municipality_that_ever_was_has_an_area() -> None:
    assert set(Boundary.objects.values_list("municipality", flat=True)) == set(Municipality.objects.values_list("ags", flat=True))


@pytest.mark.parametrize("heir", sorted({"14521460", AUE_BAD_SCHLEMA, JAHNATAL, "14523450", "14625200", "14625250", "14729140", "14729150"}))
def test_a_merged_area_covers_those_before(heir: str) -> None:
    today = dt.date(2026, 1, 1)
    areas = {ags: shapely.from_wkb(bytes(wkb)) for ags, wkb in Boundary.objects.order_by("valid_from").values_list("municipality", "wkb")}
    before = [areas[m.ags] for m in Municipality.objects.filter(successor=heir)]
    assert before
    assert all(areas[heir].buffer(1e-9).covers(area) for area in before)
    assert areas[heir].is_valid
    assert Boundary.objects.on(today).get(municipality=heir).path == SAXONY.path(areas[heir])


@pytest.mark.parametrize("day", [dt.date(2016, 12, 31), dt.date(2017, 1, 1), dt.date(2018, 6, 1), dt.date(2022, 12, 31), dt.date(2023, 1, 1)])
def test_the_areas_of_a_day_cover_the_state_once(day: dt.date) -> None:
    rows = Boundary.objects.on(day).values_list("municipality", "wkb")
    areas = {ags: shapely.from_wkb(bytes(wkb)) for ags, wkb in rows}
    assert len(areas) == len(rows)
    assert set(areas) == set(Municipality.objects.on(day).values_list("ags", flat=True))
    whole = shapely.union_all(list(areas.values()))
    assert sum(area.area for area in areas.values()) == pytest.approx(whole.area, rel=1e-9)


def test_the_sets_say_what_they_are() -> None:
    kept = BoundarySet.objects.get(batch=None)
    assert (str(kept), kept.simplified) == (kept.name, True)
    assert 0 < kept.wrong_share < 0.01
    assert str(Boundary.objects.on(dt.date(2026, 1, 1)).get(municipality=OLBERNHAU)) == f"{OLBERNHAU} ({kept.key})"
    assert str(District.objects.get(key="14511")) == "Chemnitz"


def test_who_took_over_whom() -> None:
    lines = {key: [m.name for m in line] for key, line in with_predecessors([OLBERNHAU, JAHNATAL, PFAFFRODA, "00000000"]).items()}
    assert {key: sorted(line) for key, line in lines.items()} == {
        OLBERNHAU: ["Olbernhau", "Pfaffroda"],
        JAHNATAL: ["Jahnatal", "Ostrau", "Zschaitz-Ottewig"],
        PFAFFRODA: ["Pfaffroda"],
    }
    assert successors([PFAFFRODA, "14521030", "14521050"]) == {PFAFFRODA, OLBERNHAU, "14521030", "14521050", AUE_BAD_SCHLEMA}
    assert successors([]) == set()


def test_a_line_goes_over_several_mergers() -> None:
    heir = Municipality.objects.get(ags=JAHNATAL)
    heir.valid_to, heir.successor_id = dt.date(2030, 12, 31), OLBERNHAU
    heir.save()
    assert successors(["14522450"]) == {"14522450", JAHNATAL, OLBERNHAU}
    assert {m.name for m in with_predecessors([OLBERNHAU])[OLBERNHAU]} == {"Olbernhau", "Pfaffroda", "Jahnatal", "Ostrau", "Zschaitz-Ottewig"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_from": dt.date(2020, 1, 2), "valid_to": dt.date(2020, 1, 1), "successor_id": PFAFFRODA},
        {"valid_to": dt.date(2020, 1, 1)},
        {"successor_id": PFAFFRODA},
    ],
)
def test_the_database_refuses_days_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Municipality.objects.filter(ags=OLBERNHAU).update(**wrong)


def test_a_municipality_exists_on_its_first_and_last_day() -> None:
    former, heir = place(PFAFFRODA), place(JAHNATAL)
    assert [former.exists_on(dt.date(2016, 12, 31)), former.exists_on(dt.date(2017, 1, 1))] == [True, False]
    assert [heir.exists_on(dt.date(2022, 12, 31)), heir.exists_on(dt.date(2023, 1, 1))] == [False, True]


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (None, SizeClass.UNKNOWN),
        (0, SizeClass.UNDER_2000),
        (1_999, SizeClass.UNDER_2000),
        (2_000, SizeClass.FROM_2000),
        (9_999, SizeClass.FROM_5000),
        (10_000, SizeClass.FROM_10000),
        (49_999, SizeClass.FROM_20000),
        (50_000, SizeClass.FROM_50000),
        (99_999, SizeClass.FROM_50000),
        (100_000, SizeClass.FROM_100000),
        (600_000, SizeClass.FROM_100000),
    ],
)
def test_the_class_of_a_size(population: int | None, size: SizeClass) -> None:
    assert SizeClass.of(population) is size
