# SPDX-License-Identifier: EUPL-1.2
"""A file comes in, is recognised, previewed, taken over, undone; whatever dies in between, all of it counts or nothing."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from asskomm.alliance.domain import projection_anew
from asskomm.alliance.domain.events import correct_event
from asskomm.alliance.models import Event
from asskomm.core.clock import clock
from asskomm.core.imports import IMPORTERS, TableError
from asskomm.core.imports.domain import door, files, working
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch
from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.domain.run import Run
from asskomm.core.jobs.models import Job
from asskomm.core.provenance.models import Source
from asskomm.core.search.models import IndexedDocument
from asskomm.core.visibility import ANYONE, SYSTEM
from tests.core.imports.conftest import Receive
from tests.events.making import gathering
from tests.making import FRANKENBERG, GOERLITZ, draft, event, member

pytestmark = pytest.mark.django_db
HEAD = "Datum;Art;Kommune;Quelle"
ROWS = ("01.05.2023;Beratung;Frankenberg;Gesprächsvermerk", "31.02.2023;Beratung;Frankenberg;", "02.05.2023;Beratung;Görlitz;", "03.05.2023;Beratung;Görlitz;")
Work = Callable[[], None]


def state_of(batch: Batch) -> str:
    batch.refresh_from_db()
    return batch.state


def days() -> list[str]:
    return [str(found.span) for found in Event.objects.current().order_by("first_day")]


def test_a_file_is_recognised_and_previewed(received: Receive) -> None:
    event("consultation", "2023-05-03", GOERLITZ)
    batch = received(HEAD, *ROWS)
    assert (batch.importer, batch.reason, batch.state) == ("events", "die Spalten „Datum“, „Art“, „Kommune“ sind da", BatchState.READY)
    assert (batch.accepted, batch.rejected, batch.duplicates, batch.duplicate_rows) == (2, 1, 1, [5])
    assert batch.first_rows == [["2", "01.05.2023", "Beratung", "Frankenberg/Sa."], ["4", "02.05.2023", "Beratung", "Görlitz"]]
    assert [(r.row, r.column, r.value, r.reason) for r in batch.rejections.all()] == [(3, "date", "31.02.2023", "Den Tag „31.02.2023“ gibt es nicht.")]
    assert days() == ["03.05.2023"]


def test_taking_over_keeps_the_source_and_removes_the_file(received: Receive, work: Work) -> None:
    batch = received(HEAD, *ROWS)
    door.take_over(batch, by=SYSTEM, options={"visibility": "public"})
    door.take_over(batch, by=SYSTEM)  # a second click
    work()
    assert (state_of(batch), batch.written, days()) == (BatchState.LIVE, 3, ["01.05.2023", "02.05.2023", "03.05.2023"])
    assert set(Event.objects.values_list("visibility", flat=True)) == {"public"}
    source = Source.objects.get(file_name="ereignisse.csv")
    assert (batch.source, source.file_name, source.rows_used, source.sha256) == (source, "ereignisse.csv", 3, batch.sha256)
    assert source.filters == "ohne 1 Zeilen, die nicht lesbar oder schon bekannt waren"
    assert not files.upload_of(batch.reference).exists()
    assert not files.accepted_of(batch.reference).exists()
    assert projection_anew.differences() == []


def test_the_same_file_twice_is_known_row_by_row(received: Receive, work: Work) -> None:
    first = received(HEAD, *ROWS)
    door.take_over(first, by=SYSTEM)
    work()
    again = received(HEAD, *ROWS)
    assert (again.sha256, again.accepted, again.duplicates) == (first.sha256, 0, 3)


def found() -> int:
    """How many events the search knows."""
    return IndexedDocument.objects.filter(source="events").count()


def test_undoing_withdraws_everything_at_once(received: Receive, work: Work) -> None:
    event("consultation", "2023-05-03", GOERLITZ)
    batch = received(HEAD, *ROWS)
    door.take_over(batch, by=SYSTEM)
    assert found() == 1
    work()
    assert (days(), found()) == (["01.05.2023", "02.05.2023", "03.05.2023"], 3)
    door.undo(batch, by=SYSTEM)
    work()
    assert (state_of(batch), days(), found(), projection_anew.differences()) == (BatchState.UNDONE, ["03.05.2023"], 1, [])
    with pytest.raises(door.DoorError, match="Die Datei ist „rückgängig gemacht“"):
        door.undo(batch, by=SYSTEM)


def test_what_was_changed_since_stands_in_the_way_of_undoing(received: Receive, work: Work) -> None:
    batch = received(HEAD, *ROWS)
    door.take_over(batch, by=SYSTEM)
    work()
    found = Event.objects.current().get(first_day="2023-05-01")
    correct_event(found, draft("consultation", "2023-05-04", FRANKENBERG), by=SYSTEM)
    sentence = "Rückgängig machen geht nicht mehr: Das Ereignis „Beratung, 01.05.2023“ wurde inzwischen geändert."
    batch.refresh_from_db()
    with pytest.raises(door.DoorError) as refusal:
        door.undo(batch, by=SYSTEM)
    assert str(refusal.value) == sentence


def test_what_became_known_since_the_preview_is_not_taken_over_twice(received: Receive, work: Work) -> None:
    batch = received(HEAD, *ROWS)
    event("consultation", "2023-05-02", GOERLITZ)
    door.take_over(batch, by=SYSTEM)
    work()
    assert (state_of(batch), batch.written, batch.rejected) == (BatchState.LIVE, 2, 2)
    assert [r.reason for r in batch.rejections.all()][-1] == "Das Ereignis ist inzwischen bekannt."
    assert days() == ["01.05.2023", "02.05.2023", "03.05.2023"]


def test_two_batches_of_one_file_that_both_wait_give_each_event_once(received: Receive, work: Work) -> None:
    one, two = received(HEAD, *ROWS), received(HEAD, *ROWS)
    door.take_over(one, by=SYSTEM)
    door.take_over(two, by=SYSTEM)
    work()
    assert (state_of(one), state_of(two)) == (BatchState.LIVE, BatchState.LIVE)
    assert (one.written, two.written, len(days())) == (3, 0, 3)


def test_a_worker_that_dies_between_parts_leaves_nothing_that_counts_and_the_next_goes_on(
    received: Receive, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = received(HEAD, *(f"{day:02}.05.2023;Beratung;Görlitz;" for day in range(1, 29)))
    monkeypatch.setattr(type(IMPORTERS["events"]), "part", 10)
    door.take_over(batch, by=SYSTEM)
    claimed = orders.claim("dies")
    assert claimed is not None
    parts: list[int] = []

    def keep(*given: Any) -> None:
        if len(parts) == 2:
            raise KeyboardInterrupt
        parts.append(1)
        kept(*given)

    kept = working._keep
    monkeypatch.setattr(working, "_keep", keep)
    with pytest.raises(KeyboardInterrupt):
        working.commit(Run(claimed))
    monkeypatch.setattr(working, "_keep", kept)
    assert (state_of(batch), batch.written, days()) == (BatchState.COMMITTING, 20, [])
    with clock.moved_to(clock.now() + orders.LEASE * 2):
        work()
    assert (state_of(batch), batch.written, len(days()), projection_anew.differences()) == (BatchState.LIVE, 28, 28, [])


def test_a_job_that_was_cancelled_goes_on_or_is_undone(received: Receive, work: Work) -> None:
    batch = received(HEAD, *ROWS)
    for then, expected in ((door.take_over, BatchState.LIVE), (door.undo, BatchState.UNDONE)):
        Batch.objects.update(state=BatchState.COMMITTING)
        Job.objects.update(state="cancelled")
        then(batch, by=SYSTEM)
        work()
        assert state_of(batch) == expected


def test_while_a_job_runs_nothing_is_undone(received: Receive) -> None:
    batch = received(HEAD, *ROWS)
    door.take_over(batch, by=SYSTEM)
    with pytest.raises(door.DoorError, match="Es läuft noch ein Auftrag"):
        door.undo(batch, by=SYSTEM)


def test_dropping_forgets_the_file(received: Receive) -> None:
    batch = received(HEAD, *ROWS)
    door.drop(batch, by=SYSTEM)
    assert (state_of(batch), batch.rejections.count(), files.upload_of(batch.reference).exists()) == (BatchState.DROPPED, 0, False)


def test_a_file_that_vanished_is_said(work: Work, received: Receive) -> None:
    batch = door.receive("weg.csv", iter([HEAD.encode()]), by=SYSTEM)
    files.upload_of(batch.reference).unlink()
    work()
    assert (state_of(batch), batch.fault) == (BatchState.REFUSED, "Die Datei ist nicht mehr da. Laden Sie sie noch einmal hoch.")
    other = received(HEAD, *ROWS)
    files.accepted_of(other.reference).unlink()
    door.take_over(other, by=SYSTEM)
    work()
    fault = Job.objects.get(task="imports.commit").fault
    assert fault == "Die gelesenen Zeilen sind nicht mehr da. Machen Sie die Datei rückgängig, und laden Sie sie noch einmal hoch."


UNKNOWN = [
    (b"", "", "Die Datei ist leer."),
    (b"a;b\n1;2\n", "", "Diese Datei passt zu nichts, was eingelesen werden kann (gesehen: Tabelle mit a, b)."),
    (b"PK\x03\x04 nothing", "", "Das Archiv ist beschädigt."),
    (b'{"a": 1}', "", "Diese Datei passt zu nichts, was eingelesen werden kann (gesehen: JSON)."),
    (b"SQLite format 3\0", "", "Diese Datei passt zu nichts, was eingelesen werden kann (gesehen: GeoPackage)."),
    (b"a", "wetter", "„wetter“ kann nicht eingelesen werden."),
]


@pytest.mark.parametrize(("content", "importer", "beginning"), UNKNOWN)
def test_what_is_nothing_is_refused_and_not_kept(content: bytes, importer: str, beginning: str) -> None:
    before = set(files.folder().iterdir())
    with pytest.raises(TableError) as refusal:
        door.receive("x", iter([content]), by=SYSTEM, importer=importer)
    assert str(refusal.value).startswith(beginning)
    assert (Batch.objects.count(), set(files.folder().iterdir()) - before) == (0, set())


def test_rights_are_asked_at_every_step(received: Receive) -> None:
    _account, coordinator = member("coordinator", GOERLITZ)
    _account, other = member("coordinator", FRANKENBERG)
    with pytest.raises(PermissionDenied):
        door.receive("x.csv", iter([HEAD.encode()]), by=ANYONE, importer="events")
    batch = received(HEAD, *ROWS, by=coordinator)
    assert (batch.accepted, batch.rejected) == (2, 2)
    for verb in (door.take_over, door.undo, door.drop):
        with pytest.raises(PermissionDenied):
            verb(batch, by=other)


def test_an_option_that_is_no_choice_is_refused(received: Receive) -> None:
    with pytest.raises(door.DoorError, match="„geheim“ steht bei „Sichtbar für“ nicht zur Wahl"):
        door.take_over(received(HEAD, *ROWS), by=SYSTEM, options={"visibility": "geheim"})


def test_what_nobody_took_over_is_cleared_after_a_week(received: Receive, work: Work) -> None:
    old = received(HEAD, *ROWS)
    live = received(HEAD, ROWS[0])
    door.take_over(live, by=SYSTEM)
    work()
    with clock.moved_to(clock.now() + dt.timedelta(days=8)):
        fresh = received(HEAD, *ROWS)
        orders.order("retention.delete", by=SYSTEM)
        work()
    assert set(Batch.objects.values_list("reference", flat=True)) == {live.reference, fresh.reference}
    assert [files.upload_of(batch.reference).exists() for batch in (old, fresh)] == [False, True]


def test_a_stray_file_is_cleared_too(work: Work) -> None:
    import os

    stray = files.folder() / "herrenlos.accepted"
    stray.write_text("x")
    os.utime(stray, (0, 0))
    orders.order("retention.delete", by=SYSTEM)
    work()
    assert not stray.exists()


@pytest.mark.parametrize("importer", list(IMPORTERS), ids=lambda importer: importer.key)
def test_every_sample_is_recognised_and_accepted(importer: object, work: Work) -> None:
    kind = IMPORTERS[importer.key]  # type: ignore[attr-defined]
    if kind.key == "registrations":
        begins = clock.now() + dt.timedelta(days=1)
        gathering(5, starts_at=begins, ends_at=begins + dt.timedelta(hours=7))  # its sample names one
    name, content = kind.sample()
    batch = door.receive(name, iter([content]), by=SYSTEM)
    work()
    batch.refresh_from_db()
    assert (batch.importer, batch.state, batch.rejected, batch.accepted > 0) == (kind.key, BatchState.READY, 0, True)


@pytest.mark.parametrize(
    ("name", "content", "endings"),
    [
        ("ereignisse.xlsx", HEAD.encode(), ".csv oder .txt oder .tsv"),
        ("ereignisse.exe", HEAD.encode(), ".csv oder .txt oder .tsv"),
        ("ereignisse.csv", b'{"type": "FeatureCollection"}', ".geojson oder .json"),
        ("grenzen.zip", b"SQLite format 3\0", ".gpkg"),
    ],
)
def test_a_name_that_says_something_else_than_the_content_is_refused(name: str, content: bytes, endings: str) -> None:
    before = sorted(files.folder().iterdir())
    with pytest.raises(TableError) as refusal:
        door.receive(name, iter([content]), by=SYSTEM)
    assert str(refusal.value) == (
        f"Die Datei heißt „{name}“, ihr Inhalt gehört aber zu einer Datei mit der Endung {endings}. Prüfen Sie, ob es die richtige ist."
    )
    assert sorted(files.folder().iterdir()) == before


@pytest.mark.parametrize("name", ["ereignisse", "Ereignisse.CSV", "Stand 31.12.2023", "ereignisse.txt"])
def test_a_name_without_an_ending_says_nothing(name: str) -> None:
    assert door.receive(name, iter([HEAD.encode()]), by=SYSTEM).file_name == name
