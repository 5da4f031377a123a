# SPDX-License-Identifier: EUPL-1.2
"""Read events from the database as facts for folding."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db.models import Q

from asskomm.alliance.domain.folding import Fact, Life
from asskomm.alliance.models import Event, EventKind, EventShare, Side, Wave
from asskomm.alliance.models.wave import shown
from asskomm.territory.models import Municipality

Known = Callable[[str], Q]
"""A condition on events; the argument is the path that leads to them, such as "event__"."""


def now_known(path: str = "") -> Q:
    """The condition for what is known now."""
    return Q(**{f"{path}closed_at__isnull": True}) & shown(path)


def known_at(instant: dt.datetime) -> Known:
    """The condition for what was known at an instant."""
    turned = Wave.objects.filter(turned_at__lt=instant).exists()
    sides = (Side.ALWAYS, Side.AFTER if turned else Side.BEFORE)

    def condition(path: str = "") -> Q:
        still_open = Q(**{f"{path}closed_at__isnull": True}) | Q(**{f"{path}closed_at__gte": instant})
        return still_open & Q(**{f"{path}recorded_at__lt": instant, f"{path}side__in": sides})

    return condition


def read_facts(known: Known, places: Iterable[str] | None = None) -> list[Fact]:
    """Give the facts of the events under a condition, of some municipalities or of all; three queries."""
    kinds = {k.key: (tuple(k.begins), tuple(k.ends)) for k in EventKind.objects.all() if k.begins or k.ends}
    rows = Event.municipalities.through.objects.filter(known("event__"), event__kind__in=kinds)
    partners = EventShare.objects.filter(known("event__"))
    if places is not None:
        keys = list(places)
        rows, partners = rows.filter(municipality__in=keys), partners.filter(event__municipalities__in=keys)
    columns = ("event_id", "municipality_id", "event__counts_from", "event__kind_id", "event__visibility", "event__owner_id", "event__example")
    named = _named(partners.values_list("event_id", "organisation_id"))
    return [
        Fact(event, kind, place, day, *kinds[kind], visibility, owner, named.get(event, frozenset()), example)
        for event, place, day, kind, visibility, owner, example in rows.order_by("event__counts_from", "event_id", "municipality_id").values_list(*columns)
    ]


def _named(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    named: dict[int, set[int]] = defaultdict(set)
    for event, organisation in pairs:
        named[event].add(organisation)
    return {event: frozenset(organisations) for event, organisations in named.items()}


def read_lives() -> dict[str, Life]:
    """Give the days and successors of all municipalities."""
    columns = ("ags", "valid_from", "valid_to", "successor_id")
    return {ags: Life(start, end, successor) for ags, start, end, successor in Municipality.objects.values_list(*columns)}
