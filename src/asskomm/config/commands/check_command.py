# SPDX-License-Identifier: EUPL-1.2
"""Look whether the installation is sound."""

import json
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from asskomm.config.cli import start_django

if TYPE_CHECKING:
    from asskomm.core.operation.examination import Found

WORDS = {"ok": "in Ordnung", "warning": "WARNUNG", "fault": "FEHLER"}


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")


def run(options: Namespace) -> int:
    """Print each finding; 1 where something is wrong now."""
    start_django()
    from asskomm.core.operation import Level
    from asskomm.core.operation.examination import examine

    found = examine()
    print(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=2) if options.json else "\n".join(map(_line, found)))
    return 1 if any(one.level == Level.FAULT for one in found) else 0


def _as_json(one: "Found") -> dict[str, str]:
    return {"key": one.key, "name": one.name, "level": one.level, "text": one.finding.text, "remedy": one.finding.remedy}


def _line(one: "Found") -> str:
    remedy = f"\n            → {one.finding.remedy}" if one.finding.remedy else ""
    return f"{WORDS[one.level]:10}  {one.finding.text}{remedy}"
