# SPDX-License-Identifier: EUPL-1.2
"""All addresses of the program by name, so that no test can forget one."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def url_names() -> set[str]:
    """Give the name of every address, with its namespace."""
    return set(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, namespace + (f"{entry.namespace}:" if entry.namespace else ""))
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}"
