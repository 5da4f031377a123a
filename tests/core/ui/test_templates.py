# SPDX-License-Identifier: EUPL-1.2
"""No template holds a script or a style of its own."""

import re
from pathlib import Path

import pytest

import asskomm

PACKAGE = Path(asskomm.__file__).parent
TEMPLATES = sorted(path for folder in PACKAGE.glob("**/templates") for path in folder.rglob("*") if path.is_file())
OWN_SCRIPT = r"""(?! src="\{% static '[^']+' %\}"(?: defer)?></script>)"""
INLINE = re.compile(rf"\bstyle\s*=|<style|<script{OWN_SCRIPT}|\son[a-z]+\s*=|javascript:", re.IGNORECASE)


def test_the_templates_are_found() -> None:
    assert {"base.html", "login.html", "municipality.html", "map.html"} <= {path.name for path in TEMPLATES}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_is_inline(path: Path) -> None:
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("markup", ['<p style="x">', "<STYLE>", "<script src=x>", "<a\nonclick = 'x'>", '<a href="javascript:x">'])
def test_the_search_finds_what_it_looks_for(markup: str) -> None:
    assert len(INLINE.findall(markup)) == 1


FINISHED = re.compile(r"mark_safe\(|SafeString\(|\|safe\b|autoescape off|format_html|html_safe|__html__")


def test_finished_markup_is_made_at_these_places_only() -> None:
    """Each of them was looked at: own words, or escaped before. Whoever adds one looks again."""
    files = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".html", ".txt"} and "static" not in path.parts]
    found = {str(path.relative_to(PACKAGE)): len(FINISHED.findall(path.read_text(encoding="utf-8"))) for path in files}
    assert {path: count for path, count in found.items() if count} == {
        "alliance/interfaces/desk_boxes.py": 1,
        "alliance/interfaces/drawing.py": 1,
        "core/mail/domain/letters.py": 1,
        "core/ui/templates/ui/field.html": 1,
        "events/interfaces/programme_drawing.py": 1,
        "publishing/templates/publishing/handbook_page.html": 1,
        "publishing/templates/publishing/press_sheet.html": 1,
    }
