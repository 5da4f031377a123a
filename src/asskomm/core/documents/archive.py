# SPDX-License-Identifier: EUPL-1.2
"""Change parts of a word processor's file, which is an archive of XML files."""

import io
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

_NONE: Mapping[str, str] = MappingProxyType({})


def changed(archive: bytes, changes: Mapping[str, Callable[[str], str]], additions: Mapping[str, str] = _NONE) -> bytes:
    """Change and add parts; the order stays, because ODT wants its type first and uncompressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, changes[entry.filename](content.decode()).encode() if entry.filename in changes else content)
        for name, text in additions.items():
            new.writestr(name, text)
    return target.getvalue()
