# SPDX-License-Identifier: EUPL-1.2
"""The mail by which an administrator sees that mails arrive."""

from django.utils.translation import gettext_lazy as _

from asskomm.core.mail.registry import MailKind

PROBE = MailKind("probe", _("Testnachricht"), _("Testnachricht von ASSKomm"), "mail/probe.txt", duty=True)
