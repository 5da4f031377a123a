# SPDX-License-Identifier: EUPL-1.2
"""A real mail server, and kinds of mail that exist in these tests alone."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from asskomm.core.mail import MAIL_KINDS, MailKind
from tests.core.mail.mail_server import MailServer, mail_server


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    MAIL_KINDS.register("news", MailKind("news", "Neuigkeiten", "Neues aus der Allianz: Übersicht", "mail/probe.txt"))
    yield
    MAIL_KINDS.remove("news")


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A mail server to which the installation sends."""
    with mail_server() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", running.port, False
        settings.MAIL_FROM, settings.MAIL_BOUNCE = "ASSKomm <asskomm@lpr.example>", "bounce@lpr.example"
        settings.SITE_URL = "https://asskomm.example"
        yield running
