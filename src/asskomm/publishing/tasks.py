# SPDX-License-Identifier: EUPL-1.2
"""The room's own jobs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from asskomm.core.jobs import Runner, Task


def _index(run: Runner) -> Mapping[str, Any]:
    from asskomm.core.search.domain.index import reindex

    reindex("press", [run.arguments["sheet"]])
    return {}


INDEX = Task("press.index", _("Medieninformation nach der Sperrfrist in die Suche aufnehmen"), _index)
