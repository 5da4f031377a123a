# SPDX-License-Identifier: EUPL-1.2
"""Whether somebody does the jobs, and how many wait."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Min
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import clock
from asskomm.core.operation import Check, Finding, Measure, Reading

RECENTLY = dt.timedelta(days=7)


def worker() -> Finding:
    """Whether a worker lives."""
    from asskomm.core.jobs.domain.beats import newest_beat, works

    newest = newest_beat()
    if works() and newest:
        return Finding.ok(_("Der Prozess für Aufträge läuft, zuletzt gesehen um %(time)s Uhr.") % {"time": f"{localtime(newest):%H:%M:%S}"})
    remedy = _("Starten Sie „asskomm up“ oder „asskomm worker“. Ohne ihn gehen keine E-Mails hinaus, und das Änderungsprotokoll wird nicht versiegelt.")
    if newest is None:
        return Finding.warning(_("Es läuft kein Prozess für Aufträge."), remedy)
    return Finding.fault(_("Der Prozess für Aufträge antwortet seit %(day)s Uhr nicht mehr.") % {"day": f"{localtime(newest):%d.%m.%Y %H:%M}"}, remedy)


def failed() -> Finding:
    """Count the jobs of the last days that did not succeed."""
    from asskomm.core.jobs.enums import JobState
    from asskomm.core.jobs.models import Job

    count = Job.objects.filter(state=JobState.FAILED, finished_at__gt=clock.now() - RECENTLY).count()
    if not count:
        return Finding.ok(_("In den letzten sieben Tagen ist kein Auftrag gescheitert."))
    text = _("Aufträge, die in den letzten sieben Tagen gescheitert sind: %(count)s.") % {"count": count}
    return Finding.warning(text, _("Warum, steht unter „Aufträge“ und bei „asskomm jobs“; mit „--again“ beginnt ein Auftrag von vorn."))


def _by_state() -> Iterable[Reading]:
    from asskomm.core.jobs.enums import JobState
    from asskomm.core.jobs.models import Job

    counts = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    return [Reading(counts.get(state, 0), {"state": state}) for state in JobState.values]


def _oldest() -> Iterable[Reading]:
    from asskomm.core.jobs.enums import JobState
    from asskomm.core.jobs.models import Job

    now = clock.now()
    oldest = Job.objects.filter(state=JobState.WAITING, not_before__lte=now).aggregate(oldest=Min("not_before"))["oldest"]
    yield Reading((now - oldest).total_seconds() if oldest else 0)


def _beat() -> Iterable[Reading]:
    from asskomm.core.jobs.domain.beats import newest_beat

    if newest := newest_beat():
        yield Reading((clock.now() - newest).total_seconds())


CHECKS = (Check("worker", gettext_lazy("Prozess für Aufträge"), worker), Check("jobs", gettext_lazy("Aufträge"), failed))
MEASURES = {
    "jobs": Measure("Jobs by state.", _by_state),
    "jobs_oldest_waiting_seconds": Measure("How long the oldest job has waited that could begin; 0 where none waits.", _oldest),
    "worker_heartbeat_age_seconds": Measure("Seconds since any worker was seen; nothing where none ever was.", _beat),
}
