# SPDX-License-Identifier: EUPL-1.2
"""Look whether the installation is sound."""

import json
from argparse import ArgumentParser, Namespace

from asskomm.config.cli import start_django


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")


def run(options: Namespace) -> int:
    """Print each finding; 1 where something is wrong."""
    start_django()
    from asskomm.config.soundness import examine

    findings = examine()
    if options.json:
        print(json.dumps([{"key": f.key, "ok": f.ok, "text": f.text} for f in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(f"{'in Ordnung' if finding.ok else 'FEHLER    '}  {finding.text}")
    return 0 if all(finding.ok for finding in findings) else 1
