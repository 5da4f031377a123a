# SPDX-License-Identifier: EUPL-1.2
"""The secrets of an installation: made at first start, readable by the owner only."""

import json
import os
import secrets
from pathlib import Path

from asskomm.config.options import OptionError


def load_secrets(path: Path) -> dict[str, str]:
    """Read the secrets, or make them at the first start.

    Raises
    ------
        OptionError: the file cannot be read or written, or is damaged.
    """
    try:
        return _read(path) if path.exists() else _create(path)
    except FileExistsError:
        return _read(path)
    except (OSError, ValueError) as fault:
        raise OptionError(f"Die Datei mit den Geheimnissen {path} ist nicht lesbar: {fault}.") from None


def _read(path: Path) -> dict[str, str]:
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or not content.get("secret_key"):
        raise ValueError("secret_key fehlt")
    return content


def _create(path: Path) -> dict[str, str]:
    content = {"secret_key": secrets.token_urlsafe(64)}
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")  # in a container every start has the same process id
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file)
    try:
        os.link(draft, path)  # an atomic "create unless it exists", whole or not at all
    finally:
        draft.unlink()
    return content
