# SPDX-License-Identifier: EUPL-1.2
"""The package's own job: forget old ones."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from asskomm.core.clock import clock
from asskomm.core.jobs.enums import ENDED
from asskomm.core.jobs.occurrences import EachNight
from asskomm.core.jobs.registry import Runner, Scheduled, Task

KEPT = dt.timedelta(days=90)


def forget(_run: Runner) -> Mapping[str, Any]:
    """Delete what ended more than ninety days ago."""
    from asskomm.core.jobs.models import Job

    gone, _by_model = Job.objects.filter(state__in=ENDED, finished_at__lt=clock.now() - KEPT).delete()
    return {"rows": gone}


FORGET = Task("jobs.forget", _("Alte Aufträge löschen"), forget)
FORGET_NIGHTLY = Scheduled(FORGET.key, EachNight())
