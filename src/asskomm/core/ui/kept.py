# SPDX-License-Identifier: EUPL-1.2
"""A page that every stranger gets alike is made once and handed out for a moment, with a token of each reader's own in its forms.

When registration for a conference opens, hundreds ask for the same two pages within seconds; what they read may be a second old,
because whether there is a place is decided where the form is sent to.
"""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language

_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]+')
"""Nobody can write such a field into a text, whose quotation marks are escaped."""


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
        pieces: list[str] | None = caches["local"].get(name)
        if pieces is not None:
            return _handed_out(request, pieces)
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.streaming:
            caches["local"].set(name, _TOKEN.split(response.content.decode()), settings.PAGES_KEPT_SECONDS)
        return response

    return answering


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
    pieces: list[str] | None = caches["local"].get(name) if known else None
    if pieces is None:
        pieces = _TOKEN.split(render_to_string(template, dict(context() if callable(context) else context), request))
        if known:
            caches["local"].set(name, pieces, seconds)
    return _handed_out(request, pieces)


def _handed_out(request: HttpRequest, pieces: list[str]) -> HttpResponse:
    return HttpResponse(get_token(request).join(pieces))


def _name(key: str) -> str:
    return f"page:{get_language()}:{key}"
