# SPDX-License-Identifier: EUPL-1.2
"""Verbs: release a programme, so that the public reads it."""

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.choosing import drop_workshops
from asskomm.events.domain.programme import GATHERINGS, ProgrammeError
from asskomm.events.domain.programme_content import freeze, latest_version, read, written
from asskomm.events.domain.queries.changes import changes_between
from asskomm.events.domain.queries.conflicts import conflicts_of
from asskomm.events.models import Gathering, ProgrammeVersion


class ConflictsError(ProgrammeError):
    """The programme has conflicts, and nobody said that she knows."""


def release_programme(gathering: Gathering, notes: str = "", *, knowing_conflicts: bool = False, by: Principal) -> ProgrammeVersion:
    """Freeze the programme as it stands and let the public read it; whoever has a place in a workshop that is no part of it any more is told.

    Args:
        gathering: whose programme.
        notes: what is different, for whoever knows the version before.
        knowing_conflicts: whether whoever releases was told of the conflicts.
        by: who releases.

    Raises
    ------
        ConflictsError: there are conflicts, and nobody said that she knows.
        ProgrammeError: no session has a time.
        PermissionDenied: the reader does not organise this gathering.
    """
    with transaction.atomic():
        require("events.change", by, gathering)
        row = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)  # two releases get two numbers
        programme = freeze(row)
        if not programme.parts:
            raise ProgrammeError(_("Noch hat kein Beitrag eine Zeit."))
        if not knowing_conflicts and conflicts_of(row, programme):
            raise ConflictsError(_("Im Programm gibt es Widersprüche."))
        chosen, guids = row.sessions.filter(places__isnull=False, seats__isnull=False).distinct(), {part.guid for part in programme.parts}
        drop_workshops(row, [session for session in chosen if str(session.guid) not in guids])
        last = latest_version(row)
        number = last.number + 1 if last else 1
        version = ProgrammeVersion.objects.create(gathering=row, number=number, released_at=clock.now(), notes=notes, content=written(programme))
        record(GATHERINGS, [row], Action.RELEASED, by=by)
    return version


def draft_notes(gathering: Gathering) -> str:
    """Give what is different from the last version, a line each, for whoever releases to go on from; empty before the first."""
    last = latest_version(gathering)
    return "\n".join(changes_between(read(last.content), freeze(gathering))) if last else ""
