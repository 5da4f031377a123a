# SPDX-License-Identifier: EUPL-1.2
"""Copy the browser files that are shipped, and for tests of pages axe-core, out of a folder that npm filled.

Usage: python tools/collect_browser_files.py NODE_MODULES
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "src/asskomm/core/ui/static/vendor"
FOR_TESTS = ROOT / "tests/browser/vendor"
WEIGHTS = frozenset({"400", "500", "600", "700"})  # those of kern.min.css, and 700 for <strong>
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FONT_FILE = re.compile(r'url\("\./(fira-sans/[\w-]+\.woff2)"\)')


def used_fonts(css: str) -> list[str]:
    """Return the @font-face rules of upright letters in the weights that pages use."""
    return [rule for rule in FONT_FACE.findall(css) if _value(rule, "font-style") == "normal" and _value(rule, "font-weight") in WEIGHTS]


def _value(rule: str, name: str) -> str:
    found = re.search(rf"{name}:\s*([^;}}\s]+)", rule)
    return found.group(1) if found else ""


def collect_kern(package: Path, target: Path) -> None:
    """Fill the target with the style sheet, the fonts in use, and the licence."""
    dist = package / "dist"
    (target / "fonts/fira-sans").mkdir(parents=True)
    rules = used_fonts((dist / "fonts/fira-sans.css").read_text("utf-8"))
    if len(rules) != len(WEIGHTS):
        raise SystemExit(f"fira-sans.css: expected {len(WEIGHTS)} fonts, found {len(rules)}")
    (target / "fonts/fira-sans.css").write_text("\n\n".join(rules) + "\n", "utf-8")
    for name in FONT_FILE.findall("".join(rules)):
        _copy(dist / "fonts" / name, target / "fonts" / name)
    _copy(dist / "kern.min.css", target / "kern.min.css")
    _copy(package / "LICENSE.md", target / "LICENSE.md")


def collect_htmx(package: Path, target: Path) -> None:
    """Fill the target with the script and its licence."""
    target.mkdir(parents=True)
    _copy(package / "dist/htmx.min.js", target / "htmx.min.js")
    _copy(package / "LICENSE", target / "LICENSE")


def collect_qr(package: Path, target: Path) -> None:
    """Fill the target with the reader of QR codes, the module it needs, and their licence."""
    target.mkdir(parents=True)
    for name in ("decode.js", "index.js"):
        _copy(package / name, target / name)
    _copy(package / "LICENSE-MIT", target / "LICENSE")


def _copy(source: Path, target: Path) -> None:
    """Copy the contents alone: the packages' own dates lie in 1985 and would confuse caches."""
    shutil.copyfile(source, target)


def main(modules: Path) -> None:
    """Replace the shipped folder as a whole, so that a page never finds half of it."""
    fresh = SHIPPED.with_name(".vendor-new")
    shutil.rmtree(fresh, ignore_errors=True)
    collect_kern(modules / "@kern-ux/native", fresh / "kern")
    collect_htmx(modules / "htmx.org", fresh / "htmx")
    collect_qr(modules / "qr", fresh / "qr")
    shutil.rmtree(SHIPPED, ignore_errors=True)
    fresh.rename(SHIPPED)
    axe = modules / "axe-core/axe.min.js"
    if axe.exists():
        FOR_TESTS.mkdir(parents=True, exist_ok=True)
        _copy(axe, FOR_TESTS / "axe.min.js")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
