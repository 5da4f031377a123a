# SPDX-License-Identifier: EUPL-1.2
"""What our scripts do in a browser that others have reason to ask about."""

import re
from pathlib import Path

import asskomm

PACKAGE = Path(asskomm.__file__).parent
SCRIPTS = {path.name: path.read_text("utf-8") for path in PACKAGE.glob("**/static/**/*.js") if "vendor" not in path.parts}
KEEPING = re.compile(r"localStorage|sessionStorage|indexedDB|\bcaches\b|document\.cookie")
MARKUP = re.compile(r"(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|setHTMLUnsafe)\b.*")
CODE = re.compile(r"\beval\(|new Function|setTimeout\([\"'`]|postMessage")
NAMED = re.compile(r"\w\[[^\]\n\"'`\d]+\]\s*=[^=>]|Object\.assign|__proto__|\.prototype\b")


def test_the_scripts_are_found() -> None:
    assert {"menu.js", "entrance.js", "entrance-worker.js", "passkey.js"} <= SCRIPTS.keys()


def test_these_scripts_use_what_a_browser_keeps_and_no_other() -> None:
    kept = {name: sorted(set(KEEPING.findall(text))) for name, text in SCRIPTS.items() if KEEPING.search(text)}
    assert kept == {
        "entrance-forget.js": ["caches", "indexedDB"],
        "entrance-worker.js": ["caches"],
        "entrance.js": ["indexedDB"],
        "favourites.js": ["localStorage"],
    }


def test_markup_is_written_at_one_place_and_holds_no_input() -> None:
    assert {name: MARKUP.findall(text) for name, text in SCRIPTS.items() if MARKUP.search(text)} == {
        "entrance.js": ["""innerHTML = '<span class="kern-label"></span>';"""]
    }


def test_nothing_that_is_read_is_run_or_sent_to_other_pages() -> None:
    assert {name: CODE.findall(text) for name, text in SCRIPTS.items() if CODE.search(text)} == {}


def test_no_script_writes_under_a_name_from_outside() -> None:
    assert {name: NAMED.findall(text) for name, text in SCRIPTS.items() if NAMED.search(text)} == {}
    assert all(NAMED.search(line) for line in ("kept[name] = 1", "Object.assign(a, b)", "Array.prototype.x = 1"))
