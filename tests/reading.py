# SPDX-License-Identifier: EUPL-1.2
"""Short ways to read what a page says, and to take the database away."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from django.db import Error, OperationalError, connection

if TYPE_CHECKING:
    from typing import TypeAlias

    from django.test.client import _MonkeyPatchedWSGIResponse

    Page: TypeAlias = _MonkeyPatchedWSGIResponse
else:
    Page = object


def headings(response: Page, level: int = 1) -> list[str]:
    """Give the headings of a page as a reader sees them."""
    return [said(part) for part in re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", response.content.decode(), re.DOTALL)]


def said(markup: str) -> str:
    """Give the text of some markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def cells(response: Page) -> list[list[str]]:
    """Give the rows of the tables of a page."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", response.content.decode(), re.DOTALL)
    return [[said(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def by_class(response: Page, name: str) -> list[str]:
    """Give the texts of the elements of a class."""
    found = re.findall(rf'<(\w+)[^>]*class="[^"]*\b{name}\b[^"]*"[^>]*>(.*?)</\1>', response.content.decode(), re.DOTALL)
    return [said(inside) for _tag, inside in found]


def links(response: Page) -> list[str]:
    """Give the addresses that a page leads to."""
    return re.findall(r'<a\b[^>]*?href="([^"]*)"', response.content.decode())


def field_errors(response: Page) -> dict[str, list[str]]:
    """Give the faults of the page's form."""
    return {name: list(map(str, faults)) for name, faults in response.context["form"].errors.items()}


@contextmanager
def database_away(fault: type[Error] = OperationalError) -> Iterator[None]:
    """Let every question to the database fail as if it had gone."""

    def refuse(*_asked: Any) -> NoReturn:
        raise fault("server closed the connection unexpectedly")

    with connection.execute_wrapper(refuse):
        yield
