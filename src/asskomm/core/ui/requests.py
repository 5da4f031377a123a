# SPDX-License-Identifier: EUPL-1.2
"""Every request has an id that the log and the error page share; one under the API is asked by a program."""

import contextvars
import secrets
from collections.abc import Callable

from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

_current: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")


def request_id() -> str:
    """Give the id of the present request, empty outside of one."""
    return _current.get()


def asks_api(request: HttpRequest) -> bool:
    """Whether a program asks, which wants no page."""
    return request.path.startswith("/api/")


class RequestIdMiddleware:
    """Gives each request a short random id and sends it along."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the id until the request is over: Django logs a refusal after the outermost layer."""
        _current.set(secrets.token_hex(6))
        response = self.get_response(request)
        response["X-Request-ID"] = request_id()
        return response


@receiver(request_finished)
def _forget(**_signal: object) -> None:
    _current.set("")
