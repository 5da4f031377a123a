# SPDX-License-Identifier: EUPL-1.2
"""What a release is made of: a CycloneDX bill of materials, and the list of licences; both from what the packages say of themselves."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_CLASSIFIER = "License :: "


@dataclass(frozen=True)
class Part:
    """One package of the release."""

    name: str
    version: str
    licence: str
    sha256: str
    needs: tuple[str, ...] = ()


def wheels_in(folder: Path) -> list[Part]:
    """Read every wheel; of several for other versions of Python each counts."""
    return [_read(path) for path in sorted(folder.glob("*.whl"))]


def _read(path: Path) -> Part:
    with zipfile.ZipFile(path) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        about = HeaderParser().parsestr(wheel.read(name).decode("utf-8"))
    needs = tuple(sorted({_plain(line) for line in about.get_all("Requires-Dist", []) if "extra ==" not in line}))
    return Part(_plain(about["Name"]), about["Version"], _licence(about), hashlib.sha256(path.read_bytes()).hexdigest(), needs)


def _plain(requirement: str) -> str:
    """Give the name of a requirement as the index writes it."""
    name = requirement.lower()
    for end in "[(<>=!~; ":
        name = name.split(end)[0]
    return name.replace("_", "-").replace(".", "-").strip()


def _licence(about: Any) -> str:
    """Give the licence: the expression where there is one, else the classifiers, else the first line of the text."""
    classifiers = [line.split(" :: ")[-1] for line in about.get_all("Classifier", []) if line.startswith(_CLASSIFIER)]
    text = (about["License"] or "").strip().splitlines()
    return about["License-Expression"] or ", ".join(line for line in classifiers if line != "OSI Approved") or (text[0] if text else "siehe Paket")


def _browser(lock: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Give name, version and licence of what browsers load."""
    for place, package in sorted(lock["packages"].items()):
        if place and not package.get("dev"):
            yield place.removeprefix("node_modules/"), package["version"], package.get("license", "siehe Paket")


def bill(parts: Iterable[Part], lock: Mapping[str, Any], version: str, moment: int) -> dict[str, Any]:
    """Give the bill of materials in the form of CycloneDX 1.6."""
    parts = list(parts)
    own = [part for part in parts if part.name == "asskomm"]
    others = [part for part in parts if part.name != "asskomm"]
    known = {part.name: _purl(part) for part in others}
    browser = [_component("library", name, number, f"pkg:npm/{name.replace('@', '%40')}@{number}", licence=licence) for name, number, licence in _browser(lock)]
    root = _component("application", "asskomm", version, f"pkg:pypi/asskomm@{version}", licence=own[0].licence)
    needs = [{"ref": _purl(part), "dependsOn": [known[name] for name in part.needs if name in known]} for part in _once(parts)]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, "".join(part.sha256 for part in parts)).urn,
        "version": 1,
        "metadata": {"timestamp": f"{dt.datetime.fromtimestamp(moment, dt.UTC):%Y-%m-%dT%H:%M:%SZ}", "component": root},
        "components": [*(_component("library", p.name, p.version, _purl(p), licence=p.licence, sha256=p.sha256) for p in _once(others)), *browser],
        "dependencies": needs,
    }


def _once(parts: Iterable[Part]) -> list[Part]:
    """Keep one of each name and version."""
    return list({(part.name, part.version): part for part in parts}.values())


def _purl(part: Part) -> str:
    return f"pkg:pypi/{part.name}@{part.version}"


def _component(kind: str, name: str, version: str, purl: str, *, licence: str, sha256: str = "") -> dict[str, Any]:
    hashes = {"hashes": [{"alg": "SHA-256", "content": sha256}]} if sha256 else {}
    return {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl, "licenses": [{"license": {"name": licence}}], **hashes}


def licences(parts: Iterable[Part], lock: Mapping[str, Any]) -> str:
    """Give a table of packages and licences for people."""
    rows = [(part.name, part.version, part.licence) for part in _once(parts)] + list(_browser(lock))
    return "".join(f"{name:32} {version:16} {licence}\n" for name, version, licence in rows)
