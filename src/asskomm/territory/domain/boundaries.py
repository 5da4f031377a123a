# SPDX-License-Identifier: EUPL-1.2
"""Verbs: keep areas that were read in as a set of boundaries, work out what follows from them, and remove them."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from asskomm.core.charts.projection import SAXONY
from asskomm.core.clock import clock
from asskomm.core.imports.models import Batch
from asskomm.territory.domain.merging import merged
from asskomm.territory.domain.queries.stages import stage_on
from asskomm.territory.models import Boundary, BoundarySet, Municipality

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

PART = 10
_DRAWN_DECIMALS = 6  # neighbours whose corners differ by less than ten centimetres share them
Stored = bytes | memoryview  # as the one or the other database gives it


@dataclass(frozen=True)
class SetDescription:
    """What is said of a set: the day that the publisher names, the day from which its areas hold, and how the publisher is to be named."""

    as_of: dt.date
    valid_from: dt.date
    attribution: str


def begin_set(batch: Batch, described: SetDescription) -> tuple[BoundarySet, bool]:
    """Give the set of a batch, and whether it is new; it counts while the batch is live."""
    return BoundarySet.objects.get_or_create(
        batch=batch,
        defaults={
            "key": f"import-{batch.reference}".lower(),
            "name": _("Gemeindegrenzen, Stand %(day)s") % {"day": f"{described.as_of:%d.%m.%Y}"},
            "attribution": described.attribution,
            "as_of": described.as_of,
            "valid_from": described.valid_from,
            "loaded_at": clock.now(),
        },
    )


def keep_areas(kept: BoundarySet, areas: Mapping[str, bytes]) -> None:
    """Keep areas of the first days of a set, as WKB in degrees."""
    Boundary.objects.bulk_create(Boundary(boundary_set=kept, municipality_id=ags, wkb=wkb, path="", valid_from=kept.valid_from) for ags, wkb in areas.items())


def complete_set(batch: Batch) -> Iterator[Callable[[], None]]:
    """Fill up what the file leaves out, carry later mergers out, and draw the map; each part is to be written in one transaction.

    Municipalities without an area in the file keep the one that they have so far, so that no place of the state belongs to nobody.
    """
    kept = BoundarySet.objects.filter(batch=batch).first()
    if kept is None:
        return
    own = kept.boundaries.filter(valid_from=kept.valid_from)
    others, named = _areas_so_far(kept, own.values("municipality"))
    if others and named not in kept.attribution:
        yield partial(_name_too, kept, named)
    rows = _rows(kept, others | dict(own.values_list("municipality_id", "wkb")))
    for start in range(0, len(rows), PART):
        yield partial(_write, rows[start : start + PART])


def _areas_so_far(kept: BoundarySet, left_out: QuerySet[Boundary, Any]) -> tuple[dict[str, Stored], str]:
    """Give the areas of the other municipalities of the first day by the set that answers so far, and how that set is to be named."""
    before, stage = stage_on(kept.valid_from)
    wanted = Municipality.objects.on(kept.valid_from).exclude(ags__in=left_out)
    found = Boundary.objects.on(stage.first_day).filter(boundary_set=before, municipality__in=wanted)
    return dict(found.values_list("municipality_id", "wkb")), before.attribution


def _name_too(kept: BoundarySet, attribution: str) -> None:
    kept.attribution = f"{kept.attribution}; {attribution}"[:200]
    kept.save(update_fields=["attribution"])


def _rows(kept: BoundarySet, stored: Mapping[str, Stored]) -> list[Boundary]:
    import numpy as np
    import shapely

    from asskomm.methods.coverage import simplified

    areas = {ags: shapely.from_wkb(bytes(wkb)) for ags, wkb in sorted(stored.items())}
    near = shapely.transform(np.array(list(areas.values()), dtype=np.object_), lambda points: np.round(points, _DRAWN_DECIMALS))
    drawn = dict(zip(areas, shapely.make_valid(simplified(near)), strict=True))
    held, paths = merged(areas, kept.valid_from), merged(drawn, kept.valid_from)
    return [
        Boundary(boundary_set=kept, municipality_id=ags, wkb=shapely.to_wkb(area), path=_path(simple), valid_from=first, valid_to=last)
        for (ags, area, first, last), (_ags, simple, _first, _last) in zip(held, paths, strict=True)
    ]


def _path(area: "BaseGeometry") -> str:
    """Draw what is polygon of an area; repairs leave lines behind."""
    import shapely

    return SAXONY.path(shapely.union_all([part for part in shapely.get_parts(area) if part.geom_type.endswith("Polygon")]))


def _write(rows: Sequence[Boundary]) -> None:
    updated = ["wkb", "path", "valid_to"]
    Boundary.objects.bulk_create(rows, update_conflicts=True, unique_fields=["boundary_set", "municipality", "valid_from"], update_fields=updated)


def remove_areas(batch: Batch, most: int) -> int:
    """Delete a part of what a batch brought, at last the set itself; give how many areas were deleted."""
    some = Boundary.objects.filter(boundary_set__batch=batch).values_list("pk", flat=True)[:most]
    deleted, _by_model = Boundary.objects.filter(pk__in=list(some)).delete()
    if not deleted:
        BoundarySet.objects.filter(batch=batch).delete()
    return deleted
