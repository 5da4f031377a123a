# SPDX-License-Identifier: EUPL-1.2
"""Pages of lists, everywhere in one form."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Schema

from asskomm.core.ui.pages import MOST_COUNTED, PAGE_SIZE

T = TypeVar("T")
M = TypeVar("M", bound=Model)
USUAL_SIZE, LARGEST_PAGE, LAST_PAGE = PAGE_SIZE, 200, 10**6

PageNumber = Annotated[int, Query(1, ge=1, le=LAST_PAGE, description="number of the page, from 1")]
PageSize = Annotated[int, Query(USUAL_SIZE, ge=1, le=LARGEST_PAGE, description="how many rows a page has")]


class Paged(Schema, Generic[T]):
    """A page of a list; behind the last page there are no items."""

    items: list[T]
    count: int | None = Field(description=f"how many rows the list has; null for more than {MOST_COUNTED}")
    page: int
    page_size: int
    next: str | None = Field(description="address of the next page")
    previous: str | None = Field(description="address of the page before")


def page_of_rows(request: HttpRequest, rows: QuerySet[M], page: int, page_size: int, shown: Callable[[M], object]) -> dict[str, Any]:
    """Give a page of a list in the database, counted up to a bound, so that it costs what it shows."""
    length = rows.order_by()[: MOST_COUNTED + 1].count()
    begin = (page - 1) * page_size
    found = list(rows[begin : begin + page_size + 1])
    items = [shown(row) for row in found[:page_size]]
    return _page(request, items, length if length <= MOST_COUNTED else None, page, page_size, more=len(found) > page_size)


def page_of_list(request: HttpRequest, rows: Sequence[T], page: int, page_size: int, shown: Callable[[T], object]) -> dict[str, Any]:
    """Give a page of a list that is here already."""
    begin, end = (page - 1) * page_size, page * page_size
    return _page(request, [shown(row) for row in rows[begin:end]], len(rows), page, page_size, more=end < len(rows))


def _page(request: HttpRequest, items: list[object], count: int | None, page: int, page_size: int, *, more: bool) -> dict[str, Any]:
    return {
        "items": items,
        "count": count,
        "page": page,
        "page_size": page_size,
        "next": link_to(request, page + 1) if more else None,
        "previous": link_to(request, page - 1) if page > 1 else None,
    }


def link_to(request: HttpRequest, page: int) -> str:
    """Give the address of another page of the same list."""
    query = request.GET.copy()
    query["page"] = str(page)
    return f"{request.path}?{query.urlencode()}"
