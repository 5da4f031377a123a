# SPDX-License-Identifier: EUPL-1.2
"""Look at everything that was registered; a check that fails is a finding too."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, connection
from django.utils.translation import gettext as _

from asskomm.core.operation.registry import CHECKS, Check, Finding, Level

_log = logging.getLogger("asskomm.operation")


@dataclass(frozen=True)
class Found:
    """A check with what it found."""

    key: str
    name: str
    finding: Finding

    @property
    def level(self) -> Level:
        """How it stands."""
        return self.finding.level


def examine(*, thorough: bool = True) -> list[Found]:
    """Look at everything, or at what is looked at in a moment."""
    return list(_examine(thorough=thorough))


def _examine(*, thorough: bool) -> Iterator[Found]:
    fault = _database_fault()
    if fault:
        yield Found("database", _("Datenbank"), fault)
    for key, check in CHECKS.items():
        if (thorough or not check.thorough) and not (fault and check.asks_database):
            yield Found(key, str(check.name), _look(check))


def _database_fault() -> Finding | None:
    """Say whether the database answers; when it does not, what hangs on it need not be looked at."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM installation_installation")
    except (DatabaseError, InterfaceError) as fault:
        remedy = _("Prüfen Sie, ob sie läuft und erreichbar ist; an einem neuen Ort hilft „asskomm up --prepare-only“.")
        return Finding.fault(_("Die Datenbank antwortet nicht: %(fault)s") % {"fault": " ".join(str(fault).split())}, remedy)
    return None


def _look(check: Check) -> Finding:
    try:
        return check.look()
    except Exception as fault:  # noqa: BLE001 -- whatever the check of some room throws must not hide what others found
        _log.exception("check %s failed", check.key)
        text = _("Das ließ sich nicht prüfen (%(name)s).") % {"name": type(fault).__name__}
        return Finding.fault(text, _("Der Fehler steht im Protokoll der Anwendung."))
