# SPDX-License-Identifier: EUPL-1.2
"""Error pages in plain words, each with a way on."""

import logging

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from asskomm.core.database.full import is_full
from asskomm.core.ui.requests import asks_api, request_id

logger = logging.getLogger("asskomm.errors")


def error_page(request: HttpRequest, status: int, text: str, title: str = "") -> HttpResponse:
    """Show one sentence on what went wrong, with the status and a way on; the API gets it as problem+json."""
    title = title or _TITLES.get(status, _TITLES[400])()
    if asks_api(request):
        problem = {"type": "about:blank", "title": title, "status": status, "detail": text, "request": request_id()}
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    context = {"title": title, "text": text, "status": status, "request_id": request_id()}
    try:
        return render(request, "ui/error.html", context, status=status)
    except (DatabaseError, InterfaceError):  # the frame asks who reads; without a database nobody is known
        return render(None, "ui/error_bare.html", context, status=status)


_TITLES = {
    400: lambda: _("Diese Anfrage haben wir nicht verstanden"),
    401: lambda: _("Dafür ist ein Zugang nötig"),
    403: lambda: _("Das dürfen Sie hier nicht"),
    404: lambda: _("Diese Seite gibt es nicht"),
    405: lambda: _("So lässt sich diese Seite nicht aufrufen"),
    409: lambda: _("Das geht gerade nicht"),
    413: lambda: _("Die Datei ist zu groß"),
    415: lambda: _("So wird der Inhalt nicht angenommen"),
    422: lambda: _("Die Datei ist nicht lesbar"),
    429: lambda: _("Das waren zu viele Versuche"),
    500: lambda: _("Da ist bei uns etwas schiefgegangen"),
    507: lambda: _("Der Speicher ist voll"),
    503: lambda: _("Wir sind gleich wieder da"),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return error_page(request, 400, _("Bitte prüfen Sie die Adresse oder gehen Sie einen Schritt zurück."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return error_page(request, 403, _("Ihre Funktion erlaubt das nicht. Wenn das falsch ist, wenden Sie sich an Ihre Ansprechperson."))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return error_page(request, 404, _("Vielleicht ist die Adresse vertippt, oder der Inhalt ist nicht für Sie freigegeben."))


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413."""
    megabytes = settings.UPLOAD_LIMIT // (1024 * 1024)
    return error_page(request, 413, _("Die Datei ist größer als %(limit)s MB und wurde nicht angenommen. Teilen Sie sie auf.") % {"limit": megabytes})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 when a form comes from elsewhere or too late."""
    text = _("Das Formular ist abgelaufen. Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal ab.")
    return error_page(request, 403, text, _("Das Formular ist abgelaufen"))


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer 429 when somebody tries to sign in over and over."""
    return error_page(request, 429, _("Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal."))


def no_room() -> str:
    """Say that nothing more can be saved."""
    return _("Der Speicher des Servers ist voll. Lesen geht weiter, gespeichert wurde nichts.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, 503 while the database is away or busy, or 507 where there is no room left."""
    import sys

    fault = sys.exc_info()[1]
    if is_full(fault):
        return error_page(request, 507, no_room())
    if isinstance(fault, OperationalError | InterfaceError):
        response = error_page(request, 503, _("Die Datenbank antwortet gerade nicht. Bitte versuchen Sie es in einer Minute noch einmal."))
        response["Retry-After"] = "60"
        return response
    return error_page(request, 500, _("Der Fehler ist aufgezeichnet. Versuchen Sie es noch einmal; bleibt er, nennen Sie uns die Kennung unten."))
