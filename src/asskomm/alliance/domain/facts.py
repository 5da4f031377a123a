# SPDX-License-Identifier: EUPL-1.2
"""Read events from the database as facts for folding."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from asskomm.alliance.domain.folding import Fact, Life
from asskomm.alliance.models import Event, EventKind, EventShare
from asskomm.territory.models import Municipality


def read_facts(known: Q, places: Iterable[str] | None = None) -> list[Fact]:
    """Give the facts of the events under a condition, of some municipalities or of all; four queries."""
    kinds = {k.key: (tuple(k.begins), tuple(k.ends)) for k in EventKind.objects.all() if k.begins or k.ends}
    rows = Event.municipalities.through.objects.filter(_prefixed(known), event__kind__in=kinds)
    if places is not None:
        rows = rows.filter(municipality__in=list(places))
    columns = ("event_id", "municipality_id", "event__counts_from", "event__kind_id", "event__visibility", "event__owner_id", "event__example")
    partners = _partners(known)
    return [
        Fact(event, place, day, *kinds[kind], visibility, owner, partners.get(event, frozenset()), example)
        for event, place, day, kind, visibility, owner, example in rows.order_by("event__counts_from", "event_id").values_list(*columns)
    ]


def _prefixed(known: Q) -> Q:
    children = [_prefixed(child) if isinstance(child, Q) else (f"event__{child[0]}", child[1]) for child in known.children]
    return Q(*children, _connector=known.connector, _negated=known.negated)


def _partners(known: Q) -> dict[int, frozenset[int]]:
    named: dict[int, set[int]] = defaultdict(set)
    for event, organisation in EventShare.objects.filter(_prefixed(known)).values_list("event_id", "organisation_id"):
        named[event].add(organisation)
    return {event: frozenset(organisations) for event, organisations in named.items()}


def now_known() -> Q:
    """The condition for what is known now."""
    return Q(closed_at__isnull=True)


def known_at(instant: dt.datetime) -> Q:
    """The condition for what was known at an instant."""
    return (Q(closed_at__isnull=True) | Q(closed_at__gte=instant)) & Q(recorded_at__lt=instant)


def read_lives() -> dict[str, Life]:
    """Give the days and successors of all municipalities."""
    columns = ("ags", "valid_from", "valid_to", "successor_id")
    return {ags: Life(start, end, successor) for ags, start, end, successor in Municipality.objects.values_list(*columns)}
