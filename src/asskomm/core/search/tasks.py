# SPDX-License-Identifier: EUPL-1.2
"""The package's own jobs: make the index anew, tidy it at night."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from asskomm.core.jobs.occurrences import EachNight
from asskomm.core.jobs.registry import Runner, Scheduled, Task


def rebuild(_run: Runner) -> Mapping[str, Any]:
    """Make the index anew."""
    from asskomm.core.search.domain import index

    return {"documents": index.rebuild()}


def tidy(_run: Runner) -> Mapping[str, Any]:
    """Let go of what nobody needs any more."""
    from asskomm.core.search.domain import index

    return {"rows": index.tidy()}


REBUILD = Task("search.rebuild", _("Suche neu aufbauen"), rebuild)
TIDY = Task("search.tidy", _("Suche aufräumen"), tidy)
TIDY_NIGHTLY = Scheduled(TIDY.key, EachNight(dt.time(3, 45)))
