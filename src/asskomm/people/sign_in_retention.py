# SPDX-License-Identifier: EUPL-1.2
"""When one-time links and signed-in devices are deleted, and what is kept of them about a person."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import clock
from asskomm.core.jobs import Runner
from asskomm.core.retention import DataSubject, DeletionRule, SubjectRecords

KEPT = dt.timedelta(days=7)


def _forget(_run: Runner) -> int:
    from asskomm.people.models import OneTimeLink

    return OneTimeLink.objects.filter(expires_at__lt=clock.now() - KEPT).delete()[0]


def _own(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.people.models import OneTimeLink

    for link in OneTimeLink.objects.filter(account__in=subject.accounts):
        used = f"{localtime(link.used_at):%d.%m.%Y %H:%M}" if link.used_at else ""
        yield {
            _("Zweck"): str(link),
            _("Angelegt"): f"{localtime(link.created_at):%d.%m.%Y %H:%M}",
            _("Gilt bis"): f"{localtime(link.expires_at):%d.%m.%Y %H:%M}",
            _("Benutzt"): used,
        }


OLD_LINKS = DeletionRule(
    "one_time_links",
    gettext_lazy("Links zum Einloggen und Einladungen"),
    gettext_lazy("7 Tage, nachdem sie abgelaufen sind"),
    gettext_lazy("Damit sich klären lässt, ob ein Link benutzt wurde."),
    _forget,
)
OWN_LINKS = SubjectRecords(gettext_lazy("Links zum Einloggen"), _own)


def _forget_devices(_run: Runner) -> int:
    from asskomm.people.domain.devices import LONGEST
    from asskomm.people.models import Device

    return Device.objects.filter(seen_at__lt=clock.now() - LONGEST).delete()[0]


def _own_devices(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.people.models import Device

    for device in Device.objects.filter(account__in=subject.accounts):
        yield {
            _("Gerät"): device.browser,
            _("Seit"): f"{localtime(device.since):%d.%m.%Y %H:%M}",
            _("Zuletzt benutzt"): f"{localtime(device.seen_at):%d.%m.%Y %H:%M}",
        }


OLD_DEVICES = DeletionRule(
    "devices",
    gettext_lazy("Angemeldete Geräte"),
    gettext_lazy("bis zur Nacht, nachdem die Sitzung endete"),
    gettext_lazy("Damit Sie sehen, wo Sie eingeloggt sind."),
    _forget_devices,
)
OWN_DEVICES = SubjectRecords(gettext_lazy("Angemeldete Geräte"), _own_devices)
