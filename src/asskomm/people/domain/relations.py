# SPDX-License-Identifier: EUPL-1.2
"""Verbs: say how one organisation stands to another, and until when."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.visibility import Principal, require
from asskomm.people.enums import RelationKind
from asskomm.people.models import Organisation, Relation

TRAIL = "organisations"


class RelationError(ValueError):
    """A relation that cannot be; the message is a sentence."""


def relate(subject: Organisation, kind: RelationKind, target: Organisation, *, start: dt.date | None = None, by: Principal) -> Relation:
    """Let a relation begin.

    Raises
    ------
        RelationError: an organisation to itself, or the relation holds already.
        PermissionDenied: the reader's function does not allow it.
    """
    require("people.relate", by, subject)
    if subject.pk == target.pk:
        raise RelationError(_("Eine Organisation kann nicht zu sich selbst in Beziehung stehen."))
    with transaction.atomic():
        locked = Organisation.objects.select_for_update().get(pk=subject.pk)
        if Relation.objects.filter(subject=locked, kind=kind, target=target, end__isnull=True).exists():
            raise RelationError(_("Diese Beziehung ist schon eingetragen."))
        relation = Relation.objects.create(subject=locked, kind=kind, target=target, start=start)
        record(TRAIL, [locked], Action.CHANGED, by=by)
    return relation


def end_relation(relation: Relation, *, last_day: dt.date, by: Principal) -> Relation:
    """Let a relation end; it stays in the history.

    Raises
    ------
        RelationError: it began later or has ended already.
        PermissionDenied: the reader's function does not allow it.
    """
    require("people.relate", by, relation.subject)
    if relation.start is not None and last_day < relation.start:
        raise RelationError(_("Die Beziehung kann nicht vor ihrem Beginn enden."))
    still = Relation.objects.filter(Q(end__isnull=True) | Q(end__gt=last_day), pk=relation.pk)
    with transaction.atomic():
        if not still.update(end=last_day):
            raise RelationError(_("Diese Beziehung ist schon beendet."))
        record(TRAIL, [relation.subject], Action.CHANGED, by=by)
    relation.refresh_from_db()
    return relation


def take_back_relation(relation: Relation, *, by: Principal) -> None:
    """Take a relation back as if it had never been entered.

    Raises
    ------
        PermissionDenied: the reader's function does not allow it.
    """
    require("people.relate", by, relation.subject)
    with transaction.atomic():
        subject = relation.subject
        relation.delete()
        record(TRAIL, [subject], Action.CHANGED, by=by)
