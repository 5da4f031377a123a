# SPDX-License-Identifier: EUPL-1.2
"""Fill a data folder with a made-up country of many municipalities and events, past the verbs because it is a load."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asskomm.alliance.models import Event
    from asskomm.territory.models import Municipality

MUNICIPALITIES, EVENTS_EACH = 11_000, 20
KINDS = (
    "consultation",
    "agreement_signed",
    "council_constituted",
    "coaching_started",
    "analysis_started",
    "project_started",
    "report_published",
    "coaching_session",
)
LEVELS = ("public", "public", "alliance")
BATCH = 1000


def fill() -> None:
    """Add municipalities up to the number wanted, each with its square, and all events."""
    import django

    django.setup()
    from django.db import transaction

    from asskomm.alliance.domain import projection_anew

    with transaction.atomic():
        keys = _add_municipalities()
        _add_events(keys, random.Random(7))
    projection_anew.rebuild()
    print(f"{len(keys)} municipalities with {EVENTS_EACH} events each")


def _add_municipalities() -> list[str]:
    from asskomm.people.models import Organisation
    from asskomm.territory.enums import SizeClass
    from asskomm.territory.models import Municipality

    today = Municipality.objects.on(dt.date(2026, 1, 1))
    new = [Municipality(ags=f"9{n:07}", name=f"Ort {n:05}", kind="municipality", district_id="14521") for n in range(MUNICIPALITIES - today.count())]
    for number, municipality in enumerate(new):
        municipality.population = 1000 + number
        municipality.size_class = SizeClass.of(municipality.population)
    Municipality.objects.bulk_create(new, batch_size=BATCH)
    _add_squares(new)
    Organisation.objects.bulk_create((Organisation(kind="municipality", name=m.name, municipality=m) for m in new), batch_size=BATCH)
    return list(today.values_list("ags", flat=True))


def _add_squares(places: "list[Municipality]") -> None:
    import shapely

    from asskomm.core.charts.projection import SAXONY
    from asskomm.core.clock import clock
    from asskomm.territory.models import Boundary, BoundarySet

    current = BoundarySet.objects.get(batch=None)
    areas = [shapely.box(12 + n % 110 / 40, 50.3 + n // 110 / 90, 12 + (n % 110 + 1) / 40, 50.3 + (n // 110 + 1) / 90) for n in range(len(places))]
    rows = (Boundary(boundary_set=current, municipality=m, wkb=shapely.to_wkb(a), path=SAXONY.path(a)) for m, a in zip(places, areas, strict=True))
    Boundary.objects.bulk_create(rows, batch_size=BATCH)
    BoundarySet.objects.update(loaded_at=clock.now())


def _add_events(keys: list[str], chance: random.Random) -> None:
    from asskomm.alliance.models import Event
    from asskomm.library.models import FieldOfAction
    from asskomm.people.models import Organisation

    owner = Organisation.objects.get(kind="state_council").pk
    fields = list(FieldOfAction.objects.values_list("key", flat=True))
    places, topics = Event.municipalities.through, Event.fields.through
    for part in _parts(keys):
        named = [key for key in part for _ in range(EVENTS_EACH)]
        events = Event.objects.bulk_create((_event(owner, chance) for _ in named), batch_size=BATCH)
        places.objects.bulk_create((places(event=event, municipality_id=key) for event, key in zip(events, named, strict=True)), batch_size=BATCH)
        topics.objects.bulk_create((topics(event=event, fieldofaction_id=chance.choice(fields)) for event in events), batch_size=BATCH)


def _event(owner: int, chance: random.Random) -> "Event":
    from asskomm.alliance.models import Event

    day = dt.date(2019, 1, 1) + dt.timedelta(days=chance.randrange(1800))
    recorded = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    kind, level = chance.choice(KINDS), chance.choice(LEVELS)
    return Event(kind_id=kind, recorded_at=recorded, owner_id=owner, visibility=level, first_day=day, counts_from=day, reported_by="state_council")


def _parts(keys: list[str]) -> Iterator[list[str]]:
    return (keys[begin : begin + 500] for begin in range(0, len(keys), 500))


if __name__ == "__main__":
    fill()
