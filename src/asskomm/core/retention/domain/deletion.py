# SPDX-License-Identifier: EUPL-1.2
"""The nightly job: every rule once, each with a line in the protocol where something went."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, Subquery

from asskomm.core.clock import clock
from asskomm.core.jobs import Runner
from asskomm.core.retention.models import Deletion
from asskomm.core.retention.registry import DELETION_RULES


def delete_due(run: Runner) -> Mapping[str, Any]:
    """Let each rule delete what is due; a worker that dies lets the next one go on with the rule at hand."""
    done = dict(run.position.get("done", {}))
    keys = DELETION_RULES.keys()
    for key in keys:
        if key not in done:
            count = DELETION_RULES[key].delete(run)
            done[key] = count
            with run.step(done=done):
                if count:
                    Deletion.objects.create(rule=key, at=clock.now(), count=count)
        run.progress(len(done), len(keys))
    return done


def last_deletions() -> dict[str, Deletion]:
    """Give the newest line of the protocol for each rule."""
    newest = Deletion.objects.order_by().values("rule").annotate(newest=Max("pk")).values("newest")
    return {line.rule: line for line in Deletion.objects.filter(pk__in=Subquery(newest))}
