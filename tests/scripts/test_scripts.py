# SPDX-License-Identifier: EUPL-1.2
"""The scripts parse, and the lock files bind every package to its contents and none to an address."""

from __future__ import annotations

import gettext
import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import unavailable
from tools.collect_browser_files import used_fonts
from tools.compile_messages import compile_catalogue

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = [*sorted((ROOT / "script").iterdir()), ROOT / ".ci/run"]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+( ; [^\\]+)?( --hash=sha256:[0-9a-f]{64})+")
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "council"
msgstr "Präventionsrat"

#, fuzzy
msgid "mayor"
msgstr "Bürgerin"

msgid "one place"
msgid_plural "%(n)s places"
msgstr[0] "ein Ort"
msgstr[1] "%(n)s Orte"
"""
FONT = '@font-face {{ src: url("./fira-sans/{name}.woff2"); font-weight: {weight}; font-style: {style}; }}'


def pins(lock: Path) -> list[str]:
    """Return the lock's requirements, each with its hashes on one line."""
    return re.sub(r" \\\n +", " ", lock.read_text("utf-8")).splitlines()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_parses_stops_at_errors_and_may_be_run(script: Path) -> None:
    subprocess.run(["bash", "-n", script], check=True)
    head = script.read_text("utf-8").splitlines()
    assert head[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in head
    assert script.stat().st_mode & 0o111 == 0o111


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_requirement_has_a_version_and_hashes_and_nothing_else(lock: Path) -> None:
    assert [line for line in pins(lock) if not PIN.fullmatch(line)] == []


@pytest.mark.parametrize("lock", [*LOCKS, ROOT / "package-lock.json"], ids=lambda path: path.name)
def test_no_lock_holds_an_address(lock: Path) -> None:
    assert "http" not in re.sub(r"^http[\w-]*==", "", lock.read_text("utf-8"), flags=re.MULTILINE)


def test_every_browser_file_is_bound_to_its_contents() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert [name for name, package in fetched.items() if "resolved" in package or not package.get("integrity", "").startswith("sha512-")] == []


def test_locks_agree_on_every_version() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for line in pins(lock):
            name, rest = line.split("==", 1)
            versions.setdefault(name + rest.partition(";")[2].split("--")[0], set()).add(rest.split()[0])
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_a_catalogue_is_compiled_without_guesses(tmp_path: Path) -> None:
    source = tmp_path / "de/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE, "utf-8")
    with compile_catalogue(source).open("rb") as compiled:
        texts = gettext.GNUTranslations(compiled)
    assert texts.gettext("council") == "Präventionsrat"
    assert texts.gettext("mayor") == "mayor"
    assert texts.ngettext("one place", "%(n)s places", 2) == "%(n)s Orte"


def test_only_upright_fonts_of_the_weights_in_use_are_shipped() -> None:
    light, regular, italic = (FONT.format(name=n, weight=w, style=s) for n, w, s in [("L", 300, "normal"), ("R", 400, "normal"), ("I", 400, "italic")])
    assert used_fonts(light + regular + italic) == [regular]


def test_what_a_machine_lacks_is_left_out_and_a_fault_where_everything_is_meant_to_be_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="nginx"):
        unavailable("nginx is not installed")
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match="nginx"):
        unavailable("nginx is not installed")


def test_nothing_is_left_out_for_want_of_a_tool_without_saying_so() -> None:
    """These skip for other reasons: data that lie beside the project, the other database."""
    skips = re.compile(r"pytest\.skip\(\"([^\"]+)\"\)")
    found = {reason for path in (ROOT / "tests").rglob("*.py") for reason in skips.findall(path.read_text("utf-8"))}
    assert found == {
        "needs PostgreSQL",
        "the boundaries before the simplification are not beside the project (shared/data)",
        "the development data are not here",
        "tried above with a real disk",
    }
