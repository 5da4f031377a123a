# SPDX-License-Identifier: EUPL-1.2
"""Print the figures of a day."""

import datetime as dt
import json
from argparse import ArgumentParser, Namespace

from asskomm.config.cli import CommandError, require_prepared, start_django


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--on", metavar="TAG", help="Stichtag, zum Beispiel 2023-09-14 (heute)")
    parser.add_argument("--known-on", metavar="TAG", help="wie an diesem Tag bekannt")
    parser.add_argument("--documented", action="store_true", help="nur belegte Tatsachen")
    parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")


def run(options: Namespace) -> int:
    """Print them."""
    start_django()
    require_prepared()
    from asskomm.core.clock import clock
    from asskomm.core.figures import Question
    from asskomm.publishing.domain.queries.figures import figures_as_json

    on = _day(options.on, "--on") or clock.today()
    question = Question(on=on, known_on=_day(options.known_on, "--known-on"), documented=options.documented)
    figures = figures_as_json(question)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
        return 0
    print(f"Kennzahlen, Stand {on:%d.%m.%Y}" + (f", wie bekannt am {question.known_on:%d.%m.%Y}" if question.known_on else ""))
    for key, figure in figures.items():
        example = " [Beispiel, frei erfunden]" if figure["example"] else ""
        print(f"{figure['shown']:>14}  {figure['name']} ({key}){example}")
    return 0


def _day(text: str | None, option: str) -> dt.date | None:
    from asskomm.core.ui.days import ParameterError, read_day

    if text is None:
        return None
    try:
        return read_day(text)
    except ParameterError as fault:
        raise CommandError(f"{option}: {fault}") from None
