# SPDX-License-Identifier: EUPL-1.2
"""How old the last backup is."""

import datetime as dt
from collections.abc import Iterable

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import clock
from asskomm.core.installation.domain import is_example
from asskomm.core.operation import Check, Finding, Measure, Reading

OLD = dt.timedelta(days=2)


def _taken_at() -> dt.datetime | None:
    from asskomm.core.backup.models import TakenBackup

    return TakenBackup.objects.values_list("taken_at", flat=True).first()


def age() -> Finding:
    """Say when a backup was taken last; an example needs none."""
    taken = _taken_at()
    remedy = _("Richten Sie „asskomm backup“ für jede Nacht ein.")
    if taken is None:
        return Finding.ok(_("Das Beispiel braucht keine Sicherung.")) if is_example() else Finding.warning(_("Es gibt noch keine Sicherung."), remedy)
    text = _("Die letzte Sicherung ist vom %(day)s Uhr.") % {"day": f"{localtime(taken):%d.%m.%Y %H:%M}"}
    return Finding.ok(text) if clock.now() - taken < OLD or is_example() else Finding.warning(text, remedy)


def _age() -> Iterable[Reading]:
    if taken := _taken_at():
        yield Reading((clock.now() - taken).total_seconds())


def _size() -> Iterable[Reading]:
    from asskomm.core.backup.models import TakenBackup

    return [Reading(size) for size in TakenBackup.objects.values_list("size", flat=True)]


CHECKS = (Check("backup", gettext_lazy("Sicherung"), age),)
MEASURES = {
    "backup_age_seconds": Measure("Seconds since the last backup; nothing where there was none.", _age),
    "backup_size_bytes": Measure("Size of the last backup.", _size),
}
