# SPDX-License-Identifier: EUPL-1.2
"""What is written to people: rooms register each kind with its fixed subject."""

from dataclasses import dataclass

from django.utils.functional import Promise

from asskomm.core.slots import Slot


@dataclass(frozen=True)
class MailKind:
    """One kind of mail.

    Args:
        key: name in the database.
        name: what the pages say.
        subject: the same sentence for everybody, so that no name ever stands in it; a subject is readable on every way.
        template: of the text, as plain text with empty lines between paragraphs.
        duty: whether it has to reach everybody, such as a deadline; all others can be unsubscribed.
        secret: whether it lets somebody in; its text is kept no longer than it takes to send it.
    """

    key: str
    name: str | Promise
    subject: str | Promise
    template: str
    duty: bool = False
    secret: bool = False


MAIL_KINDS: Slot[MailKind] = Slot()
