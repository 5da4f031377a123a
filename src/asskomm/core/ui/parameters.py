# SPDX-License-Identifier: EUPL-1.2
"""A wrong parameter becomes a page with one sentence, whichever view reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from asskomm.core.ui.days import ParameterError
from asskomm.core.ui.errors import error_page


class ParameterMiddleware:
    """Turns `ParameterError` into an answer 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer where a parameter was wrong."""
        return error_page(request, 400, str(exception)) if isinstance(exception, ParameterError) else None
