# SPDX-License-Identifier: EUPL-1.2
"""When former contents are deleted, and what the log holds on a person."""

from collections.abc import Iterator, Mapping

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.audit.registry import TRAILS
from asskomm.core.clock import clock
from asskomm.core.jobs import Runner
from asskomm.core.retention import DataSubject, DeletionRule, SubjectRecords


def _forget(run: Runner) -> int:
    from asskomm.core.audit.domain.recording import forget_before

    gone = 0
    for key, trail in TRAILS.items():
        while trail.kept and (count := forget_before(key, clock.now() - trail.kept, by=run.principal)):
            gone += count
    return gone


def _own(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.core.audit.models import Entry

    for entry in Entry.objects.filter(account__in=subject.accounts):
        yield {_("Wann"): f"{localtime(entry.happened_at):%d.%m.%Y %H:%M}", _("Was"): entry.get_action_display(), _("Woran"): f"{entry.kind_name} {entry.key}"}


FORMER_CONTENTS = DeletionRule(
    "history",
    gettext_lazy("Frühere Angaben zu Personen im Verlauf"),
    gettext_lazy("3 Jahre"),
    gettext_lazy("Damit sich klären lässt, wer wann zuständig war. Dass etwas geändert wurde, bleibt ohne Inhalt stehen."),
    _forget,
)
OWN_ENTRIES = SubjectRecords(gettext_lazy("Was Sie getan haben (Änderungsprotokoll)"), _own)
