# SPDX-License-Identifier: EUPL-1.2
"""The agenda with the times at which its points are due, and what is still to be done."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.events.enums import GatheringState, ParticipantType
from asskomm.events.models import ActionItem, AgendaItem, Gathering, Registration
from asskomm.people.slots import Deadline, Wanted


@dataclass(frozen=True)
class TimedItem:
    """A point of the agenda, with its begin as long as all before it say how long they take."""

    item: AgendaItem
    starts_at: dt.datetime | None


def agenda_of(gathering: Gathering) -> list[TimedItem]:
    """Give the points in their order."""
    timed, at = [], gathering.starts_at
    known = True
    for item in gathering.agenda.all():
        timed.append(TimedItem(item, at if known else None))
        known = known and item.minutes is not None
        at += dt.timedelta(minutes=item.minutes or 0)
    return timed


def due_actions(wanted: Wanted) -> Iterable[Deadline]:
    """Give what was promised in minutes and is not done, as far as it has a day."""
    rows = ActionItem.objects.filter(done_at__isnull=True, due__range=(wanted.first, wanted.last)).select_related("gathering")
    asked = Q() if wanted.organisations is None else Q(gathering__owner__in=wanted.organisations)
    return _deadlines(rows.filter(asked).order_by("due", "pk"))


def due_assignments(wanted: Wanted) -> Iterator[Deadline]:
    """Give the days on which wishes for workshops are collected and the places have to be given out."""
    rows = Gathering.objects.filter(workshops_assigned_at__isnull=True, wishes_until__isnull=False, state=GatheringState.PUBLISHED, ends_at__gt=clock.now())
    asked = Q() if wanted.organisations is None else Q(owner__in=wanted.organisations)
    for row in rows.filter(asked).order_by("wishes_until", "pk"):
        assert row.wishes_until is not None  # noqa: S101 -- only those are read
        day = max(localtime(row.wishes_until).date(), clock.today())  # what is overdue is due today
        if wanted.first <= day <= wanted.last:
            text = _("Plätze in den Workshops zuteilen: „%(gathering)s“") % {"gathering": row.title}
            path = reverse("events:workshops_overview", args=[row.reference])
            yield Deadline(f"assignment:{row.reference}", (row.owner_id,), day, text, str(_("Plätze zuteilen")), path, months=())


def due_speakers(wanted: Wanted) -> Iterator[Deadline]:
    """Give the gatherings at which somebody who contributes waits for a place; that is due at once."""
    today = clock.today()
    if not wanted.first <= today <= wanted.last:
        return
    waiting = Registration.objects.in_line().filter(participant_type=ParticipantType.SPEAKER)
    rows = Gathering.objects.filter(state=GatheringState.PUBLISHED, ends_at__gt=clock.now(), registrations__in=waiting).distinct()
    asked = Q() if wanted.organisations is None else Q(owner__in=wanted.organisations)
    for row in rows.filter(asked).order_by("starts_at", "pk"):
        text = _("Wer mitwirkt, hat noch keinen Platz: „%(gathering)s“") % {"gathering": row.title}
        path = reverse("events:participants", args=[row.reference])
        yield Deadline(f"speakers:{row.reference}", (row.owner_id,), today, text, str(_("Zu den Anmeldungen")), path, months=())


def _deadlines(rows: Iterable[ActionItem]) -> Iterator[Deadline]:
    for row in rows:
        assert row.due is not None  # noqa: S101 -- only those with a day are read
        text = _("Aus „%(gathering)s“: %(text)s") % {"gathering": row.gathering.title, "text": row.text}
        path = reverse("events:minutes", args=[row.gathering.reference])
        yield Deadline(f"action:{row.pk}", (row.gathering.owner_id,), row.due, text, str(_("Zum Protokoll")), path, months=())
