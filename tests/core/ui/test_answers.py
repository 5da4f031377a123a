# SPDX-License-Identifier: EUPL-1.2
"""What every answer carries, files and small addresses included."""

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils.module_loading import import_string

from asskomm.config import settings as ours


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_small_answers_name_their_charset(client: Client, path: str) -> None:
    assert client.get(path)["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/healthz", "/api/events"])
def test_nobody_gets_her_request_back(client: Client, path: str) -> None:
    answer = client.generic("TRACE", path, HTTP_X_SECRET="geheim")
    assert (answer.status_code, b"geheim" in answer.content) == (405, False)


def test_files_carry_the_policy_too() -> None:
    order = ours.MIDDLEWARE
    assert order.index("csp.middleware.CSPMiddleware") < order.index("whitenoise.middleware.WhiteNoiseMiddleware")
    answered = import_string("csp.middleware.CSPMiddleware")(lambda _request: HttpResponse(Path(__file__).read_bytes()))(HttpRequest())
    assert "default-src 'none'" in answered["Content-Security-Policy"]
