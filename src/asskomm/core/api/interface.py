# SPDX-License-Identifier: EUPL-1.2
"""The API as the library sees it: names, faults, limits and a description that says all of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from typing_extensions import override

from asskomm.core.api.media import JsonParser
from asskomm.core.api.problems import install
from asskomm.core.api.schemas import Problem
from asskomm.core.api.throttles import CallerThrottle
from asskomm.core.ui.days import ParameterError

PROBLEM_TYPE = "application/problem+json"
_ALWAYS = {
    400: "A parameter cannot be read; the detail names it.",
    401: "The token is not accepted, or one is needed.",
    403: "The token does not reach that far, or the function of its owner does not allow it.",
    429: "Too many requests in a minute; Retry-After says when to come back.",
    500: "Something went wrong here; it is in the log under the id of the request.",
    503: "The database does not answer now, or is being brought to a new version.",
    507: "The disk of the server is full; nothing was saved.",
}
_WITH_PATH = {404: "There is no such object, or it is not for this reader."}
_WRITING = {
    409: "Things stand otherwise; the detail says what is in the way.",
    413: "The content is too large.",
    415: "The content is of another type than this address reads.",
    422: "The file cannot be read; the detail says why.",
}

_HEADERS = {401: {"WWW-Authenticate": "string"}, 429: {"Retry-After": "integer"}, 503: {"Retry-After": "integer"}}


def _fault(status: int, text: str) -> dict[str, Any]:
    headers = {name: {"schema": {"type": kind}} for name, kind in _HEADERS.get(status, {}).items()}
    content = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": text, "content": content} | ({"headers": headers} if headers else {})


class Description(OpenAPISchema):
    """The description with the faults of every operation, and with who may ask."""

    @override
    def responses(self, operation: Operation) -> dict[Any, Any]:
        """Give what an operation answers, faults included."""
        faults = _ALWAYS | (_WITH_PATH if "{" in operation.path else {}) | (_WRITING if operation.methods != ["GET"] else {})
        self.add_schema_definitions({"Problem": Problem.model_json_schema()})
        return super().responses(operation) | {status: _fault(status, text) for status, text in sorted(faults.items())}

    @override
    def operation_parameters(self, operation: Operation) -> list[dict[str, Any]]:
        """Give what an operation takes; examples stand in the schema, where a list of them is allowed."""
        return [{name: value for name, value in parameter.items() if name != "examples"} for parameter in super().operation_parameters(operation)]

    @override
    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        """Give who may ask: everybody too where one of the ways in asks for nothing."""
        open_to_all = any(not hasattr(way, "openapi_security_schema") for way in operation.auth_callbacks)
        found: list[dict[str, Any]] = super().operation_security(operation) or []
        return [{}, *found] if open_to_all else found


class Interface(NinjaAPI):
    """The API with our names of operations, our faults and our limits."""

    def __init__(self, **more: Any) -> None:
        """Begin without an address."""
        super().__init__(docs_url=None, urls_namespace="api", parser=JsonParser(), throttle=[CallerThrottle()], **more)
        self._described: dict[str, Any] | None = None
        self._known: dict[tuple[str, str], list[str]] = {}
        install(self)

    @override
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Give the name of the function: it says nothing about where it stands."""
        return operation.view_func.__name__

    @override
    def get_openapi_schema(self, **_more: Any) -> Any:
        """Give the description, made once a process."""
        if self._described is None:
            self._described = Description(self, self.get_root_path({}))
        return self._described

    @override
    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """Begin an answer, unless a parameter is not known here: whoever mistypes a filter must not get everything.

        Raises
        ------
            ParameterError: with its name.
        """
        known = self._parameters(request)
        for name in request.GET:
            if name not in known:
                raise ParameterError(_("Den Parameter „%(name)s“ gibt es hier nicht. Möglich: %(known)s.") % {"name": name, "known": ", ".join(known) or "–"})
        return super().create_temporal_response(request)

    def _parameters(self, request: HttpRequest) -> list[str]:
        """Give the names that the description knows in the query of an address."""
        if not self._known:
            paths = self.get_openapi_schema()["paths"]
            self._known = {(path, method): _in_query(operation) for path, methods in paths.items() for method, operation in methods.items()}
        route = request.resolver_match.route if request.resolver_match else ""
        return self._known[f"/{route}".replace("<", "{").replace(">", "}"), str(request.method).lower()]


def _in_query(operation: dict[str, Any]) -> list[str]:
    return [parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "query"]
