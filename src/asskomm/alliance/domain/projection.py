# SPDX-License-Identifier: EUPL-1.2
"""Keep the projection of status intervals; the verbs call this within their transaction.

While a wave of events is made ready, the projection shows two views: what counts now, and what will count once the wave has turned.
Every writer keeps both, so that turning is a matter of one row, however many events it carries.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from django.db import transaction

from asskomm.alliance.domain.facts import read_facts, read_lives
from asskomm.alliance.domain.projection_rows import add_counts, folded_of, store_intervals
from asskomm.alliance.domain.projection_views import COUNTED_FOR, Change, Folded, Sided, changes_in, counts_on_sides, fold_all, lines_of, on_sides, views_now
from asskomm.alliance.models import CountChange, Event, Side, StatusInterval
from asskomm.territory.domain.queries.history import successors
from asskomm.territory.models import Municipality

_BATCH = 500
T = TypeVar("T")


def refresh(places: Iterable[str]) -> None:
    """Fold anew the municipalities named and all that took them over, in every view."""
    touched = lock(places)
    views, lives = views_now(), read_lives()
    lines = lines_of(lives)
    sources = {source for place in touched for source in lines[place]}
    folded = [fold_all(touched, read_facts(view.known, sources), lives, lines) for view in views]
    shown = {Side.ALWAYS, *(view.side for view in views)}
    rows = [row for part in _in_parts(touched) for row in StatusInterval.objects.filter(municipality__in=part, side__in=shown)]
    old: Sided = {folded_of(row): Side(row.side) for row in rows}
    new = on_sides(views, folded, old)
    gone = [row.pk for row in rows if new.get(folded_of(row)) != row.side]
    changed = sorted({f.interval.event for f in (old.keys() | new.keys()) if old.get(f) != new.get(f)})
    elsewhere = _counted_elsewhere(changed, set(touched), shown)
    moved = [_moved(view.of(old), view.of(new), view.of(elsewhere)) for view in views]
    with transaction.atomic():
        for part in _in_parts(gone):
            StatusInterval.objects.filter(pk__in=part).delete()
        store_intervals((f, side) for f, side in new.items() if old.get(f) != side)
        add_counts(counts_on_sides(moved))


def _moved(before: Sequence[Folded], after: Sequence[Folded], elsewhere: Sequence[Folded]) -> Counter[Change]:
    """Give by how much the counts change with the intervals of some municipalities."""
    different = set(before) ^ set(after)
    moved = changes_in(_beside(after, different), elsewhere)
    moved.subtract(changes_in(_beside(before, different), elsewhere))
    return moved


def _beside(folded: Iterable[Folded], different: AbstractSet[Folded]) -> list[Folded]:
    """Keep the intervals whose counts can change: in the places, or of the events, where something is different."""
    places, events = {f.interval.place for f in different}, {f.interval.event for f in different}
    return [f for f in folded if f.interval.place in places or f.interval.event in events]


def lock(places: Iterable[str]) -> list[str]:
    """Let two writers to one municipality, or to one that took it over, pass one after the other, always in the order of the keys; give them.

    Without this, each would fold without seeing the other's event. SQLite has one writer anyway.
    """
    touched = sorted(successors(places))
    list(Municipality.objects.select_for_update().filter(ags__in=touched).order_by("ags").values_list("ags"))
    return touched


def lock_everywhere() -> None:
    """Wait until nobody writes; who comes after sees what this transaction did."""
    list(Municipality.objects.select_for_update().order_by("ags").values_list("ags"))


def settle(places: Sequence[str]) -> None:
    """Let what stands after a wave that has turned stand always, in some municipalities, and remove what stood before."""
    rows = StatusInterval.objects.filter(municipality__in=lock(places))
    rows.filter(side=Side.BEFORE).delete()
    rows.filter(side=Side.AFTER).update(side=Side.ALWAYS)


def settle_counts(most: int) -> None:
    """Add up to so many changes of a wave that has turned to those that count always."""
    rows = list(CountChange.objects.filter(side=Side.AFTER).order_by("audience", "documented", "figure", "day")[:most])
    add_counts({(Change(row.audience, row.documented, row.figure, row.day), Side.ALWAYS): row.change for row in rows})
    CountChange.objects.filter(pk__in=[row.pk for row in rows]).delete()


def drop_counts(most: int) -> None:
    """Drop up to so many changes of a wave that was given up; they come to nothing, because everything was taken back."""
    CountChange.objects.filter(pk__in=list(CountChange.objects.filter(side=Side.AFTER).order_by("pk").values_list("pk", flat=True)[:most])).delete()


def _counted_elsewhere(events: Sequence[int], touched: set[str], shown: set[Side]) -> Sided:
    """Give the intervals that the same events opened in other municipalities, and lock the events, because a writer there counts them too."""
    found: Sided = {}
    for part in _in_parts(events):
        list(Event.objects.select_for_update().filter(pk__in=part).order_by("pk").values_list("pk"))
        rows = StatusInterval.objects.filter(audience__in=COUNTED_FOR, event__in=part, side__in=shown).exclude(municipality__in=touched)
        found |= {folded_of(row): Side(row.side) for row in rows.order_by("pk")}
    return found


def _in_parts(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    return (keys[begin : begin + _BATCH] for begin in range(0, len(keys), _BATCH))
