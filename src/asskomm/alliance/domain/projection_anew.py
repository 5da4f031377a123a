# SPDX-License-Identifier: EUPL-1.2
"""The whole projection from the events alone: to build it anew, and to say whether it is right."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction
from django.db.models import Count

from asskomm.alliance.domain.counts import changes_of_events, changes_of_places
from asskomm.alliance.domain.facts import read_facts, read_lives
from asskomm.alliance.domain.folding import Life
from asskomm.alliance.domain.projection import lock_everywhere
from asskomm.alliance.domain.projection_rows import add_counts, folded_of, store_intervals
from asskomm.alliance.domain.projection_views import Change, Folded, Sided, View, changes_of, counts_on_sides, fold_all, lines_of, on_sides, views_now
from asskomm.alliance.models import CountChange, Event, Side, StatusInterval

_PIECE = 200


def rebuild() -> None:
    """Fold every municipality anew, after a load of many events or a change of kinds."""
    with transaction.atomic():
        lock_everywhere()
        StatusInterval.objects.all().delete()
        CountChange.objects.all().delete()
        views, counts = views_now(), list[Counter[Change]]()
        for _places, sided in _everything(views, counts):
            store_intervals(sided.items())
        add_counts(counts_on_sides(counts))


def _everything(views: Sequence[View], counts: list[Counter[Change]]) -> Iterator[tuple[list[str], Sided]]:
    """Fold every municipality from the events alone, a piece of the state after the other; the counts of each view are complete at the end."""
    lives, shared = read_lives(), _of_several_places()
    lines, spread = lines_of(lives), [list[Folded]() for _view in views]
    counts[:] = [Counter[Change]() for _view in views]
    for places in _pieces(lives):
        folded = [fold_all(places, read_facts(view.known, places), lives, lines) for view in views]
        for number, intervals in enumerate(folded):
            alone = [f for f in intervals if f.interval.event not in shared]
            counts[number].update(changes_of(changes_of_places, intervals))
            counts[number].update(changes_of(changes_of_events, alone))
            spread[number] += [f for f in intervals if f.interval.event in shared]
        yield places, on_sides(views, folded, {})
    for number, intervals in enumerate(spread):
        counts[number].update(changes_of(changes_of_events, intervals))


def _pieces(lives: Mapping[str, Life]) -> Iterator[list[str]]:
    """Cut the state into pieces of municipalities, each with all that went into it."""
    together: dict[str, list[str]] = defaultdict(list)
    for place in sorted(lives):
        heir = place
        while (successor := lives[heir].successor) is not None:
            heir = successor
        together[heir].append(place)
    piece: list[str] = []
    for places in together.values():
        piece += places
        if len(piece) >= _PIECE:
            yield sorted(piece)
            piece = []
    yield sorted(piece)


def _of_several_places() -> set[int]:
    """Give the events that name several municipalities."""
    return set(Event.objects.annotate(places=Count("municipalities")).filter(places__gt=1).order_by().values_list("pk", flat=True))


def differences() -> list[str]:
    """Give the municipalities and counts that do not equal the events, in any view; empty when all is well."""
    views, counts, wrong = views_now(), list[Counter[Change]](), set[str]()
    for places, sided in _everything(views, counts):
        for view in views:
            kept = {folded_of(row) for row in StatusInterval.objects.filter(municipality__in=places, side__in=(Side.ALWAYS, view.side))}
            wrong |= {f.interval.place for f in kept ^ set(view.of(sided))}
    for view, expected in zip(views, counts, strict=True):
        found = Counter[Change]()
        for *key, change in CountChange.objects.filter(side__in=(Side.ALWAYS, view.side)).values_list(*Change._fields, "change").iterator():
            found[Change(*key)] += change
        wrong |= {f"{key.figure} {key.day:%d.%m.%Y}" for key in found.keys() | expected.keys() if found[key] != expected[key]}
    return sorted(wrong)
