# SPDX-License-Identifier: EUPL-1.2
"""Verb: remind whoever is in charge of what ends, months before it does."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import translation

from asskomm.core.clock import add_months, clock
from asskomm.core.jobs import Runner
from asskomm.core.mail.domain.writing import send
from asskomm.people.domain.queries.deadlines import accounts_in_charge, open_deadlines
from asskomm.people.models import Account, Reminder
from asskomm.people.slots import Deadline, Wanted

_FARTHEST = dt.timedelta(days=366)


def step_on(deadline: Deadline, on: dt.date) -> int | None:
    """Give how many months before its day a deadline was reached last; `None` before the first step and once it has passed."""
    if on > deadline.day:
        return None
    return min((months for months in deadline.months if add_months(deadline.day, -months) <= on), default=None)


def remind(run: Runner) -> dict[str, int]:
    """Write to whoever is in charge today of each deadline whose step was reached; whoever takes over is told of the last one.

    Nobody is told of the same step twice, however often this runs, and after downtime the last step is made up for.
    """
    today, written = clock.today(), 0
    with translation.override("de"):
        deadlines = open_deadlines(Wanted(today, today + _FARTHEST))
    due = [(deadline, step) for deadline in deadlines if (step := step_on(deadline, today)) is not None]
    for done, (deadline, step) in enumerate(due):
        written += sum(_told(account, deadline, step, today) for account in accounts_in_charge(deadline, today))
        run.progress(done + 1, len(due))
    return {"written": written}


def _told(account: Account, deadline: Deadline, step: int, today: dt.date) -> bool:
    with transaction.atomic():
        key = {"deadline": deadline.key, "day": deadline.day, "months": step, "account": account}
        _reminder, new = Reminder.objects.get_or_create(**key, defaults={"written_at": clock.now()})
        if new:
            context = {"deadline": deadline, "days": (deadline.day - today).days, "link": settings.SITE_URL + deadline.path}
            send("deadline", to=account.email, account=account.pk, context=context)
    return new
