# SPDX-License-Identifier: EUPL-1.2
"""What an installation needs stays small: the packages of requirements/base.txt, as installed."""

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

LIMIT_MB = 700
LOCK = Path(__file__).resolve().parents[2] / "requirements" / "base.txt"


def size(name: str) -> int:
    """Give the bytes of a package; none where another system needs it."""
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        return 0
    return sum(path.stat().st_size for path in map(Path, map(str, (file.locate() for file in files))) if path.is_file())


def test_the_environment_stays_below_its_limit() -> None:
    names = set(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==", LOCK.read_text("utf-8"), re.MULTILINE))
    megabytes = {name: size(name) / 1e6 for name in names}
    assert {"django", "pypandoc-binary", "typst"} <= {name for name, found in megabytes.items() if found > 1}
    assert sum(megabytes.values()) <= LIMIT_MB, sorted(megabytes.items(), key=lambda entry: -entry[1])[:5]
