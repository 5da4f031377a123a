# SPDX-License-Identifier: EUPL-1.2
"""Two become one and two again: everything is where it was, and what came since stays."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model

from asskomm.alliance.models import Event, EventShare
from asskomm.core.audit.models import Entry
from asskomm.core.merging import MERGE_HANDLERS, MERGEABLE, Mergeable, MergeError
from asskomm.core.merging.domain.merging import merge, part
from asskomm.core.merging.models import Merge
from asskomm.core.merging.rows import rows_of
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.people.models import Function, Organisation, Relation
from tests.making import GOERLITZ, body, event, member

pytestmark = pytest.mark.django_db
HANDLERS = {
    "functions": rows_of("bodies", "people.Function", "organisation"),
    "relations": rows_of("bodies", "people.Relation", "subject"),
    "owned": rows_of("bodies", "alliance.Event", "owner"),
    "parties": rows_of("bodies", "alliance.Event_parties", "organisation", once=["event"]),
    "shares": rows_of("bodies", "alliance.EventShare", "organisation", once=["event"]),
}
TABLES: tuple[type[Model], ...] = (Function, Relation, Event, Event.parties.through, EventShare)


@pytest.fixture(autouse=True)
def hidden() -> Iterator[dict[int, int | None]]:
    """Organisations can be merged, as long as these tests run; give which are hidden by which."""
    gone: dict[int, int | None] = {}

    def lock(kept: int, other: int) -> None:
        list(Organisation.objects.select_for_update().filter(pk__in=[kept, other]).order_by("pk"))

    def obstacle(kept: int, other: int) -> str:
        kinds = set(Organisation.objects.filter(pk__in=[kept, other]).values_list("kind", flat=True))
        return "" if len(kinds) == 1 else "Das sind zwei verschiedene Arten."

    MERGEABLE.register("bodies", Mergeable("organisations", "imports.see_all", lock, obstacle, gone.__setitem__))
    for key, handler in HANDLERS.items():
        MERGE_HANDLERS.register(key, handler)
    yield gone
    for key in HANDLERS:
        MERGE_HANDLERS.remove(key)
    MERGEABLE.remove("bodies")


@pytest.fixture
def two() -> tuple[Organisation, Organisation]:
    """Two institutes that are one, each with events, persons and relations, and one event with both."""
    first, second = body("Institut B3"), Organisation.objects.create(kind=body("Institut B3").kind, name="Institut B 3")
    for institute in (first, second):
        member("coach", institute.name)
        Relation.objects.create(subject=institute, kind="part_of", target=body("Landespräventionsrat Sachsen"), start=dt.date(2020, 1, 1))
        event("consultation", "2023-05-01", GOERLITZ, owner=institute.name, parties=(institute,))
    event("consultation", "2023-05-02", GOERLITZ, parties=(first, second), partners=(first, second), visibility="partners")
    return first, second


def snapshot() -> list[list[dict[str, Any]]]:
    """Give all rows; links between two tables by what they join, because one that comes back has its number again anyway."""
    return [list(model._default_manager.order_by("pk").values()) for model in TABLES]


def test_everything_moves_and_moves_back(two: tuple[Organisation, Organisation], hidden: dict[int, int | None]) -> None:
    first, second = two
    before = snapshot()
    done = merge("bodies", kept=first.pk, gone=second.pk, by=SYSTEM)
    columns = ("organisation", "subject", "owner", "organisation", "organisation")
    assert [model._default_manager.filter(**{column: second}).count() for model, column in zip(TABLES, columns, strict=True)] == [0] * 5
    assert (Function.objects.filter(organisation=first).count(), Event.objects.filter(parties=first).count(), hidden) == (2, 3, {second.pk: first.pk})
    part(done, by=SYSTEM)
    assert (snapshot(), hidden) == (before, {second.pk: None})
    assert list(Entry.objects.filter(kind="organisations").order_by("pk").values_list("action", flat=True)) == ["merged", "merged", "undone", "undone"]


def test_what_came_since_stays(two: tuple[Organisation, Organisation]) -> None:
    first, second = two
    done = merge("bodies", kept=first.pk, gone=second.pk, by=SYSTEM)
    since = Relation.objects.create(subject=first, kind="member_of", target=body("Landespräventionsrat Sachsen"))
    part(done, by=SYSTEM)
    since.refresh_from_db()
    assert since.subject == first


def test_only_once_and_only_in_order(two: tuple[Organisation, Organisation]) -> None:
    first, second = two
    third = Organisation.objects.create(kind=first.kind, name="B3")
    done = merge("bodies", kept=first.pk, gone=second.pk, by=SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        merge("bodies", kept=third.pk, gone=second.pk, by=SYSTEM)
    later = merge("bodies", kept=third.pk, gone=first.pk, by=SYSTEM)
    with pytest.raises(MergeError, match="noch einmal zusammengeführt"):
        part(done, by=SYSTEM)
    part(later, by=SYSTEM)
    part(done, by=SYSTEM)
    with pytest.raises(MergeError, match="schon wieder getrennt"):
        part(done, by=SYSTEM)


def test_what_cannot_be_one(two: tuple[Organisation, Organisation]) -> None:
    first, second = two
    with pytest.raises(MergeError, match="zwei verschiedene"):
        merge("bodies", kept=first.pk, gone=first.pk, by=SYSTEM)
    with pytest.raises(MergeError, match="zwei verschiedene Arten"):
        merge("bodies", kept=first.pk, gone=body("Landespräventionsrat Sachsen").pk, by=SYSTEM)
    with pytest.raises(PermissionDenied):
        merge("bodies", kept=first.pk, gone=second.pk, by=ANYONE)
    done = merge("bodies", kept=first.pk, gone=second.pk, by=SYSTEM)
    with pytest.raises(PermissionDenied):
        part(done, by=ANYONE)
    assert Merge.objects.filter(undone_at__isnull=True).count() == 1
