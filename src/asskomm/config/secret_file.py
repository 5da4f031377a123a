# SPDX-License-Identifier: EUPL-1.2
"""The secrets of an installation: made at first start, readable by the owner only, renewed without anybody noticing."""

import json
import os
import secrets
from pathlib import Path
from typing import NotRequired, TypedDict

from asskomm.config.options import OptionError


class Secrets(TypedDict):
    """What the file holds; former keys still open what they closed, until they are forgotten."""

    secret_key: str
    former_keys: NotRequired[list[str]]


def load_secrets(path: Path) -> Secrets:
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


def renew_secret(path: Path) -> None:
    """Put a new key in front; the former ones stay beside it.

    Raises
    ------
        OptionError: the file cannot be read or written, or is damaged.
    """
    known = load_secrets(path)
    _replace(path, {"secret_key": _new_key(), "former_keys": [known["secret_key"], *known.get("former_keys", [])]})


def forget_former(path: Path) -> int:
    """Keep the newest key alone; gives how many went.

    Raises
    ------
        OptionError: the file cannot be read or written, or is damaged.
    """
    known = load_secrets(path)
    _replace(path, {"secret_key": known["secret_key"]})
    return len(known.get("former_keys", []))


def _read(path: Path) -> Secrets:
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or not content.get("secret_key"):
        raise ValueError("secret_key fehlt")
    former = content.get("former_keys", [])
    if not isinstance(former, list) or not all(isinstance(key, str) and key for key in former):
        raise ValueError("former_keys ist keine Liste von Schlüsseln")
    return Secrets(secret_key=content["secret_key"], former_keys=former) if former else Secrets(secret_key=content["secret_key"])


def _create(path: Path) -> Secrets:
    content = Secrets(secret_key=_new_key())
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path, content)
    try:
        os.link(draft, path)  # an atomic "create unless it exists", whole or not at all
    finally:
        draft.unlink()
    return content


def _replace(path: Path, content: Secrets) -> None:
    try:
        _draft(path, content).replace(path)
    except OSError as fault:
        raise OptionError(f"Die Datei mit den Geheimnissen {path} lässt sich nicht schreiben: {fault}.") from None


def _draft(path: Path, content: Secrets) -> Path:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")  # in a container every start has the same process id
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _new_key() -> str:
    return secrets.token_urlsafe(64)
