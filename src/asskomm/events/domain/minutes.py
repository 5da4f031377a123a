# SPDX-License-Identifier: EUPL-1.2
"""Verbs: set what is talked about, write down what came of it, let others read it, and tick off what was to be done."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.search.domain.index import reindex
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.gatherings import MINUTES
from asskomm.events.models import ActionItem, AgendaItem, Gathering

TRAIL = "gatherings"
MOST_TOPICS = 50


class MinutesError(ValueError):
    """What is asked cannot be; the message is a sentence."""


@dataclass(frozen=True)
class Topic:
    """A point of the agenda.

    Args:
        title: what is talked about.
        minutes: how long; `None` where that is open.
    """

    title: str
    minutes: int | None = None


@dataclass(frozen=True)
class Promise:
    """Something that somebody does.

    Args:
        text: what.
        who: in words.
        due: until when; `None` where that is open.
    """

    text: str
    who: str = ""
    due: dt.date | None = None


def set_agenda(gathering: Gathering, topics: Sequence[Topic], *, by: Principal) -> None:
    """Set the agenda; a point that stays keeps what the minutes say about it.

    Raises
    ------
        MinutesError: these are too many, one is there twice, or one that the minutes say something about would go.
        PermissionDenied: the reader does not organise this gathering.
    """
    titles = [topic.title for topic in topics]
    if len(topics) > MOST_TOPICS:
        raise MinutesError(_("Das sind mehr als %(most)d Punkte.") % {"most": MOST_TOPICS})
    if len(set(titles)) < len(titles):
        raise MinutesError(_("Ein Punkt steht zweimal da. Geben Sie ihm einen anderen Namen."))
    with transaction.atomic():
        row = _locked(gathering, by)
        records = dict(row.agenda.exclude(record="").values_list("title", "record"))
        lost = next((title for title in records if title not in titles), None)
        if lost is not None:
            raise MinutesError(_("Zu „%(title)s“ steht schon etwas im Protokoll. Lassen Sie den Punkt stehen.") % {"title": lost})
        row.agenda.all().delete()
        AgendaItem.objects.bulk_create(
            AgendaItem(gathering=row, position=position, title=topic.title, minutes=topic.minutes, record=records.get(topic.title, ""))
            for position, topic in enumerate(topics)
        )
        _index(row)
        record(TRAIL, [row], Action.CHANGED, by=by)


def write_minutes(gathering: Gathering, records: Mapping[int, str], promises: Sequence[Promise], *, by: Principal) -> None:
    """Write down what came of each point, and add what somebody will do.

    Args:
        gathering: whose minutes.
        records: what the minutes say, by the place of the point in the agenda; points that are not named stay as they are.
        promises: what is new.
        by: who writes.

    Raises
    ------
        PermissionDenied: as `set_agenda`.
    """
    with transaction.atomic():
        row = _locked(gathering, by)
        for item in row.agenda.filter(position__in=records):
            item.record = records[item.position].strip()
            item.save(update_fields=["record"])
        known = set(row.actions.values_list("text", "who", "due"))  # a second click promises nothing twice
        new = [promise for promise in promises if (promise.text, promise.who, promise.due) not in known]
        ActionItem.objects.bulk_create(ActionItem(gathering=row, **vars(promise)) for promise in new)
        _index(row)
        record(TRAIL, [row], Action.CHANGED, by=by)


def release_minutes(gathering: Gathering, *, released: bool, by: Principal) -> Gathering:
    """Let everybody read the minutes who sees the gathering, or nobody but those who organise it.

    Raises
    ------
        MinutesError: there is nothing in them.
        PermissionDenied: as `set_agenda`.
    """
    with transaction.atomic():
        row = _locked(gathering, by)
        if released and not row.agenda.exclude(record="").exists():
            raise MinutesError(_("Im Protokoll steht noch nichts."))
        row.minutes_released_at = clock.now() if released else None
        row.save(update_fields=["minutes_released_at"])
        reindex(MINUTES, [row.reference])
        record(TRAIL, [row], Action.RELEASED if released else Action.WITHDRAWN, by=by)
    return row


def tick_off(item: ActionItem, *, done: bool, by: Principal) -> ActionItem:
    """Say that something is done, or not yet after all.

    Raises
    ------
        PermissionDenied: as `set_agenda`.
    """
    with transaction.atomic():
        gathering = _locked(item.gathering, by)
        row = ActionItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        row.done_at = clock.now() if done else None
        row.save(update_fields=["done_at"])
        record(TRAIL, [gathering], Action.CHANGED, by=by)
    return row


def remove_action(item: ActionItem, *, by: Principal) -> None:
    """Take a task out of the minutes.

    Raises
    ------
        PermissionDenied: as `set_agenda`.
    """
    with transaction.atomic():
        gathering = _locked(item.gathering, by)
        ActionItem.objects.filter(pk=item.pk).delete()
        _index(gathering)
        record(TRAIL, [gathering], Action.CHANGED, by=by)


def _index(gathering: Gathering) -> None:
    """Let minutes that others read be found by what they say now."""
    if gathering.minutes_released_at is not None:
        reindex(MINUTES, [gathering.reference])


def _locked(gathering: Gathering, by: Principal) -> Gathering:
    require("events.change", by, gathering)
    return Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
