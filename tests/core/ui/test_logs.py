# SPDX-License-Identifier: EUPL-1.2
"""A log line is one line, without persons in it."""

import json
import logging
import re
import sys

import pytest

from asskomm.core.ui import requests
from asskomm.core.ui.logs import JsonFormatter, TextFormatter, cleaned
from tests.addresses import OPEN_PARTS, SECRET, SECRET_PARTS, parts, secret_paths


def _record(message: str, *arguments: object, failed: bool = False) -> logging.LogRecord:
    fault = None
    if failed:
        try:
            try:
                int("erika@example.org wohnt hier")
            except ValueError:
                dict[str, str]()["Musterfrau"]
        except KeyError:
            fault = sys.exc_info()
    return logging.LogRecord("asskomm.toy", logging.WARNING, __file__, 1, message, arguments, fault)


@pytest.fixture
def known_id() -> object:
    """A request is going on."""
    token = requests._current.set("abc123")
    yield
    requests._current.reset(token)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("no account for erika@example.org", "no account for [address]"),
        ("<erika.müller+x@amt.sachsen.de>, kai@localhost", "<[address]>, [address]"),
        ("5 @ 3", "5 @ 3"),
        ("Forbidden (CSRF cookie not set.): /einloggen/link/a1-B2_c3/", "Forbidden (CSRF cookie not set.): /einloggen/link/[secret]/"),
        ("Not Found: /kalender/a1-B2_c3.ics", "Not Found: /kalender/[secret]"),
        ("Gone: /anmeldung/6p3gb6aw5rsc/82e0fdd4/", "Gone: /anmeldung/[secret]/"),
        ("Gone: /mitwirken/6p3gb6aw5rsc/82e0fdd4/absagen/", "Gone: /mitwirken/[secret]/absagen/"),
        ("Gone: /einlass/6p3gb6aw5rsc/82e0fdd4/", "Gone: /einlass/[secret]/"),
        ("Gone: /terminfindung/6p3gb6aw5rsc/82e0fdd4/", "Gone: /terminfindung/[secret]/"),
        ("Gone: /terminfindung/antwort/6p3gb6aw5rsc/82e0fdd4/", "Gone: /terminfindung/antwort/[secret]/"),
        ("Gone: /abbestellen/6p3gb6aw5rsc/reminder/82e0fdd4/", "Gone: /abbestellen/[secret]/"),
        ("Not Found: /veranstaltungen/x/einlass/abgleich/y/", "Not Found: /veranstaltungen/x/einlass/abgleich/y/"),
        ("Not Found: /einloggen/link/", "Not Found: /einloggen/link/"),
        ("eins\nzwei\r\ndrei", "eins zwei drei"),
    ],
)
def test_a_message_is_cleaned(text: str, clean: str) -> None:
    assert cleaned(text) == clean


def test_of_every_part_of_an_address_is_known_whether_it_is_secret() -> None:
    assert parts() == OPEN_PARTS | SECRET_PARTS


@pytest.mark.parametrize("path", secret_paths())
def test_no_address_brings_its_secret_into_the_log(path: str) -> None:
    assert SECRET not in cleaned(f"Not Found: {path}")


def test_text_is_one_readable_line(known_id: object) -> None:
    line = TextFormatter().format(_record("Not Found: %s\nERROR forged", "/pfad/"))
    assert re.fullmatch(r"[\d-]+T[\d:]+[+-]\d{4} WARNING asskomm\.toy abc123 Not Found: /pfad/ ERROR forged", line)


def test_outside_of_a_request_a_dash_stands_for_the_id() -> None:
    assert TextFormatter().format(_record("bereit")).endswith(" WARNING asskomm.toy - bereit")


def test_json_is_one_object(known_id: object) -> None:
    line = JsonFormatter().format(_record("Grüße an %s", "erika@example.org"))
    entry = json.loads(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}", entry.pop("time"))
    assert entry == {"level": "WARNING", "logger": "asskomm.toy", "request": "abc123", "message": "Grüße an [address]"}
    assert "\n" not in line


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()])
def test_a_fault_is_logged_with_kind_and_places_and_without_its_text(formatter: logging.Formatter) -> None:
    line = formatter.format(_record("Internal Server Error: /", failed=True))
    assert "Internal Server Error: / | KeyError | File " in line
    assert "in _record" in line
    assert "\n" not in line
    assert not any(word in line for word in ("erika", "wohnt", "Musterfrau"))
