# SPDX-License-Identifier: EUPL-1.2
"""A page called in the wrong way, such as a form's address by a link, says so in words."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from asskomm.core.ui.errors import error_page
from asskomm.core.ui.requests import asks_api

METHOD_NOT_ALLOWED = 405
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class MethodMiddleware:
    """Puts a page in the place of Django's empty answer 405."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say what the address answers to."""
        response = HttpResponseNotAllowed(_METHODS) if request.method == "TRACE" else self.get_response(request)
        if response.status_code != METHOD_NOT_ALLOWED:
            return response
        allowed = response["Allow"]
        text = _("Diese Adresse antwortet nur auf %(allowed)s.") % {"allowed": allowed}
        if not asks_api(request):
            text += " " + _("Gehen Sie zurück und benutzen Sie die Verweise und Knöpfe der Seite.")
        page = error_page(request, METHOD_NOT_ALLOWED, text)
        page["Allow"] = allowed
        return page
