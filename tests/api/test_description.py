# SPDX-License-Identifier: EUPL-1.2
"""Every address answers as the description says, whatever is asked: for the public and for a token with all scopes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi import checks

from asskomm.config.wsgi import application
from tests.api.conftest import Alliance

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.negative_data_rejection,
    checks.allow_header_conformance,
    checks.missing_required_header,
    checks.unsupported_method,
    checks.ignored_auth,
]
OF_THE_HEADER = [checks.negative_data_rejection, checks.ignored_auth]  # they expect a refusal where the test has put the header right
EXAMPLES = settings(max_examples=12, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


def closing(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
    """The application as a server runs it, which closes each answer and with it the files of the request; the library leaves them open."""
    answer = application(environ, start_response)
    try:
        return list(answer)
    finally:
        answer.close()


@pytest.fixture(scope="module")
def described(alliance: Alliance) -> Iterator[Any]:
    """The API as its own description tells it; requests leave the connection open, because all happens in one transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", closing)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations() -> list[tuple[str, str]]:
    from asskomm.config.api import api

    paths = cast("dict[str, dict[str, Any]]", api.get_openapi_schema()["paths"])
    return [(path, method) for path, methods in sorted(paths.items()) for method in sorted(methods)]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "not fitting"])
@pytest.mark.parametrize("signed_in", [False, True], ids=["public", "token"])
@pytest.mark.parametrize(("path", "method"), operations())
def test_answers_as_described(described: Any, alliance: Alliance, path: str, method: str, mode: GenerationMode, *, signed_in: bool) -> None:
    headers = {"Authorization": alliance.authorization} if signed_in else {}

    @EXAMPLES
    @given(case=described[path][method.upper()].as_strategy(generation_mode=mode), number=st.integers(0, 20))
    def ask(case: Any, number: int) -> None:
        if mode is GenerationMode.POSITIVE:
            for name, values in alliance.known.items():
                if name in (case.path_parameters or {}) and number < len(values):
                    case.path_parameters[name] = values[number]
        header = (case.meta.components if case.meta else {}).get(ParameterLocation.HEADER)
        mended = signed_in and header is not None and header.mode is GenerationMode.NEGATIVE
        case.headers = {**(case.headers or {}), **headers}
        case.call_and_validate(checks=[check for check in CHECKS if not (mended and check in OF_THE_HEADER)])

    ask()
