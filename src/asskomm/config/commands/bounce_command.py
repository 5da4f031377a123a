# SPDX-License-Identifier: EUPL-1.2
"""Take a mail server's report that a mail did not arrive, from standard input."""

import sys
from argparse import ArgumentParser, Namespace

from asskomm.config.cli import require_prepared, start_django


def arguments(parser: ArgumentParser) -> None:
    """Declare no options: everything stands in the report."""


def run(options: Namespace) -> int:
    """Note it, and say what was done."""
    start_django()
    require_prepared()
    from asskomm.core.mail.domain.bounces import LARGEST, take_bounce

    print(take_bounce(sys.stdin.buffer.read(LARGEST + 1)))
    return 0
