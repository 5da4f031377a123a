# SPDX-License-Identifier: EUPL-1.2
"""Pages of long lists: each costs what it shows, however long the list is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from asskomm.core.estimates import Estimate
from asskomm.core.ui.days import ParameterError

PAGE_SIZE = 50
MOST_COUNTED = 1000
_DIGITS = 6
T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class ListPage(Generic[T]):
    """Some rows of a list.

    Args:
        object_list: the rows.
        number: which page it is, from 1.
        has_next: whether more follow.
        length: how many rows the list has, `None` where it is too long to count or nobody wants to know.
        size: how many rows a page has.
    """

    object_list: Sequence[T]
    number: int
    has_next: bool
    length: int | None = None
    size: int = PAGE_SIZE

    def __iter__(self) -> Iterator[T]:
        """Give the rows."""
        return iter(self.object_list)

    @property
    def pages(self) -> int | None:
        """How many pages there are."""
        return None if self.length is None else max(1, -(-self.length // self.size))

    @property
    def found(self) -> str:
        """How many rows there are, in words."""
        return _("mehr als %(most)s") % {"most": Estimate(MOST_COUNTED)} if self.length is None else str(Estimate(self.length))

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """The number of the next page."""
        return self.number + 1


def page_of(request: HttpRequest, rows: Sequence[T]) -> ListPage[T]:
    """Give the page that the address asks for, the last one if it asks for more.

    Raises
    ------
        ParameterError: the number is none.
    """
    return _page(request, rows, len(rows))


def page_of_rows(request: HttpRequest, rows: QuerySet[M], *, counted: bool = True) -> ListPage[M]:
    """Give the page of a list in the database; a list is counted up to `MOST_COUNTED`, beyond that one leafs.

    Raises
    ------
        ParameterError: the number is none.
    """
    length = rows.order_by()[: MOST_COUNTED + 1].count() if counted else MOST_COUNTED + 1
    return _page(request, rows, length if length <= MOST_COUNTED else None)


def _page(request: HttpRequest, rows: Any, length: int | None) -> ListPage[Any]:
    number = page_number(request)
    if length is not None:
        number = min(number, max(1, -(-length // PAGE_SIZE)))
    begin, end = (number - 1) * PAGE_SIZE, number * PAGE_SIZE
    found = list(rows[begin : end + (length is None)])
    return ListPage(found[:PAGE_SIZE], number, end < length if length is not None else len(found) > PAGE_SIZE, length)


def page_number(request: HttpRequest) -> int:
    """Give the number of the page that the address asks for.

    Raises
    ------
        ParameterError: it is none.
    """
    text = request.GET.get("seite", "1")
    if not text.isdecimal() or len(text) > _DIGITS or int(text) < 1:
        raise ParameterError(_("„%(value)s“ ist keine Seitenzahl.") % {"value": text})
    return int(text)
