# SPDX-License-Identifier: EUPL-1.2
"""A file over the limit is refused before a byte of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from asskomm.core.ui.errors import too_large


class UploadLimitMiddleware:
    """Looks at the announced length only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse with the limit in words."""
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdecimal() or int(announced) <= settings.UPLOAD_LIMIT:
            return self.get_response(request)
        return too_large(request)
