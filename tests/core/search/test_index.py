# SPDX-License-Identifier: EUPL-1.2
"""The index follows the rooms, costs a verb little, and a process notices when it has changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from asskomm.alliance.domain.events import confirm_event, correct_event, restore_event, withdraw_event
from asskomm.alliance.models import Event
from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.domain.worker import Worker
from asskomm.core.search import SEARCH_SOURCES
from asskomm.core.search.domain import index
from asskomm.core.search.domain.index import rebuild, reindex, tidy
from asskomm.core.search.domain.queries import snapshot as remembering
from asskomm.core.search.domain.queries.search import search
from asskomm.core.search.domain.queries.snapshot import Snapshot, snapshot
from asskomm.core.search.models import IndexChange, IndexedDocument, Posting, Term
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from asskomm.core.visibility.audience import groups_of
from tests.core.search.conftest import Shelf
from tests.making import GOERLITZ, OLBERNHAU, body, draft, event

pytestmark = pytest.mark.django_db


def keys(query: str, principal: Principal = ANYONE, source: str = "") -> list[str]:
    return [hit.key for hit in search(query, principal, source=source).hits]


def content() -> list[list[Any]]:
    documents = IndexedDocument.objects.order_by("pk").values_list()
    postings = Posting.objects.order_by("term", "document").values_list("term", "document", "weight")
    return [list(documents), list(postings), list(Term.objects.order_by("pk").values_list())]


def test_every_verb_on_events_keeps_the_index() -> None:
    recorded = event("consultation", "2022-01-01", GOERLITZ, note="Zebrastreifen")
    assert keys("Zebrastreifen") == [recorded.reference]
    corrected = correct_event(recorded, draft("consultation", "2022-01-01", GOERLITZ, note="Ampel"), by=SYSTEM)
    assert (keys("Zebrastreifen"), keys("Ampel")) == ([], [recorded.reference])
    confirmed = confirm_event(corrected, by=SYSTEM)
    assert keys("Ampel") == [recorded.reference]
    withdraw_event(confirmed, by=SYSTEM)
    assert keys("Ampel") == []
    restore_event(confirmed, by=SYSTEM)
    assert keys("Ampel") == [recorded.reference]


def test_what_the_verbs_keep_is_what_a_rebuild_makes() -> None:
    recorded = event("consultation", "2022-01-01", GOERLITZ, note="Zebrastreifen", visibility=Visibility.PARTNERS, partners=(body(OLBERNHAU),))
    event("first_contact", "2022", OLBERNHAU, source="Amtsblatt")
    withdraw_event(event("consultation", "2022-01-03", GOERLITZ), by=SYSTEM)
    correct_event(recorded, draft("consultation", "2022-01-01", GOERLITZ, note="Ampel", visibility=Visibility.PRIVATE), by=SYSTEM)
    tidy()
    before = content()
    assert rebuild() == len(before[0])
    assert content() == before


def test_the_audience_in_the_index_is_that_of_the_room() -> None:
    for number, visibility in enumerate(Visibility, 1):
        event("consultation", f"2022-01-0{number}", GOERLITZ, owner=GOERLITZ, visibility=visibility, partners=(body(OLBERNHAU),) if number == 2 else ())
    for bodies in ((), (GOERLITZ,), (OLBERNHAU,), (GOERLITZ, OLBERNHAU)):
        for role in ("police", "administrator", ""):
            reader = Principal(1, frozenset(body(name).pk for name in bodies), frozenset({role}) if role else frozenset())  # type: ignore[arg-type]
            cells = IndexedDocument.objects.filter(source="events").values_list("key", "audience")
            in_index = {key for key, audience in cells if not groups_of(reader).isdisjoint(audience.split())}
            assert in_index == set(Event.objects.current().visible_to(reader).values_list("reference", flat=True))


@pytest.mark.parametrize("count", [1, 3])
def test_a_verb_pays_a_fixed_number_of_queries(count: int, shelf: Shelf, django_assert_num_queries: Callable[..., object]) -> None:
    for number in range(count):
        shelf.put(f"d{number}", f"Zebra {number}", "ein langer Text mit vielen Wörtern über den Verkehr in der Stadt")
    with django_assert_num_queries(7):  # type: ignore[attr-defined]
        reindex("toys", shelf.documents)


def test_nothing_to_do_asks_nothing(django_assert_num_queries: Callable[..., object]) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        reindex("events", [])


def test_what_is_rolled_back_is_not_remembered(shelf: Shelf) -> None:
    with transaction.atomic():
        shelf.put("d1", "Zebrafink")
        assert keys("Zebrafink") == ["d1"]
        transaction.set_rollback(True)
    assert keys("Zebrafink") == []
    shelf.put("d2", "Zebrafink")
    assert keys("Zebrafink") == ["d2"]


def test_tidying_lets_go_of_words_in_no_document_and_of_old_changes(shelf: Shelf) -> None:
    shelf.put("d1", "Zebrafink")
    shelf.put("d1", "Distelfink")
    assert Term.objects.filter(text="zebrafink").exists()
    assert tidy() >= 2
    assert not Term.objects.filter(text="zebrafink").exists()
    assert (IndexChange.objects.count(), keys("Distelfink")) == (1, ["d1"])


def test_in_small_parts_the_same_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(1, 9):
        event("consultation", f"2022-01-0{day}", GOERLITZ, note=f"Zebrastreifen {day}")
    rebuild()
    at_once = content()
    monkeypatch.setattr(index, "_AT_ONCE", 7)
    rebuild()
    assert content() == at_once


def test_jobs_rebuild_and_tidy(shelf: Shelf) -> None:
    shelf.put("d1", "Zebrafink")
    IndexedDocument.objects.all().delete()
    job, other = (orders.order(task, by=SYSTEM) for task in ("search.rebuild", "search.tidy"))
    worker = Worker("test", beating=False)
    assert worker.work()
    assert worker.work()
    job.refresh_from_db()
    other.refresh_from_db()
    assert (job.state, job.result, other.state) == ("done", {"documents": IndexedDocument.objects.count()}, "done")
    assert keys("Zebrafink") == ["d1"]


def test_a_process_remembers_until_something_changes(shelf: Shelf, django_assert_num_queries: Callable[..., object]) -> None:
    shelf.put("d1", "Zebrafink")
    first = snapshot()
    first.postings(["zebrafink", "gibtesnicht"])
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert snapshot() is first
        first.postings(["zebrafink", "gibtesnicht"])
    shelf.put("d2", "Zebrafink")
    assert snapshot() is not first
    assert first.postings(["fink"])["fink"].size == 0


def _bytes(index: Snapshot) -> int:
    return sum(postings.size for postings in index._postings.values())


def test_what_is_remembered_is_bounded(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(10):
        shelf.put(f"d{number}", " ".join(f"zebra{other}" for other in range(20)))
    monkeypatch.setattr(remembering, "MOST_BYTES", 200)
    index = snapshot()
    for number in range(20):
        index.postings([f"zebra{number}"])
        assert _bytes(index) == index._bytes <= 200
    assert list(index._postings)[-1] == "zebra19"


def test_a_postings_list_read_after_a_later_change_leaves_out_what_is_new(shelf: Shelf) -> None:
    shelf.put("d1", "Zebrafink")
    index = snapshot()
    shelf.put("d2", "Zebrafink")
    assert index.postings(["zebrafink"])["zebrafink"].positions.size == 1


def test_an_empty_index_finds_nothing() -> None:
    IndexedDocument.objects.all().delete()
    IndexChange.objects.all().delete()
    assert keys("Görlitz") == []
    assert search("Görlitz", SYSTEM).length == 0


def test_a_source_that_is_gone_is_not_found(shelf: Shelf) -> None:
    shelf.put("d1", "Zebrafink")
    entry = SEARCH_SOURCES["toys"]
    SEARCH_SOURCES.remove("toys")
    try:
        IndexChange.objects.create(stamp=7, at="2026-01-01T00:00Z")
        assert keys("Zebrafink") == []
    finally:
        SEARCH_SOURCES.register("toys", entry)


class _Forgetful(dict[Principal, Any]):
    """What another thread leaves of it that clears it at the worst moment."""

    def __setitem__(self, key: Principal, value: Any) -> None:
        super().__setitem__(key, value)
        self.clear()


def test_a_reader_gets_an_answer_when_another_thread_forgets_all_readers_meanwhile(shelf: Shelf) -> None:
    shelf.put("1", "Zebrastreifen")
    index = snapshot()
    seen = index.seen_by(ANYONE).tolist()
    index._seen = _Forgetful()
    assert index.seen_by(ANYONE).tolist() == seen
