# SPDX-License-Identifier: EUPL-1.2
"""A program that sends its token in the clear is refused and not led elsewhere, so that whoever wrote it notices."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from asskomm.core.ui.errors import error_page
from asskomm.core.ui.requests import asks_api


class TransportMiddleware:
    """Answers 403 to what asks the API without encryption, where the pages are reachable by HTTPS only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say what to change."""
        if not settings.HTTPS or not asks_api(request) or request.is_secure():
            return self.get_response(request)
        text = _(
            "Die Schnittstelle antwortet nur verschlüsselt. Rufen Sie sie mit „https://“ auf. "
            "Ein Zugang, den Sie mitgeschickt haben, kann mitgelesen worden sein: Widerrufen Sie ihn."
        )
        return error_page(request, 403, text)
