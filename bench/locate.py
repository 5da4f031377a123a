# SPDX-License-Identifier: EUPL-1.2
"""Time the point index beside a plain tree query, in one run: python bench/locate.py."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import shape

from asskomm.methods.locate import build_index

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Locate = Callable[[Floats, Floats], Integers]

DATA = Path(__file__).parents[1] / "src/asskomm/territory/data"
POINTS = 1_000_000
ROUNDS = 500
SEED = 1


def todays_areas() -> list[shapely.Geometry]:
    """The 418 municipalities of today: those of 2016, united by their successors."""
    lines = (line.split(",") for line in (DATA / "municipalities.csv").read_text(encoding="utf-8").splitlines()[1:])
    successor = {line[0]: line[-1] or line[0] for line in lines}
    groups: dict[str, list[shapely.Geometry]] = {}
    for feature in json.loads((DATA / "boundaries.geojson").read_text(encoding="utf-8"))["features"]:
        groups.setdefault(successor[feature["properties"]["ags"]], []).append(shape(feature["geometry"]))
    return [shapely.coverage_union_all(groups[key]) for key in sorted(groups)]


def tree_way(areas: list[shapely.Geometry]) -> Locate:
    """The plain way: a tree of the areas and a test of every candidate."""
    tree = shapely.STRtree(areas)

    def locate(lon: Floats, lat: Floats) -> Integers:
        answer = np.full(lon.size, len(areas), dtype=np.int64)
        point, area = tree.query(shapely.points(lon, lat), predicate="intersects")
        np.minimum.at(answer, point, area)
        return np.where(answer == len(areas), -1, answer)

    return locate


def seconds(run: Callable[[], object]) -> float:
    """Wall time of one run."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def one_point(locate: Locate, lon: Floats, lat: Floats) -> float:
    """Median time of a query with one point, warm."""
    return float(np.median([seconds(lambda i=i: locate(lon[i : i + 1], lat[i : i + 1])) for i in range(ROUNDS)]))  # type: ignore[misc]


def main() -> None:
    """Print both times of both ways and their ratio."""
    areas = todays_areas()
    west, south, east, north = shapely.total_bounds(areas)
    random = np.random.default_rng(SEED)
    lon, lat = random.uniform(west, east, POINTS), random.uniform(south, north, POINTS)
    print(f"{len(areas)} areas, index built in {seconds(lambda: build_index(areas)):.3f} s")
    ours, plain = build_index(areas).locate, tree_way(areas)
    if not np.array_equal(ours(lon, lat), plain(lon, lat)):
        raise SystemExit("The two ways differ.")
    single, many = [one_point(way, lon, lat) for way in (ours, plain)], [seconds(lambda way=way: way(lon, lat)) for way in (ours, plain)]  # type: ignore[misc]
    print(f"1 point: {single[0] * 1e3:.3f} ms, tree {single[1] * 1e3:.3f} ms, ratio {single[1] / single[0]:.1f}")
    print(f"{POINTS:,} points: {many[0]:.3f} s, tree {many[1]:.3f} s, ratio {many[1] / many[0]:.1f}")


if __name__ == "__main__":
    main()
