# SPDX-License-Identifier: EUPL-1.2
"""The line to the mail server, which trusts a certificate authority of one's own too."""

import ssl
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.utils.functional import cached_property

if TYPE_CHECKING:
    from ssl import SSLContext


class MailServer(EmailBackend):
    """Django's backend with our trust."""

    @cached_property
    def ssl_context(self) -> "SSLContext":
        """Give whom we trust."""
        context = ssl.create_default_context()
        if settings.CA_FILE:
            context.load_verify_locations(settings.CA_FILE)
        return context
