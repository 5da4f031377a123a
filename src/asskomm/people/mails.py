# SPDX-License-Identifier: EUPL-1.2
"""What this room writes to people."""

from django.utils.translation import gettext_lazy as _

from asskomm.core.mail.registry import MailKind

SIGN_IN_LINK = MailKind(
    "sign_in_link", _("Link zum Einloggen"), _("Ihr Link zum Einloggen bei ASSKomm"), "people/mail/sign_in_link.txt", duty=True, secret=True
)
INVITATION = MailKind("invitation", _("Einladung"), _("Ihr Zugang zu ASSKomm"), "people/mail/invitation.txt", duty=True, secret=True)
DEADLINE = MailKind("deadline", _("Erinnerung an eine Frist"), _("Eine Frist bei ASSKomm läuft ab"), "people/mail/deadline.txt", duty=True)
