# SPDX-License-Identifier: EUPL-1.2
"""A cookie by which a browser is known in which somebody signed in before; it lets nobody in and only keeps the guesses of others apart from hers."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from asskomm.core.references import new_reference

LASTS = dt.timedelta(days=365)
_SALT, _MOST = "asskomm.people.known-device", 5


def device_of(request: HttpRequest, account: int | None) -> str:
    """Give the word of a browser in which an account signed in before; empty where it is none, or not ours."""
    word, accounts = _read(request)
    return word if account in accounts else ""


def remember(request: HttpRequest, response: HttpResponse, account: int) -> None:
    """Let the browser be known for an account, beside the last few others."""
    word, accounts = _read(request)
    kept = [str(key) for key in (account, *(other for other in accounts if other != account))][:_MOST]
    value = f"{word or new_reference()}:{','.join(kept)}"
    response.set_signed_cookie(settings.DEVICE_COOKIE_NAME, value, salt=_SALT, max_age=LASTS, httponly=True, samesite="Lax", secure=settings.HTTPS)


def _read(request: HttpRequest) -> tuple[str, list[int]]:
    word, _colon, accounts = str(request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, "", salt=_SALT, max_age=LASTS)).partition(":")
    return word, [int(key) for key in accounts.split(",") if key.isdecimal()]
