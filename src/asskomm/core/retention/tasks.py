# SPDX-License-Identifier: EUPL-1.2
"""The package's own job."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from asskomm.core.jobs import EachNight, Runner, Scheduled, Task


def _delete(run: Runner) -> Mapping[str, Any]:
    from asskomm.core.retention.domain.deletion import delete_due

    return delete_due(run)


DELETE = Task("retention.delete", _("Löschen, was nicht mehr gebraucht wird"), _delete)
DELETE_NIGHTLY = Scheduled(DELETE.key, EachNight())
