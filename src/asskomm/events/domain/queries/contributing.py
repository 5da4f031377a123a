# SPDX-License-Identifier: EUPL-1.2
"""How many sessions a gathering had and who contributed, by what the released programme says.

Only what was released counts: whoever may read the numbers may read the programme too, and nobody learns from them what was only planned.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asskomm.core.estimates import Estimate, Quality
from asskomm.events.domain.programme_content import Part, Voice, released_programme
from asskomm.events.enums import POLICE, Level, ParticipantType, SessionKind
from asskomm.events.models import Gathering, Speaker
from asskomm.library.models import FieldOfAction

Parts = tuple[tuple[str, Estimate], ...]
"""Label and number, in the order of the labels' kind; what says nothing comes last."""


@dataclass(frozen=True)
class Contributions:
    """What a released programme holds; all counts are full ones.

    Args:
        sessions: without breaks.
        speakers: each person once.
        by_kind: sessions by kind.
        by_field: sessions by field of action; a session with several counts in each.
        by_level: speakers by the level of the state for which they speak.
        by_background: speakers by the type of their office.
        all_sessions: how many sessions.
        all_speakers: how many speakers.
        police: share of those speakers of whom it is known with a police background, 0 to 1; of limited quality where of some it is not, no value without any.
    """

    sessions: tuple[Part, ...]
    speakers: tuple[Voice, ...]
    by_kind: Parts
    by_field: Parts
    by_level: Parts
    by_background: Parts
    all_sessions: Estimate
    all_speakers: Estimate
    police: Estimate


def contributions_to(gathering: Gathering) -> Contributions | None:
    """Count sessions and speakers; `None` where no programme was ever released."""
    programme = released_programme(gathering)
    if programme is None:
        return None
    sessions = tuple(part for part in programme.parts if part.kind != SessionKind.BREAK)
    known = {row.reference: row for row in Speaker.objects.filter(gathering=gathering)}
    types = [known[voice.reference].participant_type if voice.reference in known else "" for voice in programme.voices]
    levels = [known[voice.reference].level if voice.reference in known else "" for voice in programme.voices]
    return Contributions(
        sessions,
        programme.voices,
        _parts((part.kind for part in sessions), dict(SessionKind.choices), "count"),
        _parts((key for part in sessions for key in part.fields or ("",)), _fields(), "count"),
        _parts(levels, dict(Level.choices), "persons"),
        _parts(types, dict(ParticipantType.choices), "persons"),
        _estimate(len(sessions), "count"),
        _estimate(len(types), "persons"),
        _police(types),
    )


def _police(types: Sequence[str]) -> Estimate:
    known = [kind for kind in types if kind]
    share = _estimate(sum(kind in POLICE for kind in known) / len(known) if known else None, "share")
    if len(known) == len(types):
        return share
    told = ngettext("bei %(count)s Mitwirkenden ist nicht bekannt, für wen", "bei %(count)s Mitwirkenden ist nicht bekannt, für wen", len(types) - len(known))
    return replace(share, quality=Quality.LIMITED, sources=(*share.sources, told % {"count": Estimate(len(types) - len(known))}))


def _parts(keys: Iterable[str], labels: Mapping[str, object], unit: str) -> Parts:
    counted = Counter(key if key in labels else "" for key in keys)
    named = [(str(label), _estimate(counted[key], unit)) for key, label in labels.items() if counted[key]]
    return tuple([*named, (_("ohne Angabe"), _estimate(counted[""], unit))] if counted[""] else named)


def _estimate(value: float | None, unit: str) -> Estimate:
    return Estimate(value, unit, sources=(_("nach dem veröffentlichten Programm"),))


def _fields() -> dict[str, str]:
    return {field.key: _(field.name) for field in FieldOfAction.objects.order_by("position")}
