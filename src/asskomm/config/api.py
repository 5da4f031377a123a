# SPDX-License-Identifier: EUPL-1.2
"""The API, first version: figures, municipalities, where a point lies, search."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

from asskomm.core.search.interfaces.api import router as search
from asskomm.core.ui.days import ParameterError
from asskomm.core.ui.errors import error_page
from asskomm.publishing.interfaces.api import router as figures
from asskomm.territory.interfaces.api import router as territory

api = NinjaAPI(title="ASSKomm", version="1", docs_url=None, urls_namespace="api")
api.add_router("figures", figures)
api.add_router("search", search)
api.add_router("territory", territory)


@api.exception_handler(ParameterError)
def wrong_parameter(request: HttpRequest, fault: ParameterError) -> HttpResponse:
    """Answer 400 with the sentence."""
    return error_page(request, 400, str(fault))


@api.exception_handler(ValidationError)
def wrong_shape(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Answer 400 and name the parameter."""
    first = fault.errors[0]
    name = str(first["loc"][-1])
    if first["type"] == "missing":
        return error_page(request, 400, _("Der Parameter „%(name)s“ fehlt.") % {"name": name})
    return error_page(request, 400, _("Der Parameter „%(name)s“ ist nicht lesbar: „%(value)s“.") % {"name": name, "value": request.GET.get(name, "")[:60]})
