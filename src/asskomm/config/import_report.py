# SPDX-License-Identifier: EUPL-1.2
"""What `asskomm import` tells: of a file, in words or as data, and what can be read in."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asskomm.core.imports import Importer
    from asskomm.core.imports.models import Batch

_CELLS = ("row", "column", "value", "reason", "nearest")


def report_of(batch: "Batch", *, committed: bool) -> dict[str, Any]:
    """Give what a file would do, or what it did."""
    from django.utils.timezone import localtime

    from asskomm.core.imports.domain.queries.same import taken_before
    from asskomm.core.visibility import SYSTEM

    before = taken_before(batch, SYSTEM)
    return {
        "reference": batch.reference,
        "kind": batch.importer,
        "reason": batch.reason,
        "accepted": batch.written if committed else batch.accepted,
        "rejected_rows": batch.rejected,
        "rejected": [{name: getattr(cell, name) for name in _CELLS} for cell in batch.rejections.all()],
        "duplicates": batch.duplicates,
        "duplicate_rows": batch.duplicate_rows,
        "repairs": [{"text": text, "count": count} for text, count in batch.repairs.items()],
        "columns": [str(label) for label in batch.kind.shown],
        "first_rows": [{"row": row, "cells": cells} for row, *cells in batch.first_rows],
        "taken_before": localtime(before.live_at).isoformat() if before and before.live_at else None,
        "committed": committed,
    }


def in_words(report: Mapping[str, Any], kind: "Importer") -> str:
    """Say the same to somebody at the terminal."""
    done = "übernommen" if report["committed"] else "können übernommen werden"
    refused = f"{report['rejected_rows']} {'nicht oder nur zum Teil' if kind.partly else 'nicht'}"
    lines = [f"Erkannt als „{kind.name}“ ({kind.key}): {report['reason']}."] if report["reason"] else []
    lines.append(f"{report['accepted']} Zeilen {done}, {refused}, {report['duplicates']} schon bekannt.")
    lines += [_refused(cell, kind) for cell in report["rejected"]]
    lines += _below("Ausgebessert:", [f"{repair['text']} ({repair['count']})" for repair in report["repairs"]])
    if report["committed"]:
        return "\n".join([*lines, f"Rückgängig machen: asskomm import --undo {report['reference']}"])
    if report["taken_before"]:
        lines.append(f"Diese Datei wurde am {dt.datetime.fromisoformat(report['taken_before']):%d.%m.%Y} schon übernommen.")
    heading = " | ".join(["Zeile", *report["columns"]])
    lines += _below(f"Die ersten Zeilen ({heading}):", [" | ".join([row["row"], *row["cells"]]) for row in report["first_rows"]])
    return "\n".join([*lines, "Übernehmen mit --commit."])


def _refused(cell: Mapping[str, Any], kind: "Importer") -> str:
    where = f"Zeile {cell['row']}, Spalte {kind.columns.get(cell['column'], cell['column'])}" if cell["row"] else "Datei"
    nearest = f" Nächster gültiger Wert: {cell['nearest']}" if cell["nearest"] else ""
    return f"  {where}: {cell['value']!r}: {cell['reason']}{nearest}"


def _below(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """Set lines in below their heading; nothing where there are none."""
    inset = [f"  {line}" for line in lines]
    yield from [heading, *inset] if inset else []


def kinds() -> list[dict[str, Any]]:
    """Give what can be read in."""
    from asskomm.core.imports import IMPORTERS

    return [
        {
            "key": kind.key,
            "name": str(kind.name),
            "looks_like": str(kind.looks_like),
            "where": str(kind.where),
            "options": {name: [key for key, _label in option.choices] for name, option in kind.options.items()},
        }
        for kind in sorted(IMPORTERS, key=lambda kind: kind.key)
    ]


def kinds_in_words() -> str:
    """Say what can be read in."""
    return "\n".join(f"{kind['key']}: {kind['name']}\n  {kind['looks_like']}\n  Woher: {kind['where']}" for kind in kinds())
