# SPDX-License-Identifier: EUPL-1.2
"""An example never leaves the machine."""

import ipaddress
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from asskomm.core.installation.domain import is_example
from asskomm.core.installation.maintenance import hindrance
from asskomm.core.ui.errors import error_page
from asskomm.core.ui.requests import asks_api

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
RETRY_SECONDS = "120"
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})


def is_loopback(address: str) -> bool:
    """Whether an address or name means this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, False)
    """
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


class ExampleStaysLocalMiddleware:
    """Refuses every request from outside while the data are an example, whose people sign in with one click."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse."""
        if not _from_here(request) and is_example():  # in this order: the machine itself is answered without a database too
            text = _("Diese Installation enthält Beispieldaten und ist nur auf dem eigenen Rechner erreichbar.")
            return error_page(request, 403, text) if asks_api(request) else HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class MaintenanceMiddleware:
    """Refuses whatever would write while the database is brought to a new version; reading goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse with a sentence."""
        if request.method in _SAFE or not (why := hindrance()):
            return self.get_response(request)
        response = error_page(request, 503, why)
        response["Retry-After"] = RETRY_SECONDS
        return response


def _from_here(request: HttpRequest) -> bool:
    remote = request.META.get("REMOTE_ADDR") or "127.0.0.1"  # empty behind a unix socket
    forwarded = request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded")
    host = request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    return is_loopback(remote) and not forwarded and (host in LOCAL_NAMES or is_loopback(host))
