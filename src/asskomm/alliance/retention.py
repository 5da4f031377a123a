# SPDX-License-Identifier: EUPL-1.2
"""When notes about talks with municipalities go."""

from django.utils.translation import gettext_lazy as _

from asskomm.core.jobs import Runner
from asskomm.core.retention import DeletionRule


def _forget_notes(run: Runner) -> int:
    from asskomm.alliance.domain.contacts import forget_notes

    return forget_notes(by=run.principal)


CONTACT_NOTES = DeletionRule(
    "contact_notes",
    _("Notizen zum nächsten Kontakt mit Kommunen"),
    _("2 Jahre nach der letzten Änderung"),
    _("Damit ein Gespräch fortgesetzt werden kann. Was länger ruht, hilft niemandem mehr."),
    _forget_notes,
)
