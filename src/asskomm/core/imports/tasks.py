# SPDX-License-Identifier: EUPL-1.2
"""The jobs of the door, registered without loading its models."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from asskomm.core.jobs import Runner, Task


def _read(run: Runner) -> Mapping[str, Any] | None:
    from asskomm.core.imports.domain import working

    return working.read(run)


def _commit(run: Runner) -> Mapping[str, Any] | None:
    from asskomm.core.imports.domain import working

    return working.commit(run)


def _undo(run: Runner) -> Mapping[str, Any] | None:
    from asskomm.core.imports.domain import working

    return working.undo(run)


IMPORT_TASKS = (
    Task("imports.read", _("Datei lesen"), _read),
    Task("imports.commit", _("Datei übernehmen"), _commit),
    Task("imports.undo", _("Datei rückgängig machen"), _undo),
)
