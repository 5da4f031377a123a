# SPDX-License-Identifier: EUPL-1.2
"""Ask once more who somebody is before something that hurts: her confirmation counts for five minutes.

The page with the form asks before it shows the form, so that nothing typed is lost; a button that comes too late leads back to its page with a sentence.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from asskomm.people.interfaces.gate import EXAMPLE

LASTS = 5 * 60
View = Callable[..., HttpResponse]


def confirmed(view: View) -> View:
    """Let a page be opened only by whoever confirmed who she is within five minutes."""

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return confirmation(request) or view(request, *args, **kwargs)

    return asking


def confirmation(request: HttpRequest) -> HttpResponse | None:
    """Lead to where she confirms it; `None` where she has, or where nobody is signed in, whom the page itself refuses."""
    if not request.user.is_authenticated or is_fresh(request):
        return None
    back = request.get_full_path()
    if request.method == "POST":
        back = _page_before(request)
        messages.warning(request, _("Bitte bestätigen Sie zuerst, wer Sie sind. Danach drücken Sie den Knopf noch einmal."))
    way = get_adapter().get_reauthentication_methods(request.user)[0]
    return HttpResponseRedirect(f"{way['url']}?{urlencode({REDIRECT_FIELD_NAME: back})}")


def is_fresh(request: HttpRequest) -> bool:
    """Whether she confirmed it within five minutes; the one click of an example confirms for good."""
    records = get_authentication_records(request, request.user)
    if not records or any(record.get("method") == EXAMPLE for record in records):
        return True
    return any(record.get("reauthenticated") and time.time() - record["at"] < LASTS for record in records)


def _page_before(request: HttpRequest) -> str:
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}):
        return request.path
    parts = urlsplit(before)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
