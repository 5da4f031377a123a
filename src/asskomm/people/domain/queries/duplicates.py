# SPDX-License-Identifier: EUPL-1.2
"""Organisations that are probably entered twice."""

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from asskomm.people.enums import OF_PLACES
from asskomm.people.models import Organisation
from asskomm.territory.domain.queries.names import fold

_LIKE = 0.86
_LEGAL_FORM = re.compile(r"\b(e\.?\s?v|ggmbh|gmbh|gug|ug|stiftung|verein)\b\.?", re.IGNORECASE)


def core_of(name: str) -> str:
    """Give the words of a name that tell it from others, in a fixed order.

    >>> core_of("Sicheres Görlitz e. V.") == core_of("Verein Sicheres Görlitz")
    True
    """
    return " ".join(sorted(fold(_LEGAL_FORM.sub(" ", name)).split()))


def similar_organisations(name: str, kind: str) -> list[Organisation]:
    """Give the organisations of a kind whose names are nearly the same, the most similar first."""
    wanted = core_of(name)
    scored = [(_likeness(wanted, core_of(body.name)), body) for body in Organisation.objects.filter(kind=kind)] if wanted else []
    return [body for score, body in sorted(scored, key=lambda found: (-found[0], found[1].pk)) if score >= _LIKE]


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.quick_ratio() >= _LIKE else 0.0


def doubled_organisations() -> list[tuple[Organisation, Organisation]]:
    """Give the pairs of organisations of one kind with nearly the same name."""
    by_kind: dict[str, list[tuple[str, Organisation]]] = defaultdict(list)
    for body in Organisation.objects.exclude(kind__in=OF_PLACES).order_by("pk"):
        by_kind[body.kind].append((core_of(body.name), body))
    return [pair for bodies in by_kind.values() for pair in _pairs(bodies)]


def _pairs(bodies: list[tuple[str, Organisation]]) -> Iterable[tuple[Organisation, Organisation]]:
    for number, (name, body) in enumerate(bodies):
        yield from ((body, other) for other_name, other in bodies[number + 1 :] if name and _likeness(name, other_name) >= _LIKE)
