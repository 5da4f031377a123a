# SPDX-License-Identifier: EUPL-1.2
"""Every address that makes a PDF has a test that lets the checker of accessibility look at it; a new one without stands out here."""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parents[2]
MAKING = {"as_pdf", "as_pdf_together", "as_download", "pdf_answer"}
CHECKED = {
    "events:badge_queue": "tests/events/test_badge_printing.py::test_the_page_at_the_printer",
    "events:badges": "tests/events/test_badges.py::test_long_names_shrink_and_stay_on_their_label",
    "events:blank_badges": "tests/events/test_badges.py::test_long_names_shrink_and_stay_on_their_label",
    "events:certificate": "tests/events/test_after.py::test_a_certificate_is_checked_by_whoever_has_the_paper_and_types_the_name",
    "events:certificates": "tests/events/test_after.py::test_a_certificate_is_checked_by_whoever_has_the_paper_and_types_the_name",
    "events:door_list": "tests/events/test_after.py::test_the_list_for_the_door_goes_by_family_name",
    "events:feedback_posters": "tests/events/test_feedback.py::test_codes_to_hang_up_are_a_page_each",
    "events:hall_paper": "tests/events/test_stand_pages.py::test_the_hall_is_drawn_filled_and_printed",
    "events:minutes_file": "tests/events/test_minutes.py::test_the_minutes_as_a_document",
    "events:set_up_paper": "tests/events/test_stand_pages.py::test_the_hall_is_drawn_filled_and_printed",
    "publishing:draft": "tests/publishing/test_data_protection.py::test_the_checker_of_accessible_documents_finds_nothing",
    "publishing:press_download": "tests/publishing/test_press_pages.py::test_the_document_is_without_a_fault",
}
"""For each address the test that looks at what it makes."""


def _patterns(found: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, f"{one.namespace}:" if one.namespace else prefix)
        elif one.name:
            yield f"{prefix}{one.name}", one


@cache
def _functions(path: str) -> dict[str, tuple[set[str], bool]]:
    """Give for each function of a module the names that it calls, and whether it names the media type."""
    bodies = [node for node in ast.parse(Path(path).read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]
    return {body.name: (_calls(body), _names_pdf(body)) for body in bodies}


def _calls(body: ast.FunctionDef) -> set[str]:
    return {node.func.id for node in ast.walk(body) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


def _names_pdf(body: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Constant) and node.value == "application/pdf" for node in ast.walk(body))


def _makes_pdf(pattern: URLPattern) -> bool:
    view = inspect.unwrap(pattern.callback)
    path = (inspect.getsourcefile(view) or "") if inspect.isfunction(view) else ""
    if "/asskomm/" not in path:
        return False
    functions, waiting, reached = _functions(path), [view.__name__], set[str]()
    while waiting:
        name = waiting.pop()
        called, names_pdf = functions.get(name, (set(), False))
        if names_pdf or called & MAKING:
            return True
        waiting += called - reached
        reached |= called
    return False


def test_every_address_of_a_pdf_is_known() -> None:
    assert {name for name, pattern in _patterns(get_resolver().url_patterns) if _makes_pdf(pattern)} == CHECKED.keys()


@pytest.mark.parametrize("where", sorted(set(CHECKED.values())))
def test_the_checker_looks_at_it(where: str) -> None:
    file, _colons, name = where.partition("::")
    tests = [node for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef) and node.name == name]
    assert [_calls(test) & {"faults"} for test in tests] == [{"faults"}]
