# SPDX-License-Identifier: EUPL-1.2
"""Two addresses for whoever watches over the service."""

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse

_PLAIN = "text/plain; charset=utf-8"


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process lives."""
    return HttpResponse("ok\n", content_type=_PLAIN)


def readyz(request: HttpRequest) -> HttpResponse:
    """Answer whether the database can be asked and is migrated."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM installation_installation")
            cursor.fetchone()
    except (DatabaseError, InterfaceError):
        return HttpResponse("database not ready\n", status=503, content_type=_PLAIN)
    return HttpResponse("ready\n", content_type=_PLAIN)
