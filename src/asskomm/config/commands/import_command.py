# SPDX-License-Identifier: EUPL-1.2
"""Read a file in: preview, take over with --commit, undo with --undo."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asskomm.config.cli import CommandError, require_prepared, start_django

if TYPE_CHECKING:
    from asskomm.core.imports import Importer
    from asskomm.core.imports.models import Batch

VISIBLE_TO = {"alliance": "alliance", "public": "public", "private": "private", "allianz": "alliance", "öffentlich": "public", "privat": "private"}


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("what", nargs="?", metavar="WAS", help="was die Datei enthält, zum Beispiel events (Ereignisse); auto erkennt es selbst")
    parser.add_argument("file", nargs="?", type=Path, metavar="DATEI", help="die Datei")
    parser.add_argument("--commit", action="store_true", help="die angenommenen Zeilen übernehmen")
    parser.add_argument("--undo", metavar="EINLESUNG", help="rückgängig machen, was eine Datei angelegt hat")
    parser.add_argument("--visible-to", choices=sorted(VISIBLE_TO), default="alliance", help="für wen die Ereignisse sichtbar sind (alliance)")
    parser.add_argument("--option", action="append", default=[], metavar="NAME=WERT", help="was beim Übernehmen zu wählen ist, zum Beispiel on=2026-01-01")
    parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")


def run(options: Namespace) -> int:
    """Show the preview, write with --commit; 1 where something was rejected."""
    if not options.undo and not (options.what and options.file):
        raise CommandError("Nennen Sie, was eingelesen wird, und die Datei: asskomm import events DATEI")
    start_django()
    require_prepared()
    if options.undo:
        return _undo(options.undo)
    chosen = dict(_chosen(text) for text in options.option)
    batch = _read(options.what, options.file)
    _refuse_unknown(chosen, batch)
    if options.commit:
        _take_over(batch, {"visibility": VISIBLE_TO[options.visible_to], **chosen})
    result = _result(batch, committed=options.commit)
    print(json.dumps(result, ensure_ascii=False, indent=2) if options.json else _in_words(result, batch.kind))
    if not options.commit:
        _drop(batch)
    return 1 if result["rejected"] else 0


def _read(what: str, path: Path) -> "Batch":
    from django.conf import settings

    from asskomm.core.imports.domain import door, files
    from asskomm.core.jobs.domain.worker import carry_out
    from asskomm.core.visibility import SYSTEM

    if not path.is_file():
        raise CommandError(f"Die Datei {path} gibt es nicht.")
    if path.stat().st_size > settings.UPLOAD_LIMIT:
        raise CommandError(f"Die Datei ist größer als {settings.UPLOAD_LIMIT // 1024**2} MB (Einstellung ASSKOMM_UPLOAD_LIMIT_MB).")
    batch = door.receive(path.name, files.blocks_of(path), by=SYSTEM, importer="" if what == "auto" else what)
    return _after(batch, carry_out)


def _chosen(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise CommandError(f"„{text}“ ist keine Wahl. Schreiben Sie zum Beispiel --option on=2026-01-01.")
    return name, value


def _refuse_unknown(chosen: Mapping[str, str], batch: "Batch") -> None:
    """Refuse what cannot be chosen for this kind of file.

    Raises
    ------
        CommandError: with what can.
    """
    known = batch.kind.options
    if unknown := [name for name in chosen if name not in known]:
        _drop(batch)
        raise CommandError(f"„{unknown[0]}“ ist bei „{batch.kind.name}“ nicht zu wählen. Möglich: {', '.join(known) or 'nichts'}.")


def _take_over(batch: "Batch", options: Mapping[str, str]) -> None:
    from asskomm.core.imports.domain import door
    from asskomm.core.jobs.domain.worker import carry_out
    from asskomm.core.visibility import SYSTEM

    try:
        job = door.take_over(batch, by=SYSTEM, options=options)
    except door.DoorError as fault:
        _drop(batch)
        raise CommandError(str(fault)) from None
    _after(job, carry_out)
    batch.refresh_from_db()


def _undo(reference: str) -> int:
    from asskomm.core.imports.domain import door
    from asskomm.core.imports.models import Batch
    from asskomm.core.jobs.domain.worker import carry_out
    from asskomm.core.visibility import SYSTEM

    batch = Batch.objects.filter(reference=reference).first()
    if batch is None:
        raise CommandError(f"Die Einlesung „{reference}“ gibt es nicht.")
    _after(door.undo(batch, by=SYSTEM), carry_out)
    print(f"{batch.file_name}: rückgängig gemacht.")
    return 0


def _drop(batch: "Batch") -> None:
    from asskomm.core.imports.domain import door
    from asskomm.core.visibility import SYSTEM

    door.drop(batch, by=SYSTEM)


def _after(batch: "Batch", carry_out: Any) -> "Batch":
    """Wait for the batch's job.

    Raises
    ------
        CommandError: it did not end well; with its sentence.
    """
    job = carry_out(batch.job)
    batch.refresh_from_db()
    if job.state != "done":
        raise CommandError(batch.fault or job.fault or "Der Auftrag wurde abgebrochen.")
    return batch


def _result(batch: "Batch", *, committed: bool) -> dict[str, Any]:
    rejected = [{name: getattr(r, name) for name in ("row", "column", "value", "reason", "nearest")} for r in batch.rejections.all()]
    return {
        "reference": batch.reference,
        "kind": batch.importer,
        "accepted": batch.written if committed else batch.accepted,
        "rejected": rejected,
        "duplicates": batch.duplicates,
        "duplicate_rows": batch.duplicate_rows,
        "repairs": list(batch.repairs),
        "committed": committed,
    }


def _in_words(result: dict[str, Any], kind: "Importer") -> str:
    done = "übernommen" if result["committed"] else "können übernommen werden"
    lines = [f"{result['accepted']} Zeilen {done}, {len(result['rejected'])} nicht, {result['duplicates']} schon bekannt."]
    for r in result["rejected"]:
        where = f"Zeile {r['row']}, Spalte {kind.columns.get(r['column'], r['column'])}" if r["row"] else "Datei"
        lines.append(f"  {where}: {r['value']!r}: {r['reason']}")
    undo = f"Rückgängig machen: asskomm import --undo {result['reference']}"
    return "\n".join([*lines, undo if result["committed"] else "Übernehmen mit --commit."])
