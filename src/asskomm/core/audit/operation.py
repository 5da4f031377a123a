# SPDX-License-Identifier: EUPL-1.2
"""Whether the seals hold, and whether they keep up."""

import datetime as dt
from collections.abc import Iterable

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import clock
from asskomm.core.operation import Check, Finding, Measure, Reading

LATE = dt.timedelta(minutes=5)
_SHOWN = 3


def chain() -> Finding:
    """Verify every seal."""
    from asskomm.core.audit.domain.verification import verify

    wrong = list(verify())
    if not wrong:
        return Finding.ok(_("Am Änderungsprotokoll wurde nichts verändert."))
    text = _("Änderungsprotokoll: %(what)s") % {"what": " ".join(wrong[:_SHOWN])} + (" …" if len(wrong) > _SHOWN else "")
    return Finding.fault(text, _("„asskomm audit verify“ nennt alles. Sichern Sie den jetzigen Stand, und klären Sie, wer Zugriff auf die Datenbank hatte."))


def seals() -> Finding:
    """Whether what is written is sealed soon, where a worker lives."""
    from asskomm.core.audit.domain.sealing import unsealed
    from asskomm.core.jobs.domain.beats import works

    oldest = unsealed().values_list("at", flat=True).first()
    if oldest is None or clock.now() - oldest < LATE:
        return Finding.ok(_("Alle Einträge des Änderungsprotokolls sind versiegelt."))
    if not works():
        return Finding.ok(_("Einträge des Änderungsprotokolls warten auf den Prozess für Aufträge, der sie versiegelt."))
    text = _("Einträge des Änderungsprotokolls warten seit mehr als fünf Minuten auf ihr Siegel.")
    return Finding.fault(text, _("Sehen Sie bei „asskomm jobs“ nach, warum „Änderungsprotokoll versiegeln“ nicht gelingt."))


def future() -> Finding:
    """Whether the newest entry lies ahead, because the clock of this machine goes back or went ahead when it was written."""
    from asskomm.core.audit.models import Entry

    newest = Entry.objects.order_by("-pk").values_list("at", flat=True).first()
    if newest is None or newest - clock.now() < LATE:
        return Finding.ok(_("Kein Eintrag des Änderungsprotokolls liegt in der Zukunft."))
    text = _("Der neueste Eintrag des Änderungsprotokolls ist vom %(at)s, das liegt in der Zukunft.") % {"at": f"{localtime(newest):%d.%m.%Y %H:%M}"}
    return Finding.warning(text, _("Stellen Sie die Uhr dieses Rechners, und richten Sie die Zeitsynchronisation ein (zum Beispiel systemd-timesyncd)."))


def _age() -> Iterable[Reading]:
    from asskomm.core.audit.models import Seal

    if newest := Seal.objects.order_by("-number").first():
        yield Reading((clock.now() - newest.sealed_at).total_seconds())


def _waiting() -> Iterable[Reading]:
    from asskomm.core.audit.domain.sealing import unsealed

    oldest = unsealed().values_list("at", flat=True).first()
    yield Reading((clock.now() - oldest).total_seconds() if oldest else 0)


CHECKS = (
    Check("audit_chain", gettext_lazy("Siegel"), chain, thorough=True),
    Check("audit_seals", gettext_lazy("Versiegeln"), seals),
    Check("audit_future", gettext_lazy("Uhr dieses Rechners"), future),
)
MEASURES = {
    "audit_seal_age_seconds": Measure("Seconds since the newest seal; nothing where there is none.", _age),
    "audit_unsealed_age_seconds": Measure("How long the oldest entry has waited for its seal; 0 where none waits.", _waiting),
}
