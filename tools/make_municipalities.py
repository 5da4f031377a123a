# SPDX-License-Identifier: EUPL-1.2
"""Make the tables municipalities.csv and districts.csv in src/asskomm/territory/data/.

Sources: the register of municipalities of the Landesdirektion Sachsen (February 2026), the Zensus 2022 and a list of mergers, all in one folder, and
the keys of 2016 in the boundaries of the npm package that tools/make_boundaries.py names:

    python tools/make_municipalities.py <folder of the tables> package/gemeinden.geo.json

The same input gives the same bytes. What comes from where is in src/asskomm/territory/data/SOURCES.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

TARGET = Path(__file__).parents[1] / "src/asskomm/territory/data"
REGISTER, CENSUS, MERGERS = "register_saxony_2026-02.csv", "zensus2022_sachsen_gemeinden.csv", "mergers_2017_2023.csv"
STATE = "14"
CENSUS_DAY = "2022-05-15"
INDEPENDENT_CITIES = ("14511000", "14612000", "14713000")
TYPES_NOT_IN_SOURCE = {"14521030": "large_district_town"}  # Aue until 2018; the boundaries of 2016 only say "Stadt"

Table = list[dict[str, str]]
Merger = dict[str, str]


@dataclass(frozen=True)
class District:
    """One line of districts.csv."""

    key: str
    name: str
    type: str


@dataclass(frozen=True)
class Municipality:
    """One line of municipalities.csv."""

    ags: str
    ars: str
    name: str
    type: str
    district: str
    population: str = ""
    population_on: str = ""
    postcode: str = ""
    homepage: str = ""
    valid_from: str = ""
    valid_to: str = ""
    successor: str = ""


def read(path: Path, delimiter: str = ",") -> Table:
    """The lines of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def keys_of_2016(path: Path) -> dict[str, dict[str, Any]]:
    """The properties of the state's municipalities in the boundaries of 2016, by key."""
    content = json.loads(path.read_text(encoding="utf-8"))
    found = (feature["properties"] for item in content for feature in item.get("features", [item]))
    return {properties["AGS"]: properties for properties in found if properties["AGS"].startswith(STATE)}


def plain_name(official: str) -> str:
    """The name without titles and without the Sorbian name: "Elstra, Stadt / Halštrow" gives "Elstra"."""
    return re.split(r",| / ", official)[0].strip()


def type_of(key: str, *official: str) -> str:
    """The type by the titles behind the name in any of the sources."""
    if key in INDEPENDENT_CITIES:
        return "independent_city"
    titles = " ".join(name.partition(",")[2] for name in official)
    if "Große Kreisstadt" in titles:
        return "large_district_town"
    return "town" if re.search(r"\bStadt\b", titles) else "municipality"


def homepage(address: str) -> str:
    """The address with one scheme only (the register has "http://https://…" once)."""
    return re.sub(r"^http://(?=https?://)", "", address.strip())


def _raised(kind: str, mayor: str) -> str:
    """A town with a lord mayor is a Große Kreisstadt (§ 51 (4) SächsGemO), even where the register leaves the title out."""
    return "large_district_town" if kind == "town" and mayor.startswith("Oberbürgermeister") else kind


def current(line: dict[str, str], census: dict[str, dict[str, str]]) -> Municipality:
    """A municipality of today."""
    key, official, counted = line["SCHLNR"], line["GEMEINDE"], census.get(line["SCHLNR"], {})
    return Municipality(
        ags=key,
        ars=counted.get("ars", ""),
        name=plain_name(official),
        type=_raised(type_of(key, official, counted.get("name", "")), line["AMTSBEZ_BM"]),
        district=key[:5],
        population=counted.get("personen_2022_05_15", ""),
        postcode=line["PLZ"],
        homepage=homepage(line["HOMEPAGE"]),
    )


def ended(merger: Merger, properties: dict[str, Any], census: dict[str, dict[str, str]]) -> Municipality:
    """A municipality that went into another one."""
    key = merger["ended_key"]
    return Municipality(
        ags=key,
        ars=properties["RS"],
        name=merger["ended_name"],
        type=TYPES_NOT_IN_SOURCE.get(key) or type_of(key, f", {properties['BEZ']}"),
        district=key[:5],
        population=census.get(key, {}).get("personen_2022_05_15", ""),
        valid_to=(date.fromisoformat(merger["valid_from"]) - timedelta(days=1)).isoformat(),
        successor=merger["into_key"],
    )


def started(row: Municipality, mergers: list[Merger], census: dict[str, dict[str, str]]) -> Municipality:
    """The same row; a new key gets its first day and, where the census still counted the parts, their sum."""
    parts = [merger for merger in mergers if merger["into_key"] == row.ags]
    counted = [census[merger["ended_key"]]["personen_2022_05_15"] for merger in parts if merger["ended_key"] in census]
    population = row.population or str(sum(int(number) for number in counted))
    return replace(row, valid_from=parts[0]["valid_from"], population=population)


def municipalities(folder: Path, former: dict[str, dict[str, Any]]) -> list[Municipality]:
    """All municipalities since 2016, sorted by key."""
    census = {line["ags"]: line for line in read(folder / CENSUS)}
    mergers = read(folder / MERGERS)
    rows = [current(line, census) for line in read(folder / REGISTER, ";") if len(line["SCHLNR"]) == len("14511000")]
    rows = [row if row.ags in former else started(row, mergers, census) for row in rows]
    rows += [ended(merger, former[merger["ended_key"]], census) for merger in mergers]
    dated = (replace(row, population_on=CENSUS_DAY) if row.population else row for row in rows)
    return sorted(dated, key=lambda row: row.ags)


def districts(folder: Path) -> list[District]:
    """The districts and independent cities, sorted by key."""
    rows = []
    for line in read(folder / REGISTER, ";"):
        if len(line["SCHLNR"]) == len("14521"):
            rows.append(District(line["SCHLNR"], line["GEMEINDE"], "district"))
        if line["SCHLNR"] in INDEPENDENT_CITIES:
            rows.append(District(line["NR_KRS"], plain_name(line["GEMEINDE"]), "independent_city"))
    return sorted(rows, key=lambda row: row.key)


def write(path: Path, kind: type, rows: Iterable[Any]) -> None:
    """Write a table with the fields of `kind` as its header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(kind)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def main() -> None:
    """Read the sources and write both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with the register, the census and the mergers")
    parser.add_argument("boundaries", type=Path, help="gemeinden.geo.json of the npm package")
    arguments = parser.parse_args()
    rows = municipalities(arguments.folder, keys_of_2016(arguments.boundaries))
    write(TARGET / "municipalities.csv", Municipality, rows)
    write(TARGET / "districts.csv", District, districts(arguments.folder))
    print(f"{len(rows)} municipalities, {sum(not row.valid_to for row in rows)} of them today")


if __name__ == "__main__":
    main()
