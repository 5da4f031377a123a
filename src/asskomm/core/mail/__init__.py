# SPDX-License-Identifier: EUPL-1.2
"""The outbox: what is written to people, sent by a job each minute, tried again, and never sent to whoever does not want it."""

from asskomm.core.mail.enums import MailState
from asskomm.core.mail.registry import MAIL_KINDS, MailKind

__all__ = ["MAIL_KINDS", "MailKind", "MailState"]
