# SPDX-License-Identifier: EUPL-1.2
"""Whom this installation trusts when it calls another machine."""

import ssl

from django.conf import settings


def trusting() -> ssl.SSLContext:
    """Give the trust of the system, and of a certificate authority of one's own."""
    context = ssl.create_default_context()
    if settings.CA_FILE:
        context.load_verify_locations(settings.CA_FILE)
    return context
