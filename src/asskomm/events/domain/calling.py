# SPDX-License-Identifier: EUPL-1.2
"""Verbs of whoever organises: call for sessions, extend or change the call, close it, open it again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, require
from asskomm.events.enums import GatheringState, SessionKind
from asskomm.events.models import Call, Gathering

TRAIL = "calls"
KINDS = tuple(kind for kind in SessionKind if kind != SessionKind.BREAK)
"""What people can be called on to propose."""


class CallError(ValueError):
    """What is asked cannot be as things stand; the message is a sentence."""


@dataclass(frozen=True)
class CallFacts:
    """What a call says.

    Args:
        text: what is looked for, in a few sentences.
        closes_on: the last day on which somebody can propose.
        kinds: what is asked for (keys of `SessionKind`).
        nameless: whether reviewers read without names.
    """

    text: str
    closes_on: dt.date
    kinds: Sequence[str]
    nameless: bool = False


def call_for_sessions(gathering: Gathering, facts: CallFacts, *, by: Principal) -> Call:
    """Call for sessions, or change the call that there is; with a later day it is extended.

    Raises
    ------
        CallError: the gathering is called off or has begun, nothing is asked for, or the day is past or too late.
        PermissionDenied: the reader does not organise this gathering.
    """
    with transaction.atomic():
        require("events.change", by, gathering)
        held = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)  # of two clicks the second finds the call of the first
        known = Call.objects.filter(gathering=held).first()
        _check(held, facts, known)
        row = known or Call(opened_at=clock.now())
        row.gathering = held
        row.text, row.closes_on, row.nameless = facts.text.strip(), facts.closes_on, facts.nameless
        row.kinds = [kind.value for kind in KINDS if kind in facts.kinds]
        row.save()
        record(TRAIL, [row], Action.CHANGED if known else Action.CREATED, by=by)
    return row


def close_call(call: Call, *, by: Principal) -> Call:
    """Close a call before its day: nobody proposes or changes anything any more.

    Raises
    ------
        PermissionDenied: as `call_for_sessions`.
    """
    with transaction.atomic():
        row = held_call(call)
        require("events.change", by, row.gathering)
        if row.closed_at is not None:
            return row  # a second click
        row.closed_at = clock.now()
        row.save(update_fields=["closed_at"])
        record(TRAIL, [row], Action.ENDED, by=by)
    return row


def reopen_call(call: Call, *, by: Principal) -> Call:
    """Open a call again that was closed before its day.

    Raises
    ------
        CallError: its day is past, or the gathering is called off or has begun.
        PermissionDenied: as `call_for_sessions`.
    """
    with transaction.atomic():
        row = held_call(call)
        require("events.change", by, row.gathering)
        require_ahead(row.gathering)
        if row.closes_on < clock.today():
            raise CallError(_("Der letzte Tag ist vorbei. Nennen Sie zuerst einen neuen."))
        if row.closed_at is None:
            return row  # a second click
        row.closed_at = None
        row.save(update_fields=["closed_at"])
        record(TRAIL, [row], Action.RESTORED, by=by)
    return row


def held_call(call: Call) -> Call:
    """Give a call as it stands now, and hold it until the transaction ends; always before its proposals."""
    return Call.objects.select_for_update(of=("self",), no_key=True).select_related("gathering__owner").get(pk=call.pk)


def require_ahead(gathering: Gathering) -> None:
    """Hold that something can still come of a proposal.

    Raises
    ------
        CallError: the gathering is called off or has begun.
    """
    if gathering.state == GatheringState.CALLED_OFF:
        raise CallError(_("Diese Veranstaltung ist abgesagt."))
    if gathering.starts_at <= clock.now():
        raise CallError(_("Diese Veranstaltung hat schon begonnen."))


def _check(gathering: Gathering, facts: CallFacts, known: Call | None) -> None:
    require_ahead(gathering)
    if not set(facts.kinds) & set(KINDS):
        raise CallError(_("Nennen Sie mindestens eine Art von Beitrag."))
    moved = known is None or known.closes_on != facts.closes_on
    if moved and not clock.today() <= facts.closes_on <= localdate(gathering.starts_at):
        raise CallError(_("Der letzte Tag liegt zwischen heute und dem Beginn der Veranstaltung."))
