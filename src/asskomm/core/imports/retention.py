# SPDX-License-Identifier: EUPL-1.2
"""What is deleted of files and when, and what is kept of them about a person."""

from collections.abc import Iterator, Mapping

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.jobs import Runner
from asskomm.core.retention import DataSubject, DeletionRule, SubjectRecords


def _clear(_run: Runner) -> int:
    from asskomm.core.imports.domain.clearing import clear

    return clear()


def _own(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.core.imports.models import Batch

    for batch in Batch.objects.filter(account__in=subject.accounts):
        yield {_("Datei"): batch.file_name, _("Hochgeladen am"): f"{localtime(batch.created_at):%d.%m.%Y %H:%M}", _("Stand"): batch.get_state_display()}


WAITING_FILES = DeletionRule(
    "files",
    gettext_lazy("Hochgeladene Dateien, die niemand übernommen hat"),
    gettext_lazy("7 Tage"),
    gettext_lazy("Damit Zeit bleibt, die Vorschau zu prüfen. Nach dem Übernehmen wird die Datei sofort gelöscht."),
    _clear,
)
OWN_FILES = SubjectRecords(gettext_lazy("Eingelesene Dateien"), _own)
