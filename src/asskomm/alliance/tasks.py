# SPDX-License-Identifier: EUPL-1.2
"""The room's own jobs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from asskomm.core.jobs import EachNight, Runner, Scheduled, Task


def _follow_mergers(run: Runner) -> Mapping[str, Any]:
    from asskomm.alliance.domain.following_mergers import contacts_follow_mergers

    return {"moved": contacts_follow_mergers(by=run.principal)}


FOLLOW_MERGERS = Task("alliance.follow_mergers", _("Geplante Kontakte folgen Gemeindefusionen"), _follow_mergers)
FOLLOW_NIGHTLY = Scheduled(FOLLOW_MERGERS.key, EachNight())
