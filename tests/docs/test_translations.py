# SPDX-License-Identifier: EUPL-1.2
"""Every German text has its English one, and no catalogue entry is left over."""

import shutil
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.conftest import unavailable

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")


def test_the_catalogue_is_complete_and_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("xgettext") is None:
        unavailable("GNU gettext is missing")
    package = tmp_path / "asskomm"
    shutil.copytree(ROOT / "src" / "asskomm", package, ignore=shutil.ignore_patterns("static", "__pycache__", "*.mo"))
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from update_messages import update  # type: ignore[import-not-found]

    update(package)
    with (package / CATALOGUE).open("rb") as file:
        texts = [message for message in read_po(file) if message.id]
    assert [message.id for message in texts if not (all(message.string) if isinstance(message.string, tuple) else message.string) or message.fuzzy] == []
    with (ROOT / "src" / "asskomm" / CATALOGUE).open("rb") as file:
        assert {str(message.id) for message in read_po(file)} == {str(message.id) for message in texts} | {""}
    assert "update_messages" in sys.modules
