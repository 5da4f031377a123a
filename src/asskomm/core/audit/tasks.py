# SPDX-License-Identifier: EUPL-1.2
"""The package's own jobs: seal each minute, forget each night what is older than its kind allows."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from asskomm.core.audit.registry import TRAILS
from asskomm.core.clock import clock
from asskomm.core.jobs import EachMinute, EachNight, Runner, Scheduled, Task


def seal_all(run: Runner) -> Mapping[str, Any]:
    """Seal everything that waits, a thousand entries a transaction."""
    from asskomm.core.audit.domain.sealing import seal

    sealed = 0
    while count := seal():
        sealed += count
        run.progress(sealed, sealed)
    return {"rows": sealed}


def forget_old(run: Runner) -> Mapping[str, Any]:
    """Delete former contents on their date."""
    from asskomm.core.audit.domain.recording import forget_before

    gone = 0
    for key, trail in TRAILS.items():
        while trail.kept and (count := forget_before(key, clock.now() - trail.kept, by=run.principal)):
            gone += count
            run.progress(gone, gone)
    return {"rows": gone}


SEAL = Task("audit.seal", _("Änderungsprotokoll versiegeln"), seal_all)
FORGET = Task("audit.forget", _("Frühere Inhalte löschen"), forget_old)
SEAL_EACH_MINUTE = Scheduled(SEAL.key, EachMinute())
FORGET_NIGHTLY = Scheduled(FORGET.key, EachNight())
