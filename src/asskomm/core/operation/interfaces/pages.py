# SPDX-License-Identifier: EUPL-1.2
"""How the installation stands: a page for administrators, numbers for monitoring, and where to report a weakness."""

import datetime as dt
import secrets

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from asskomm.core.clock import clock
from asskomm.core.operation.examination import examine
from asskomm.core.operation.exposition import CONTENT_TYPE, exposition
from asskomm.core.operation.registry import Level
from asskomm.core.visibility import ReaderRequest, require

_LEVELS = (Level.FAULT, Level.WARNING, Level.OK)


@login_required
@require_safe
def operation(request: ReaderRequest) -> HttpResponse:
    """List what was looked at, what is wrong first; for those who run the installation."""
    require("operation.see", request.principal)
    thorough = request.GET.get("alles") == "ja"
    found = sorted(examine(thorough=thorough), key=lambda one: _LEVELS.index(one.level))
    sound = all(one.level == Level.OK for one in found)
    return render(request, "operation/operation.html", {"found": found, "thorough": thorough, "sound": sound})


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the numbers to whoever knows the token; without a token there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponse("unauthorized\n", status=401, content_type="text/plain; charset=utf-8", headers={"WWW-Authenticate": 'Bearer realm="metrics"'})
    return HttpResponse(exposition(), content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116); without an address there is no such page."""
    if not settings.CONTACT:
        raise Http404
    expires = clock.now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=180)
    lines = [f"Contact: mailto:{settings.CONTACT}", f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: de, en"]
    lines.append(f"Canonical: {settings.SITE_URL}/.well-known/security.txt")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
