# SPDX-License-Identifier: EUPL-1.2
"""Verbs of whoever organises: say yes or no to several stands and posters at once. Only here a place is taken."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.applying import TRAIL, free_place
from asskomm.events.domain.counters import take
from asskomm.events.domain.fairs import StandError, held_fair, lock_places
from asskomm.events.domain.stand_letters import say_accepted, say_refused
from asskomm.events.enums import StandKind, StandState
from asskomm.events.models import Fair, Gathering, Stand


def accept_stands(gathering: Gathering, references: Collection[str], *, by: Principal) -> int:
    """Say yes to all of them or, where there is not room for all, to none; gives to how many it is new.

    Raises
    ------
        StandError: there is not room for all.
        PermissionDenied: the reader does not organise this gathering.
    """
    with transaction.atomic():
        fair, rows = _held(gathering, references, by)
        new = [row for row in rows if row.state in {StandState.APPLIED, StandState.REFUSED}]
        _take_places(fair, new)
        for row in new:
            row.state = StandState.ACCEPTED
            row.save(update_fields=["state"])
        record_keys(TRAIL, [row.reference for row in new], Action.CONFIRMED, by=by)
        for row in new:
            say_accepted(row)
    return len(new)


def refuse_stands(gathering: Gathering, references: Collection[str], *, by: Principal) -> int:
    """Say no to all of them; where it was a yes before, the place is free again. Gives to how many it is new.

    Raises
    ------
        StandError: the gathering has neither stands nor posters.
        PermissionDenied: as `accept_stands`.
    """
    with transaction.atomic():
        _fair, rows = _held(gathering, references, by)
        new = [row for row in rows if row.state in {StandState.APPLIED, StandState.ACCEPTED}]
        taken_back = {row for row in new if row.state == StandState.ACCEPTED}
        for row in new:
            free_place(row)
            row.state = StandState.REFUSED
            row.save(update_fields=["state"])
        record_keys(TRAIL, [row.reference for row in new], Action.ENDED, by=by)
        for row in new:
            say_refused(row, taken_back=row in taken_back)
    return len(new)


def _held(gathering: Gathering, references: Collection[str], by: Principal) -> tuple[Fair, list[Stand]]:
    """Give the applications as they stand now, in the order of their addresses, in which letters are written."""
    require("events.change", by, gathering)
    fair = held_fair(gathering)
    rows = Stand.objects.select_for_update(of=("self",)).with_all().filter(fair=fair, reference__in=references, shredded=False)
    return fair, list(rows.order_by("email", "pk"))


def _take_places(fair: Fair, rows: Collection[Stand]) -> None:
    """Take a place for each; the database refuses one too many."""
    for kind, counter in lock_places(fair).items():
        wanted = sum(row.kind == kind for row in rows)
        if wanted > counter.capacity - counter.taken:
            told = _("Art: %(kind)s. Frei sind noch %(free)d von %(all)d Plätzen, zugesagt werden sollten %(wanted)d. Es ist niemandem zugesagt.")
            raise StandError(told % {"kind": StandKind(kind).label, "free": counter.capacity - counter.taken, "all": counter.capacity, "wanted": wanted})
        take(counter, wanted)
        counter.save(update_fields=["taken"])
