# SPDX-License-Identifier: EUPL-1.2
"""Every fault under the API is a problem in a sentence."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from asskomm.core.ui.days import ParameterError
from asskomm.core.ui.errors import error_page, page_not_found, too_large

CHALLENGE = 'Bearer realm="ASSKomm"'
MINUTE = 60
_LONGEST_VALUE = 60


class AnswerError(HttpError):
    """An answer other than what was asked for; the message is a sentence for whoever wrote the program.

    Args:
        status_code: of the answer.
        message: the sentence.
        headers: what goes along with it.
    """

    def __init__(self, status_code: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        """Keep the headers too."""
        super().__init__(status_code, message)
        self.headers = headers or {}


def install(api: NinjaAPI) -> None:
    """Let an API answer in problems only."""
    api.exception_handler(AnswerError)(refused)
    api.exception_handler(Throttled)(throttled)
    api.exception_handler(HttpError)(library_error)
    api.exception_handler(Http404)(page_not_found)
    api.exception_handler(RequestDataTooBig)(lambda request, _fault: too_large(request))
    api.exception_handler(ParameterError)(lambda request, fault: error_page(request, 400, str(fault)))
    api.exception_handler(ValidationError)(wrong_shape)


def refused(request: HttpRequest, fault: AnswerError) -> HttpResponse:
    """Answer with the sentence and the headers."""
    response = error_page(request, fault.status_code, fault.message)
    for name, value in fault.headers.items():
        response[name] = value
    return response


def throttled(request: HttpRequest, fault: Throttled) -> HttpResponse:
    """Answer 429, and say after how many seconds to come back."""
    text = _("Das waren zu viele Anfragen in einer Minute. Versuchen Sie es nach der Zeit in „Retry-After“ (Sekunden) noch einmal.")
    response = error_page(request, fault.status_code, text, _("Das waren zu viele Anfragen"))
    response["Retry-After"] = str(math.ceil(fault.wait or MINUTE))
    return response


def library_error(request: HttpRequest, fault: HttpError) -> HttpResponse:
    """Answer in our words where the library refuses; it has no German."""
    if fault.status_code == 401:
        text = _("Dafür braucht das Programm einen Zugang. Senden Sie ihn im Kopf „Authorization: Bearer …“.")
        return refused(request, AnswerError(401, text, {"WWW-Authenticate": CHALLENGE}))
    if isinstance(fault.__cause__, AnswerError):
        return refused(request, fault.__cause__)
    return error_page(request, fault.status_code, _("Der Inhalt der Anfrage ist kein gültiges JSON."))


def wrong_shape(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Answer 400 and name the parameter; what does not fit an address is not there."""
    first = fault.errors[0]
    if first["loc"][0] == "path":
        return page_not_found(request, Http404())
    if first["loc"][0] in {"file", "form"} and request.content_type != "multipart/form-data":
        return wrong_media(request, "multipart/form-data")
    return error_page(request, 400, _sentence(first, request))


def wrong_media(request: HttpRequest, wanted: str) -> HttpResponse:
    """Answer 415."""
    return error_page(request, 415, _("Senden Sie den Inhalt als „%(wanted)s“, nicht als „%(given)s“.") % {"wanted": wanted, "given": request.content_type})


def _sentence(error: Mapping[str, Any], request: HttpRequest) -> str:
    name = ".".join(str(part) for part in error["loc"][1:] if part != "given") or str(error["loc"][0])
    if error["type"] == "missing":
        return _("Der Parameter „%(name)s“ fehlt.") % {"name": name}
    if error["type"] == "extra_forbidden":
        return _("Den Parameter „%(name)s“ gibt es nicht.") % {"name": name}
    values = {"name": name, "value": _given(error, request)}
    if error["type"] == "greater_than_equal":
        return _("Der Parameter „%(name)s“ muss mindestens %(bound)s sein, nicht „%(value)s“.") % {**values, "bound": error["ctx"]["ge"]}
    if error["type"] == "less_than_equal":
        return _("Der Parameter „%(name)s“ darf höchstens %(bound)s sein, nicht „%(value)s“.") % {**values, "bound": error["ctx"]["le"]}
    return _("Der Parameter „%(name)s“ ist nicht lesbar: „%(value)s“.") % values


def _given(error: Mapping[str, Any], request: HttpRequest) -> str:
    place, *steps = error["loc"]
    if place == "body":
        return _inside(json.loads(request.body), steps[1:])[:_LONGEST_VALUE]
    given = request.GET if place == "query" else request.POST
    return given.get(str(steps[-1]), "")[:_LONGEST_VALUE]


def _inside(content: Any, steps: Sequence[str | int]) -> str:
    """Give the part of some JSON that a fault lies at."""
    for step in steps:
        content = content[step]
    return json.dumps(content, ensure_ascii=False)
