# SPDX-License-Identifier: EUPL-1.2
"""How often the API answers in a minute, and pages that cost much: the public by address, a program by its token. Counted over all nodes together."""

import datetime as dt
import ipaddress
import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.throttling import BaseThrottle
from typing_extensions import override

from asskomm.core.clock import clock
from asskomm.core.installation.shared import count_up
from asskomm.core.ui.errors import error_page

MINUTE = 60
PUBLIC = "public"
"""What `request.auth` is where nobody signed in with a token."""


def client_address(request: HttpRequest) -> str:
    """Give the address that a request came from; a header is believed only as far as there are proxies of ours."""
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    believed = settings.PROXIES and len(chain) >= settings.PROXIES
    return chain[-settings.PROXIES] if believed else request.META.get("REMOTE_ADDR") or ""


def counted_as(address: str) -> str:
    """Give under which name an address is counted: of IPv6 the network, because everybody has billions of addresses in hers.

    >>> counted_as("192.0.2.7"), counted_as("2001:db8::1:2"), counted_as("localhost")
    ('192.0.2.7', '2001:db8::/64', 'localhost')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


class AddressThrottle(BaseThrottle):
    """So many requests a minute from an address, whoever asks."""

    @override
    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request, and say whether it is still one of those allowed."""
        return _counted(f"api:address:{counted_as(client_address(request))}") <= settings.API_PER_MINUTE

    @override
    def wait(self) -> float:
        """Give the seconds until the minute is over."""
        return _rest()


class CallerThrottle(AddressThrottle):
    """The same for the public; a token has a count of its own, wherever it is used."""

    @override
    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request, and say whether it is still one of those allowed."""
        caller = getattr(request, "auth", PUBLIC)
        if caller == PUBLIC:
            return super().allow_request(request)
        return _counted(f"api:{caller}") <= settings.API_TOKEN_PER_MINUTE


def costly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page that costs much, such as a document or a search, be asked for so many times a minute from one address."""

    @wraps(view)
    def counting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _counted(f"costly:{counted_as(client_address(request))}") <= settings.COSTLY_PER_MINUTE:
            return view(request, *args, **kwargs)
        text = _("Von Ihrem Anschluss kamen in einer Minute sehr viele Suchen oder Dateien. Bitte warten Sie eine Minute.")
        response = error_page(request, 429, text, _("Das waren zu viele Anfragen"))
        response["Retry-After"] = str(math.ceil(_rest()))
        return response

    return counting


def _rest() -> float:
    return MINUTE - clock.now().timestamp() % MINUTE


def _counted(name: str) -> int:
    return count_up(name, dt.timedelta(seconds=MINUTE))
