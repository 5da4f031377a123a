# SPDX-License-Identifier: EUPL-1.2
"""What is deleted of jobs and when, and what is kept of them about a person."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import clock
from asskomm.core.jobs.enums import ENDED
from asskomm.core.jobs.registry import Runner
from asskomm.core.retention.registry import DataSubject, DeletionRule, SubjectRecords

KEPT = dt.timedelta(days=90)


def _forget(_run: Runner) -> int:
    from asskomm.core.jobs.models import Job

    ended = Job.objects.filter(state__in=ENDED, finished_at__lt=clock.now() - KEPT)
    count = ended.count()
    ended.delete()
    return count


def _own(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.core.jobs.models import Job

    for job in Job.objects.filter(account__in=subject.accounts):
        yield {_("Auftrag"): str(job), _("Gegeben am"): f"{localtime(job.created_at):%d.%m.%Y %H:%M}", _("Stand"): str(job.get_state_display())}


ENDED_JOBS = DeletionRule(
    "jobs", gettext_lazy("Beendete Aufträge"), gettext_lazy("90 Tage"), gettext_lazy("Damit sich klären lässt, was bei einem Auftrag schiefging."), _forget
)
OWN_JOBS = SubjectRecords(gettext_lazy("Aufträge"), _own)
