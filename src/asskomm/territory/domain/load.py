# SPDX-License-Identifier: EUPL-1.2
"""Load the shipped tables and boundaries; a batch load that can be repeated."""

import csv
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from asskomm.core.charts.projection import SAXONY
from asskomm.core.clock import clock
from asskomm.core.provenance.domain import keep_shipped
from asskomm.territory.domain.merging import merged
from asskomm.territory.enums import DistrictKind, MunicipalityKind, SizeClass
from asskomm.territory.models import Boundary, BoundarySet, District, Measure, Municipality

DATA = Path(__file__).resolve().parent.parent / "data"
SHIPPED = "vg250-2016"
AS_OF = dt.date(2016, 1, 1)


def load_territory(data: Path = DATA) -> None:
    """Bring districts, municipalities and boundaries to what the shipped tables say."""
    with transaction.atomic():
        _load_districts(data / "districts.csv")
        _load_measures(data / "measures.csv")
        _load_municipalities(data / "municipalities.csv")
        _load_boundaries(data / "boundaries.geojson")
        _keep_sources(data)


def _keep_sources(data: Path) -> None:
    """Say where the shipped tables come from."""
    keep_shipped(
        data / "municipalities.csv",
        title="Kommunen in Sachsen mit Einwohnern vom 15.05.2022 (Zensus 2022)",
        rows_used=Municipality.objects.count(),
        publisher="Statistische Ämter des Bundes und der Länder; Landesdirektion Sachsen",
        licence="dl-de/by-2-0",
        filters="frühere Kommunen und Eingemeindungen seit 2016 ergänzt",
    )
    shipped = BoundarySet.objects.get(key=SHIPPED)
    keep_shipped(
        data / "boundaries.geojson",
        title=shipped.name,
        rows_used=shipped.boundaries.count(),
        publisher=shipped.attribution,
        filters="vereinfacht; Kommunen von 2016, nach Eingemeindungen zusammengelegt",
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _load_districts(path: Path) -> None:
    rows = [District(key=row["key"], name=row["name"], kind=DistrictKind(row["type"])) for row in _rows(path)]
    District.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=["name", "kind"])


def _load_measures(path: Path) -> None:
    rows = [
        Measure(key=row["key"], name=row["name"], definition=row["definition"], unit=row["unit"], headings=row["headings"].split("|"), position=number)
        for number, row in enumerate(_rows(path))
    ]
    updated = [f.name for f in Measure._meta.concrete_fields if not f.primary_key]
    Measure.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=updated)


def _load_municipalities(path: Path) -> None:
    rows = sorted((_municipality(row) for row in _rows(path)), key=lambda m: m.successor_id is not None)
    updated = [f.name for f in Municipality._meta.concrete_fields if not f.primary_key]
    Municipality.objects.bulk_create(rows, update_conflicts=True, unique_fields=["ags"], update_fields=updated)


def _municipality(row: dict[str, str]) -> Municipality:
    population = int(row["population"]) if row["population"] else None
    return Municipality(
        ags=row["ags"],
        ars=row["ars"],
        name=row["name"],
        kind=MunicipalityKind(row["type"]),
        district_id=row["district"],
        population=population,
        population_on=dt.date.fromisoformat(row["population_on"]) if row["population_on"] else None,
        size_class=SizeClass.of(population),
        postcode=row["postcode"],
        homepage=row["homepage"],
        valid_from=dt.date.fromisoformat(row["valid_from"]) if row["valid_from"] else dt.date.min,
        valid_to=dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else dt.date.max,
        successor_id=row["successor"] or None,
    )


def _load_boundaries(path: Path) -> None:
    import shapely  # heavy: only while loading

    content = json.loads(path.read_text(encoding="utf-8"))
    areas = {feature["properties"]["ags"]: shapely.from_geojson(json.dumps(feature["geometry"])) for feature in content["features"]}
    described = {
        "name": content["name"],
        "attribution": content["attribution"],
        "simplified": True,
        "wrong_share": content["wrong_share"],
        "as_of": AS_OF,
        "loaded_at": clock.now(),
    }
    kept, _new = BoundarySet.objects.update_or_create(key=SHIPPED, defaults=described)
    kept.boundaries.all().delete()
    rows = (
        Boundary(boundary_set=kept, municipality_id=ags, wkb=shapely.to_wkb(area), path=SAXONY.path(area), valid_from=first, valid_to=last)
        for ags, area, first, last in merged(areas)
    )
    Boundary.objects.bulk_create(rows, batch_size=200)
