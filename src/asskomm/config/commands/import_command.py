# SPDX-License-Identifier: EUPL-1.2
"""Read a file in: preview, and take over with --commit."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from asskomm.config.cli import CommandError, require_prepared, start_django

if TYPE_CHECKING:
    from asskomm.alliance.domain.drafts import EventDraft
    from asskomm.core.imports import Preview

VISIBLE_TO = {"alliance": "alliance", "public": "public", "private": "private", "allianz": "alliance", "öffentlich": "public", "privat": "private"}


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("what", choices=["events"], metavar="WAS", help="was die Datei enthält: events (Ereignisse)")
    parser.add_argument("file", type=Path, metavar="DATEI", help="CSV- oder XLSX-Datei")
    parser.add_argument("--commit", action="store_true", help="die angenommenen Zeilen übernehmen")
    parser.add_argument("--visible-to", choices=sorted(VISIBLE_TO), default="alliance", help="für wen die Ereignisse sichtbar sind (alliance)")
    parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")


def run(options: Namespace) -> int:
    """Show the preview, record with --commit; 1 where something was rejected."""
    start_django()
    require_prepared()
    from django.conf import settings

    from asskomm.alliance.interfaces.importer import EventReader, preview_events, take_over
    from asskomm.core.visibility import SYSTEM, Visibility

    if not options.file.is_file():
        raise CommandError(f"Die Datei {options.file} gibt es nicht.")
    if options.file.stat().st_size > settings.UPLOAD_LIMIT:
        raise CommandError(f"Die Datei ist größer als {settings.UPLOAD_LIMIT // 1024**2} MB (Einstellung ASSKOMM_UPLOAD_LIMIT_MB).")
    preview = preview_events(options.file, EventReader.load(SYSTEM, Visibility(VISIBLE_TO[options.visible_to])))
    if options.commit:
        take_over(preview, by=SYSTEM)
    result = preview.as_json() | {"committed": options.commit}
    print(json.dumps(result, ensure_ascii=False, indent=2) if options.json else _in_words(preview, committed=options.commit))
    return 1 if preview.rejected else 0


def _in_words(preview: "Preview[EventDraft]", *, committed: bool) -> str:
    done = "übernommen" if committed else "können übernommen werden"
    lines = [f"{len(preview.accepted)} Zeilen {done}, {len(preview.rejected)} nicht, {len(preview.duplicates)} schon bekannt."]
    lines += [f"  Zeile {r.row}, Spalte {r.column}: {r.value!r}: {r.reason}" for r in preview.rejected]
    return "\n".join([*lines, *([] if committed else ["Übernehmen mit --commit."])])
