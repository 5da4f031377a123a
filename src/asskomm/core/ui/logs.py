# SPDX-License-Identifier: EUPL-1.2
"""The log: one line each, as text or JSON; addresses are cut to their path, so no personal data get in."""

import json
import logging
import re

from typing_extensions import override

from asskomm.core.ui.requests import request_id

_SIGNED = "anmeldung", "mitwirken", "vorschlag", "vorschlag-gemeinsam", "rueckmeldung", "stand", "terminfindung/antwort"
_SECRET = re.compile(
    r"(?<=/einloggen/link/)[^\s/]+|(?<=/kalender/)[^\s/]+|(?<=/abbestellen/)[^\s/]+(/[^\s/]+){0,2}|"
    rf"({'|'.join(f'(?<=/{start}/)' for start in _SIGNED)}|(?<=/terminfindung/)(?!antwort/)|(?<= /einlass/))[^\s/]+/[^\s/]+"
)
"""Whatever is reached by a link alone (one-time links, calendars, registrations, proposals, votes, feedback …) carries its secret in the address."""
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")


def cleaned(text: str) -> str:
    """Take mail addresses, secrets of links and line breaks out of a message.

    >>> cleaned("no account for erika@example.org")
    'no account for [address]'
    """
    return _SECRET.sub("[secret]", _MAIL.sub("[address]", " ".join(text.splitlines())))


def _message(record: logging.LogRecord) -> str:
    text = cleaned(record.getMessage())
    if record.exc_info and record.exc_info[0]:
        trace = logging.Formatter().formatException(record.exc_info).splitlines()
        frames = [line for line in trace[:-1] if line.startswith("  File")]
        text += " | " + record.exc_info[0].__name__ + " | " + " <- ".join(frame.strip() for frame in reversed(frames[-6:]))
    return text


_TIME = "%Y-%m-%dT%H:%M:%S%z"


class TextFormatter(logging.Formatter):
    """One readable line."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return f"{self.formatTime(record, _TIME)} {record.levelname} {record.name} {request_id() or '-'} {_message(record)}"


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": self.formatTime(record, _TIME),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id(),
            "message": _message(record),
        }
        return json.dumps(entry, ensure_ascii=False)
