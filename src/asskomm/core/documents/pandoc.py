# SPDX-License-Identifier: EUPL-1.2
"""Run the pandoc that comes as a package, never one of the machine, so that a document is the same everywhere."""

import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_PATIENCE_SECONDS = 60


@cache
def program() -> Path:
    """Give the program, without importing its package.

    Raises
    ------
        FileNotFoundError: the package is not installed, or came without the program.
    """
    found = find_spec("pypandoc")
    folder = Path(found.origin).parent / "files" if found and found.origin else Path()
    programs = [path for name in ("pandoc", "pandoc.exe") if (path := folder / name).is_file()]
    if not programs:
        raise FileNotFoundError("pypandoc-binary")
    return programs[0]


def pandoc(*options: str, stdin: str = "") -> bytes:
    """Give what the program writes to its standard output.

    Raises
    ------
        subprocess.CalledProcessError: it refuses.
    """
    done = subprocess.run([program(), *options], input=stdin.encode(), capture_output=True, check=True, timeout=_PATIENCE_SECONDS)
    return done.stdout
