# SPDX-License-Identifier: EUPL-1.2
"""Packages that a measurement alone needs, in a folder of its own: they are no part of the program and not of its checks."""

import shutil
import subprocess
import sys
from pathlib import Path


def fetch(folder: Path, *packages: str) -> Path:
    """Install packages into a folder, by the Python below the environment: its pip knows the ways of this machine."""
    python = shutil.which("python3", path=str(Path(sys.base_prefix, "bin"))) or sys.executable
    command = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-warn-conflicts",
        "--disable-pip-version-check",
        "--root-user-action",
        "ignore",
        "--target",
        str(folder),
        *packages,
    ]
    subprocess.run(command, check=True)
    return folder
