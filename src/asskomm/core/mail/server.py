# SPDX-License-Identifier: EUPL-1.2
"""The line to the mail server, which trusts a certificate authority of one's own too."""

from typing import TYPE_CHECKING

from django.core.mail.backends.smtp import EmailBackend
from django.utils.functional import cached_property

from asskomm.core.installation.trust import trusting

if TYPE_CHECKING:
    from ssl import SSLContext


class MailServer(EmailBackend):
    """Django's backend with our trust."""

    @cached_property
    def ssl_context(self) -> "SSLContext":
        """Give whom we trust."""
        return trusting()
