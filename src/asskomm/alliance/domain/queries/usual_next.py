# SPDX-License-Identifier: EUPL-1.2
"""What municipalities of the same size class did next when they stood where this one stands: counted, not advised."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from asskomm.alliance.domain.queries.ways import Compared, Step, compared
from asskomm.alliance.models import Event, EventKind
from asskomm.core.estimates import Estimate
from asskomm.core.visibility import Principal
from asskomm.territory.models import Municipality

_MOST_SHOWN = 2


@dataclass(frozen=True)
class NextStep:
    """A step that others took next.

    Args:
        kind: of the event.
        did: municipalities that took it next.
        of: municipalities that stood at the same point and went on since.
        example: the one that took it last, with its event.
    """

    kind: EventKind
    did: Estimate
    of: Estimate
    example: Event
    place: Municipality


@dataclass(frozen=True)
class UsualNext:
    """The steps that were usual next, the most frequent first.

    Args:
        after: the kind of the last step; `None` where there was none yet.
        same_size: whether only municipalities of the same size class were counted, because there were enough.
    """

    steps: tuple[NextStep, ...]
    after: EventKind | None
    same_size: bool


def usual_next(place: Municipality, principal: Principal) -> UsualNext:
    """Count what others did next, of the events that the reader may see; of all sizes where fewer than three of the same size went on."""
    return usual_of(compared(place, principal))


def usual_of(found: Compared) -> UsualNext:
    """Count what those did next with whom a municipality was compared."""
    after = EventKind.objects.filter(key=found.own.last.kind).first() if found.own.last else None
    return UsualNext(_steps(found.followed), after, found.same_size)


def _steps(followed: Mapping[str, Step]) -> tuple[NextStep, ...]:
    counted = Counter(step.kind for step in followed.values())
    usual = [kind for kind, _count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:_MOST_SHOWN]]
    kinds = EventKind.objects.in_bulk(usual)
    events = Event.objects.select_related("kind").in_bulk([step.event for step in followed.values() if step.kind in usual])
    steps = []
    for kind in usual:
        took = ((ags, events[step.event]) for ags, step in followed.items() if step.kind == kind)
        ags, event = max(took, key=lambda found: (found[1].counts_from, found[0]))
        example = Municipality.objects.select_related("district", "organisation").get(ags=ags)
        steps.append(NextStep(kinds[kind], Estimate(counted[kind]), Estimate(len(followed)), event, example))
    return tuple(steps)
