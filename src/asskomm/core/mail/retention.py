# SPDX-License-Identifier: EUPL-1.2
"""When mails and addresses are deleted, and what is kept of them about a person."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import clock
from asskomm.core.jobs import Runner
from asskomm.core.retention import DeletionRule, SubjectRecords

KEPT = dt.timedelta(days=30)
ADDRESS_KEPT = dt.timedelta(days=730)
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


def _own(account: int) -> Iterator[Mapping[str, str]]:
    from asskomm.core.mail.models import Mail

    for mail in Mail.objects.filter(account=account).select_related("address"):
        yield {
            _("Wann"): f"{localtime(mail.created_at):%d.%m.%Y %H:%M}",
            _("An"): mail.address.email,
            _("Betreff"): mail.subject,
            _("Stand"): str(mail.get_state_display()),
            _("Text"): mail.text,
        }


OLD_MAILS = DeletionRule(
    "mails", gettext_lazy("Nachrichten per E-Mail"), gettext_lazy("30 Tage"), gettext_lazy("Damit sich klären lässt, ob eine Nachricht ankam."), _forget_mails
)
OLD_ADDRESSES = DeletionRule(
    "addresses",
    gettext_lazy("Adressen, an die nichts mehr geschrieben wird"),
    gettext_lazy("2 Jahre"),
    gettext_lazy("Damit der Link zum Abbestellen so lange gilt. Was abbestellt wurde, bleibt gemerkt, damit es abbestellt bleibt."),
    _forget_addresses,
)
OWN_MAILS = SubjectRecords(gettext_lazy("Nachrichten an Sie"), _own)
