# SPDX-License-Identifier: EUPL-1.2
"""A page that every stranger gets alike is made once and handed out for a moment, with a token of each reader's own in its forms.

When registration for a conference opens, hundreds ask for the same two pages within seconds; what they read may be a second old,
because whether there is a place is decided where the form is sent to.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

Value = TypeVar("Value")

_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]+')
"""Nobody can write such a field into a text, whose quotation marks are escaped."""

_STAYS = ("ETag", "Cache-Control")
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


class _Page(NamedTuple):
    """A page without the token in its forms, and what its head said."""

    pieces: list[str]
    head: dict[str, str]


def is_stranger(request: HttpRequest) -> bool:
    """Whether nobody is signed in and nothing was noted about the reader, so that she gets what every stranger gets."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "Authorization" not in request.headers


def same_for_strangers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer strangers who ask without parameters with a page that is at most `PAGES_KEPT_SECONDS` old; whoever is signed in gets her own."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or request.GET or not is_stranger(request):
            return view(request, *args, **kwargs)
        name = _name(request.path)
        page: _Page | None = caches["local"].get(name)
        if page is not None:
            return _handed_out(request, page)
        known = {header: request.META.pop(header) for header in _CONDITIONS if header in request.META}  # the whole page is what can be kept
        response = view(request, *args, **kwargs)
        request.META |= known
        if response.status_code != 200 or response.streaming:
            return response
        head = {header: response[header] for header in _STAYS if header in response}
        page = _Page(_TOKEN.split(response.content.decode()), head)
        caches["local"].set(name, page, settings.PAGES_KEPT_SECONDS)
        return _handed_out(request, page) if known else response

    return answering


def kept_for_strangers(request: HttpRequest, key: str, make: Callable[[], Value]) -> Value:
    """Give what a page for strangers is made of, read at most `PAGES_KEPT_SECONDS` ago; whoever is signed in gets it read anew.

    Args:
        request: of the reader.
        key: all that it depends on.
        make: reads it; what it raises is not kept.
    """
    if not is_stranger(request):
        return make()
    found = cast("Value | None", caches["local"].get(f"read:{key}"))
    if found is None:
        found = make()
        caches["local"].set(f"read:{key}", found, settings.PAGES_KEPT_SECONDS)
    return found


def render_kept(request: HttpRequest, template: str, context: Mapping[str, Any] | Callable[[], Mapping[str, Any]], *, key: str, seconds: float) -> HttpResponse:
    """Render a page as `django.shortcuts.render` does, for strangers only once in so many seconds for each key.

    Args:
        request: of the reader.
        template: of the page.
        context: of the template, or what gives it where the page has to be made.
        key: all that the page depends on beside the language.
        seconds: how long it is kept; 0 keeps nothing.
    """
    known, name = is_stranger(request), _name(key)
    page: _Page | None = caches["local"].get(name) if known else None
    if page is None:
        page = _Page(_TOKEN.split(render_to_string(template, dict(context() if callable(context) else context), request)), {})
        if known:
            caches["local"].set(name, page, seconds)
    return _handed_out(request, page)


def _handed_out(request: HttpRequest, page: _Page) -> HttpResponse:
    response = HttpResponse(headers=page.head)
    known = get_conditional_response(request, etag=page.head.get("ETag"), response=response)
    if known is not None and known is not response:
        return known
    response.content = get_token(request).join(page.pieces)
    return response


def _name(key: str) -> str:
    return f"page:{get_language()}:{hashlib.sha256(key.encode()).hexdigest()}"  # a title has spaces, which not every cache takes
