# SPDX-License-Identifier: EUPL-1.2
"""When mails and addresses are deleted, and what is kept of them about a person."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import clock
from asskomm.core.jobs import Runner
from asskomm.core.retention import DataSubject, DeletionRule, SubjectRecords

KEPT = dt.timedelta(days=30)
ADDRESS_KEPT = dt.timedelta(days=730)
UNSUBSCRIPTION_KEPT = dt.timedelta(days=5 * 365)
_AT_ONCE = 1000


def _forget_mails(_run: Runner) -> int:
    from asskomm.core.mail.models import Mail

    gone, old = 0, Mail.objects.filter(not_before__lt=clock.now() - KEPT)
    while keys := list(old.values_list("pk", flat=True)[:_AT_ONCE]):
        gone += Mail.objects.filter(pk__in=keys).delete()[0]
    return gone


def _forget_addresses(_run: Runner) -> int:
    from asskomm.core.mail.models import Address

    gone, old = 0, Address.objects.filter(used_at__lt=clock.now() - ADDRESS_KEPT, mails=None, unsubscriptions=None)
    while keys := list(old.values_list("pk", flat=True)[:_AT_ONCE]):
        gone += Address.objects.filter(pk__in=keys).delete()[0]
    return gone


def _forget_unsubscriptions(_run: Runner) -> int:
    """Let go what was unsubscribed where nobody meant to write any more: each attempt, sent or not, is a use of the address."""
    from asskomm.core.mail.models import Unsubscription

    return Unsubscription.objects.filter(address__used_at__lt=clock.now() - UNSUBSCRIPTION_KEPT).delete()[0]


def _own(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.core.mail.models import Mail

    for mail in Mail.objects.filter(Q(account__in=subject.accounts) | subject.addressed("address__email")).select_related("address"):
        yield {
            _("Wann"): f"{localtime(mail.created_at):%d.%m.%Y %H:%M}",
            _("An"): mail.address.email,
            _("Betreff"): mail.subject,
            _("Stand"): str(mail.get_state_display()),
            _("Text"): mail.text,
        }


def _own_addresses(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.core.mail.models import Address
    from asskomm.core.mail.registry import MAIL_KINDS

    for address in Address.objects.filter(subject.addressed("email")).prefetch_related("unsubscriptions"):
        kinds = [(MAIL_KINDS[row.kind].name if row.kind in MAIL_KINDS else row.kind, row.at) for row in address.unsubscriptions.all()]
        yield {
            _("E-Mail"): address.email,
            _("Zuletzt benutzt"): f"{localtime(address.used_at):%d.%m.%Y %H:%M}",
            _("Nicht zustellbar"): address.fault,
            _("Abbestellt"): "; ".join(f"{kind} ({localtime(at):%d.%m.%Y})" for kind, at in kinds),
        }


OLD_MAILS = DeletionRule(
    "mails", gettext_lazy("Nachrichten per E-Mail"), gettext_lazy("30 Tage"), gettext_lazy("Damit sich klären lässt, ob eine Nachricht ankam."), _forget_mails
)
OLD_UNSUBSCRIPTIONS = DeletionRule(
    "unsubscriptions",
    gettext_lazy("Abbestellungen mit ihrer Adresse"),
    gettext_lazy("5 Jahre, nachdem das Programm zuletzt an die Adresse schreiben wollte"),
    gettext_lazy("Damit abbestellt bleibt, was abbestellt ist."),
    _forget_unsubscriptions,
)
OLD_ADDRESSES = DeletionRule(
    "addresses",
    gettext_lazy("Adressen, an die nichts mehr geschrieben wird"),
    gettext_lazy("2 Jahre; mit einer Abbestellung so lange wie diese"),
    gettext_lazy("Damit der Link zum Abbestellen so lange gilt."),
    _forget_addresses,
)
OWN_ADDRESSES = SubjectRecords(gettext_lazy("Adressen und Abbestellungen"), _own_addresses)
OWN_MAILS = SubjectRecords(gettext_lazy("Nachrichten an Sie"), _own)
