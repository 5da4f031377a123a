# SPDX-License-Identifier: EUPL-1.2
"""What whoever watches over the service is told."""

import pytest
from django.db import Error, InterfaceError, OperationalError
from django.test import Client

from tests.reading import Page, database_away

pytestmark = pytest.mark.django_db


def _told(response: Page) -> tuple[int, str, str]:
    return response.status_code, response["Content-Type"], response.content.decode()


def test_all_is_well(client: Client) -> None:
    assert _told(client.get("/healthz")) == (200, "text/plain; charset=utf-8", "ok\n")
    assert _told(client.get("/readyz")) == (200, "text/plain; charset=utf-8", "ready\n")


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_the_process_lives_while_the_database_is_away(client: Client, fault: type[Error]) -> None:
    with database_away(fault):
        assert _told(client.get("/healthz")) == (200, "text/plain; charset=utf-8", "ok\n")
        assert _told(client.get("/readyz")) == (503, "text/plain; charset=utf-8", "database not ready\n")
