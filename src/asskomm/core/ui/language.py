# SPDX-License-Identifier: EUPL-1.2
"""German first: another language only where the reader has chosen it, by the switch or, as a program, by the header."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from asskomm.core.ui.requests import asks_api


class LanguageMiddleware:
    """Speaks the language of the cookie, else German, whatever the browser prefers; a program says what it prefers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the language for the time of the request."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or (_accepted(request) if asks_api(request) else "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


def _accepted(request: HttpRequest) -> str:
    """Give the first language of the header that we speak; `en-GB` is English."""
    wanted = (language.split("-")[0] for language, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")))
    return next((language for language in wanted if language in dict(settings.LANGUAGES)), "")
