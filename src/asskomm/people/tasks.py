# SPDX-License-Identifier: EUPL-1.2
"""The room's own jobs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from asskomm.core.jobs import EachNight, Runner, Scheduled, Task


def _remind(run: Runner) -> Mapping[str, Any]:
    from asskomm.people.domain.reminding import remind

    return remind(run)


REMIND = Task("people.remind", _("An Fristen erinnern"), _remind)
REMIND_NIGHTLY = Scheduled(REMIND.key, EachNight())
