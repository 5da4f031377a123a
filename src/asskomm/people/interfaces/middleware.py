# SPDX-License-Identifier: EUPL-1.2
"""Every request carries the principal of its reader."""

import logging
from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from asskomm.core.clock import clock
from asskomm.core.ui.requests import asks_api
from asskomm.core.visibility import ANYONE, Principal, ReaderRequest
from asskomm.people.domain.queries.principals import principal_of

REFUSALS = {401, 403, 429}
_log = logging.getLogger("asskomm.refused")


class PrincipalMiddleware:
    """Sets `request.principal`, asked for only when somebody looks at it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the principal set."""
        cast("ReaderRequest", request).principal = cast("Principal", SimpleLazyObject(lambda: reader_of(request)))
        response = self.get_response(request)
        if response.status_code in REFUSALS:
            account = cast("ReaderRequest", request).principal.account
            _log.warning("%s: account %s, %s %s", response.status_code, account or "none", request.method, request.path)
        if asks_api(request):
            patch_vary_headers(response, ("Authorization", "Cookie", "Accept-Language"))
        if request.headers.get("Authorization") or request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def reader_of(request: HttpRequest) -> Principal:
    """Give the rights of whoever sends a request."""
    user = request.user
    return principal_of(user, clock.today()) if user.is_authenticated else ANYONE
