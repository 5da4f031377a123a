# SPDX-License-Identifier: EUPL-1.2
"""The package's own job: seal each minute."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from asskomm.core.jobs import EachMinute, Runner, Scheduled, Task


def seal_all(run: Runner) -> Mapping[str, Any]:
    """Seal everything that waits, a thousand entries a transaction."""
    from asskomm.core.audit.domain.sealing import seal

    sealed = 0
    while count := seal():
        sealed += count
        run.progress(sealed, sealed)
    return {"rows": sealed}


SEAL = Task("audit.seal", _("Änderungsprotokoll versiegeln"), seal_all)
SEAL_EACH_MINUTE = Scheduled(SEAL.key, EachMinute())
