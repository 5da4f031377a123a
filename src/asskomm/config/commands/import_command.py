# SPDX-License-Identifier: EUPL-1.2
"""Read a file in: preview, take over with --commit, undo with --undo; --list says what can be, --sample writes a file to start from."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from asskomm.config.cli import CommandError, require_prepared, start_django
from asskomm.config.import_report import in_words, kinds, kinds_in_words, report_of

if TYPE_CHECKING:
    from asskomm.core.imports.models import Batch
    from asskomm.core.jobs.models import Job

VISIBLE_TO = {"alliance": "alliance", "public": "public", "private": "private", "allianz": "alliance", "öffentlich": "public", "privat": "private"}


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("what", nargs="?", metavar="WAS", help="was die Datei enthält, zum Beispiel events (Ereignisse); auto erkennt es selbst")
    parser.add_argument("file", nargs="?", type=Path, metavar="DATEI", help="die Datei")
    parser.add_argument("--commit", action="store_true", help="die angenommenen Zeilen übernehmen")
    parser.add_argument("--list", action="store_true", help="auflisten, was eingelesen werden kann, wie die Datei aussieht und woher es sie gibt")
    parser.add_argument("--sample", action="store_true", help="statt zu lesen die Vorlage schreiben; ohne DATEI unter ihrem eigenen Namen")
    parser.add_argument("--undo", metavar="EINLESUNG", help="rückgängig machen, was eine Datei angelegt hat")
    parser.add_argument("--visible-to", choices=sorted(VISIBLE_TO), default="alliance", help="für wen die Ereignisse sichtbar sind (alliance)")
    parser.add_argument("--option", action="append", default=[], metavar="NAME=WERT", help="was beim Übernehmen zu wählen ist, zum Beispiel on=2026-01-01")
    parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")


def run(options: Namespace) -> int:
    """Show the preview, write with --commit; 1 where something was rejected."""
    if not options.undo and not options.list and not (options.what and (options.file or options.sample)):
        raise CommandError("Nennen Sie, was eingelesen wird, und die Datei: asskomm import events DATEI")
    start_django()
    if options.list:
        print(json.dumps(kinds(), ensure_ascii=False, indent=2) if options.json else kinds_in_words())
        return 0
    if options.sample:
        return _write_sample(options.what, options.file)
    require_prepared()
    if options.undo:
        return _undo(options.undo)
    chosen = dict(_chosen(text) for text in options.option)
    batch = _read(options.what, options.file)
    _refuse_unknown(chosen, batch)
    if options.commit:
        _take_over(batch, {"visibility": VISIBLE_TO[options.visible_to], **chosen})
    report = report_of(batch, committed=options.commit)
    print(json.dumps(report, ensure_ascii=False, indent=2) if options.json else in_words(report, batch.kind))
    if not options.commit:
        _drop(batch)
    return 1 if report["rejected"] else 0


def _write_sample(what: str, path: Path | None) -> int:
    from asskomm.core.imports import IMPORTERS

    if what not in IMPORTERS:
        raise CommandError(f"„{what}“ kann nicht eingelesen werden. Möglich: {', '.join(sorted(IMPORTERS.keys()))}.")
    name, content = IMPORTERS[what].sample()
    target = path or Path(name)
    try:
        with target.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise CommandError(f"Die Datei {target} gibt es schon.") from None
    print(target)
    return 0


def _read(what: str, path: Path) -> "Batch":
    from django.conf import settings

    from asskomm.core.imports.domain import door, files
    from asskomm.core.visibility import SYSTEM

    if not path.is_file():
        raise CommandError(f"Die Datei {path} gibt es nicht.")
    if path.stat().st_size > settings.UPLOAD_LIMIT:
        raise CommandError(f"Die Datei ist größer als {settings.UPLOAD_LIMIT // 1024**2} MB (Einstellung ASSKOMM_UPLOAD_LIMIT_MB).")
    batch = door.receive(path.name, files.blocks_of(path), by=SYSTEM, importer="" if what == "auto" else what)
    return _after(batch)


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
    from asskomm.core.visibility import SYSTEM

    try:
        job = door.take_over(batch, by=SYSTEM, options=options)
    except door.DoorError as fault:
        _drop(batch)
        raise CommandError(str(fault)) from None
    _after(job)
    batch.refresh_from_db()


def _undo(reference: str) -> int:
    from asskomm.core.imports.domain import door
    from asskomm.core.imports.models import Batch
    from asskomm.core.visibility import SYSTEM

    batch = Batch.objects.filter(reference=reference).first()
    if batch is None:
        raise CommandError(f"Die Einlesung „{reference}“ gibt es nicht.")
    _after(door.undo(batch, by=SYSTEM))
    print(f"{batch.file_name}: rückgängig gemacht.")
    return 0


def _drop(batch: "Batch") -> None:
    from asskomm.core.imports.domain import door
    from asskomm.core.visibility import SYSTEM

    door.drop(batch, by=SYSTEM)


def _after(batch: "Batch") -> "Batch":
    """Wait for the batch's job, and show at a terminal how far it is.

    Raises
    ------
        CommandError: it did not end well; with its sentence.
    """
    from asskomm.core.jobs.domain.worker import carry_out

    if batch.job is None:
        raise CommandError("Der Auftrag ist nicht mehr da.")
    job = carry_out(batch.job, _tell if sys.stderr.isatty() else _keep_quiet)
    batch.refresh_from_db()
    if job.state != "done":
        raise CommandError(batch.fault or job.fault or "Der Auftrag wurde abgebrochen.")
    return batch


def _tell(job: "Job") -> None:
    """Say in one line, written anew each time, how far a job is."""
    from asskomm.core.jobs import TASKS

    print(f"\r{TASKS[job.task].name}: {job.percent} %", end="\n" if job.ended else "", file=sys.stderr, flush=True)


def _keep_quiet(_job: "Job") -> None:
    """Say nothing to a file or a program that reads along."""
