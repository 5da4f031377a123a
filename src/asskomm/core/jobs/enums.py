# SPDX-License-Identifier: EUPL-1.2
"""Where a job stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """From waiting to one of three ends."""

    WAITING = "waiting", _("wartet")
    RUNNING = "running", _("läuft")
    DONE = "done", _("fertig")
    FAILED = "failed", _("nicht gelungen")
    CANCELLED = "cancelled", _("abgebrochen")


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
