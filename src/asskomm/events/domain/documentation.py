# SPDX-License-Identifier: EUPL-1.2
"""Verb: let everybody read what remains of a gathering, in one place."""

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.gatherings import TRAIL, GatheringError
from asskomm.events.models import Gathering


def release_documentation(gathering: Gathering, *, released: bool, by: Principal) -> Gathering:
    """Let everybody read the documentation who sees the gathering, or nobody but those who organise it.

    Raises
    ------
        GatheringError: it is not over, or did not take place.
        PermissionDenied: the reader does not organise this gathering.
    """
    with transaction.atomic():
        require("events.change", by, gathering)
        row = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
        if released and (not row.published or row.ends_at > clock.now()):
            raise GatheringError(_("Eine Dokumentation gibt es, wenn die Veranstaltung stattgefunden hat und vorbei ist."))
        if released == (row.documented_at is not None):
            return row  # a second click
        row.documented_at = clock.now() if released else None
        row.save(update_fields=["documented_at"])
        record(TRAIL, [row], Action.RELEASED if released else Action.WITHDRAWN, by=by)
    return row
