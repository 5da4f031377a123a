# SPDX-License-Identifier: EUPL-1.2
"""Verb: let a gathering take place again and again, such as on each first Wednesday of the month."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import BERLIN, clock
from asskomm.core.references import new_reference
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.gatherings import TRAIL, Facts, GatheringError, Room, Terms, draft_gathering, publish_gathering, set_terms
from asskomm.events.domain.questions import Asked, set_questions
from asskomm.events.enums import Rhythm
from asskomm.events.models import Gathering

MOST = 24
_WEEK, _FOUR = dt.timedelta(days=7), 4


def days_after(day: dt.date, rhythm: str, number: int) -> list[dt.date]:
    """Give the next days of a rhythm.

    Args:
        day: the day to begin after.
        rhythm: one of `Rhythm`; by the month it is the same weekday of the month, the fifth of which counts as the last.
        number: how many.

    >>> [f"{day:%d.%m.}" for day in days_after(dt.date(2026, 11, 4), Rhythm.MONTHLY, 3)]
    ['02.12.', '06.01.', '03.02.']
    """
    if rhythm == Rhythm.MONTHLY:
        return list(islice(_months_after(day), number))
    step = _WEEK if rhythm == Rhythm.WEEKLY else 2 * _WEEK
    return [day + step * times for times in range(1, number + 1)]


def days_ahead(day: dt.date, rhythm: str, number: int) -> list[dt.date]:
    """Give the next days of a rhythm that begins on a day, however long ago that was; none of them is past."""
    passed = max(0, (clock.today() - day).days // 7 + 1)
    return [one for one in days_after(day, rhythm, number + passed) if one > clock.today()][:number]


def repeat(gathering: Gathering, days: Iterable[dt.date], *, by: Principal) -> list[Gathering]:
    """Invite to the same on other days, at the same time of day; published where the first one is. A day of the series that exists is left out.

    Title, text, place, link, places, and how one registers are the same; programme and people are not.

    Raises
    ------
        GatheringError: it is called off, or these are too many.
        PermissionDenied: the reader does not organise this gathering.
    """
    wanted = sorted(set(days))
    if len(wanted) > MOST:
        raise GatheringError(_("Legen Sie höchstens %(most)d Termine auf einmal an.") % {"most": MOST})
    with transaction.atomic():
        require("events.change", by, gathering)
        row = Gathering.objects.select_for_update(of=("self",), no_key=True).select_related("owner").get(pk=gathering.pk)
        if row.called_off:
            raise GatheringError(_("Diese Veranstaltung ist abgesagt."))
        if not row.series:
            row.series = new_reference()
            row.save(update_fields=["series"])
            record(TRAIL, [row], Action.CHANGED, by=by)
        known = {one.starts_at.astimezone(BERLIN).date() for one in Gathering.objects.filter(series=row.series)}
        return [_copied(row, day, by) for day in wanted if day not in known]


def _copied(row: Gathering, day: dt.date, by: Principal) -> Gathering:
    moved = day - row.starts_at.astimezone(BERLIN).date()
    facts = Facts(
        row.kind,
        row.title,
        row.place,
        _moved(row.starts_at, moved),
        _moved(row.ends_at, moved),
        row.summary,
        _moved(row.registers_until, moved) if row.registers_until else None,
        row.visibility,
        row.video_link,
        row.plain_words,
    )
    contingents = {places.contingent: places.capacity for places in row.places.all()}
    whole = contingents.pop("", None)
    made = draft_gathering(facts, Room(whole), owner=row.owner, series=row.series, by=by)
    if whole is not None:
        begins = _moved(row.registers_from, moved) if row.registers_from else None
        made = set_terms(made, Terms(begins, row.approves, row.asks, contingents), by=by)
        asked = [Asked(one.text, one.kind, one.choices, one.required, one.participant_types) for one in row.questions.all()]
        set_questions(made, asked, by=by)
    return publish_gathering(made, by=by) if row.published else made


def _moved(instant: dt.datetime, days: dt.timedelta) -> dt.datetime:
    """Give the same time of day on another day, whether or not the clock was changed between."""
    local = instant.astimezone(BERLIN)
    return dt.datetime.combine(local.date() + days, local.time(), BERLIN)


def _months_after(day: dt.date) -> Iterator[dt.date]:
    which = (day.day - 1) // 7
    first = day.replace(day=1)
    while True:
        first = (first + dt.timedelta(days=31)).replace(day=1)
        found = first + dt.timedelta(days=(day.weekday() - first.weekday()) % 7) + _WEEK * min(which, _FOUR)
        yield found if found.month == first.month else found - _WEEK
