# SPDX-License-Identifier: EUPL-1.2
"""Look whether anything that is sealed was changed, or give out the chain of seals to be kept elsewhere."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from asskomm.config.cli import CommandError, require_prepared, start_django


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=["verify", "export"], metavar="WAS", help="verify: prüfen; export: Siegel ausgeben, zum Aufheben an anderem Ort")
    parser.add_argument("--against", metavar="DATEI", help="mit Siegeln vergleichen, die früher ausgegeben wurden")
    parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")


def run(options: Namespace) -> int:
    """Do it; 1 where something does not fit."""
    kept = _kept(Path(options.against)) if options.against else {}
    start_django()
    require_prepared()
    return _export() if options.action == "export" else _verify(kept, as_json=options.json)


def _kept(path: Path) -> dict[int, str]:
    kept: dict[int, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split()
        if len(cells) != 4 or not cells[0].isdecimal():
            raise CommandError(f"{path}, Zeile {number}: Das ist kein Siegel. Erwartet wird, was „asskomm audit export“ ausgibt.")
        kept[int(cells[0])] = cells[3]
    return kept


def _export() -> int:
    from asskomm.core.audit.models import Seal

    for seal in Seal.objects.order_by("number").iterator():
        print(seal.number, seal.sealed_at.isoformat(), seal.count, seal.chain)
    return 0


def _verify(kept: dict[int, str], *, as_json: bool) -> int:
    from asskomm.core.audit.domain.sealing import seal, unsealed
    from asskomm.core.audit.domain.verification import verify
    from asskomm.core.audit.models import Entry

    while seal():
        pass
    findings, entries = list(verify(kept)), Entry.objects.count() - unsealed().count()
    if as_json:
        print(json.dumps({"ok": not findings, "entries": entries, "findings": findings}, ensure_ascii=False, indent=2))
    elif findings:
        print("\n".join(findings))
    else:
        print(f"Das Änderungsprotokoll ist unversehrt: {entries} versiegelte Einträge geprüft.")
    return 1 if findings else 0
