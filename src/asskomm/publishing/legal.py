# SPDX-License-Identifier: EUPL-1.2
"""What the legal pages register with the floors below."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from asskomm.core.clock import add_months
from asskomm.core.operation import DATED_RULES, DatedRule

STATEMENT_OF = dt.date(2026, 11, 25)
"""On this day the accessibility statement was made; it says that it is looked at at least every year."""


def _statements() -> Iterator[DatedRule]:
    yield DatedRule(_("Erklärung zur Barrierefreiheit"), add_months(STATEMENT_OF, 12))


def register_legal() -> None:
    """Register the foot of every page, the mail that passes on a barrier, and the day on which the accessibility statement is too old."""
    from asskomm.core.mail.registry import MAIL_KINDS, MailKind
    from asskomm.core.ui.frame import FOOT, HEAD, MenuEntry

    barrier = MailKind("barrier", _("Gemeldete Barriere"), _("Jemand hat eine Barriere gemeldet"), "publishing/mail/barrier.txt", duty=True)
    MAIL_KINDS.register(barrier.key, barrier)
    DATED_RULES.register("accessibility statement", _statements)
    FOOT.register("imprint", MenuEntry(_("Impressum"), "publishing:imprint"), order=10)
    FOOT.register("privacy", MenuEntry(_("Datenschutz"), "publishing:privacy"), order=20)
    FOOT.register("accessibility", MenuEntry(_("Barrierefreiheit"), "publishing:accessibility"), order=30)
    FOOT.register("barrier", MenuEntry(_("Barriere melden"), "publishing:report_barrier"), order=40)
    easy = MenuEntry(_("Leichte Sprache"), "publishing:easy")
    HEAD.register("easy", easy, order=10)
    FOOT.register("easy", easy, order=50)
    FOOT.register("handbook", MenuEntry(_("Handbuch"), "publishing:handbook"), order=60)
