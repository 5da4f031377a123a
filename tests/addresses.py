# SPDX-License-Identifier: EUPL-1.2
"""All addresses of the program by name, so that no test can forget one."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def url_names() -> set[str]:
    """Give the name of every address, with its namespace."""
    return set(_walk(get_resolver(), ""))


SECRET_PARTS = {"word", "secret", "signature"}
"""What the part of an address is called that nobody may read who was not given the link."""
# fmt: off
OPEN_PARTS = {
    "action", "ags", "answer", "co_speaker", "decision", "door_pass", "ending", "form", "gathering", "importer", "invitation", "key",
    "kind", "name", "number", "option", "picture", "pk", "proposal", "reference", "reviewer", "role", "room", "session",
    "slides", "speaker", "stand", "track", "version",
}
# fmt: on
SECRET = "6p3gb6aw5rsc-82e0fdd4"
_PART = re.compile(r"<(?:\w+:)?(\w+)>")


def parts() -> set[str]:
    """Give the names of all variable parts of addresses."""
    return {part for route in _routes(get_resolver(), "/") for part in _PART.findall(route)}


def secret_paths() -> list[str]:
    """Give each address that carries a secret, with SECRET in its place and 7 in that of everything else."""
    filled = {_PART.sub(lambda part: SECRET if part[1] in SECRET_PARTS else "7", route) for route in _routes(get_resolver(), "/")}
    return sorted(path for path in filled if SECRET in path)


def _routes(resolver: URLResolver, start: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _routes(entry, start + str(entry.pattern))
        else:
            yield start + str(entry.pattern)


def _walk(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, namespace + (f"{entry.namespace}:" if entry.namespace else ""))
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}"
