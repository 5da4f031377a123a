# SPDX-License-Identifier: EUPL-1.2
"""What remains of a gathering: its sessions with their slides, pictures, what people praised, and how many were content."""

from collections.abc import Sequence
from dataclasses import dataclass

from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.events.domain.programme_content import Part, released_programme
from asskomm.events.domain.queries.evaluating import Evaluation, evaluation_of
from asskomm.events.enums import SessionKind, StandState
from asskomm.events.models import Gathering, Picture, Slides, Stand


@dataclass(frozen=True)
class DocumentedPart:
    """A session, who contributed, and the slides that everybody may have."""

    part: Part
    names: str
    slides: Sequence[Slides]


@dataclass(frozen=True)
class Documentation:
    """What remains.

    Args:
        parts: the sessions that are no breaks, by time.
        quotes: what people liked, as far as those who invited count it as praise.
        content: what was said about the whole; empty in itself where too few answered.
        pictures: with the agreement of everybody who can be recognised.
        shown: how many stands and posters were there, all of which the gallery shows.
    """

    parts: Sequence[DocumentedPart]
    quotes: Sequence[str]
    content: Evaluation
    pictures: Sequence[Picture]
    shown: Estimate


def documentation_of(gathering: Gathering) -> Documentation:
    """Put together what there is."""
    evaluations = evaluation_of(gathering)
    quotes = [answer.liked for evaluation in evaluations for answer in evaluation.shown if answer.praise and answer.liked]
    shown = Stand.objects.filter(fair__gathering=gathering, state=StandState.ACCEPTED).count()
    return Documentation(_parts(gathering), quotes, evaluations[0], list(gathering.pictures.select_related("gathering")), Estimate(shown))


def _parts(gathering: Gathering) -> list[DocumentedPart]:
    programme = released_programme(gathering)
    if programme is None:
        return []
    shown: dict[str, list[Slides]] = {}
    if gathering.ends_at <= clock.now():
        for slides in Slides.objects.filter(session__gathering=gathering, documented=True).select_related("session", "speaker"):
            shown.setdefault(slides.session.reference, []).append(slides)
    parts = (part for part in programme.parts if part.kind != SessionKind.BREAK)
    return [DocumentedPart(part, ", ".join(programme.names(part)), shown.get(part.reference, [])) for part in parts]
