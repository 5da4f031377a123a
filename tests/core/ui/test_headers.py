# SPDX-License-Identifier: EUPL-1.2
"""What browsers are told on every page."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests.processes import plain_environment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/einloggen/", "/gibt-es-nicht/", "/api/figures"])
def test_the_content_policy_allows_nothing_inline(client: Client, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"]
    assert dict(directive.split(" ", 1) for directive in policy.split("; ")) == {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_the_other_protections(client: Client) -> None:
    response = client.get("/")
    names = ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")
    assert [response[name] for name in names] == ["DENY", "nosniff", "same-origin", "same-origin"]


def test_over_https_cookies_belong_to_this_host_alone_and_browsers_keep_to_https(tmp_path: Path) -> None:
    names = ("SESSION", "CSRF", "LANGUAGE", "DEVICE")
    asked = [*(f"{name}_COOKIE_NAME" for name in names), "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE"]
    asked += ["SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    program = f"import json; from asskomm.config import settings; print(json.dumps([getattr(settings, name) for name in {asked}]))"
    environment = {**plain_environment(), "ASSKOMM_HTTPS": "ja", "ASSKOMM_DATA": str(tmp_path)}
    printed = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True).stdout
    assert json.loads(printed) == ["__Host-sitzung", "__Host-csrftoken", "__Host-sprache", "__Host-geraet", True, True, True, 31536000, True]
