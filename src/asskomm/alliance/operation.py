# SPDX-License-Identifier: EUPL-1.2
"""Whether what is worked out from events equals the events."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.operation import Check, Finding

_SHOWN = 5


def projection() -> Finding:
    """Fold everything anew and compare."""
    from asskomm.alliance.domain.projection_anew import differences

    wrong = differences()
    if not wrong:
        return Finding.ok(_("Der abgeleitete Stand stimmt mit den Ereignissen überein."))
    text = _("Der abgeleitete Stand weicht ab bei: %(where)s.") % {"where": ", ".join(wrong[:_SHOWN]) + (" …" if len(wrong) > _SHOWN else "")}
    return Finding.fault(text, _("Sichern Sie, und spielen Sie die Sicherung an einem neuen Ort ein: Dabei wird er neu berechnet."))


PROJECTION = Check("projection", gettext_lazy("Abgeleiteter Stand"), projection, thorough=True)
