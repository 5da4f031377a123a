# SPDX-License-Identifier: EUPL-1.2
"""The command line's way in, as a module and as a script."""

import signal
import sys

signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing needs tidying; an interrupt as an exception could get lost in some library's `except:`


def main() -> int:
    """Run one command and give its exit code."""
    from asskomm.config.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(main())
