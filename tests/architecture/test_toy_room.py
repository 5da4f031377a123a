# SPDX-License-Identifier: EUPL-1.2
"""A second room gets menu, panel, search, figure, job, schedule, the door, a history, deletion and more by registering, and nothing below knows it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

import asskomm
from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.documents import FORMATS, as_download
from asskomm.core.imports.domain import door
from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.domain.worker import order_due
from asskomm.core.merging.domain.merging import merge, part
from asskomm.core.retention.domain.access import records_of, subject_of
from asskomm.core.retention.models import Deletion
from asskomm.core.search.domain.index import reindex
from asskomm.core.visibility import SYSTEM
from tests.architecture.toy_room import Benches, leaflet, toy_room
from tests.core.documents.samples import faults, pages
from tests.making import GOERLITZ, member, place, work_off
from tests.reading import headings, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def benches() -> Iterator[Benches]:
    held = Benches()
    with toy_room(held):
        yield held


@pytest.mark.usefixtures("benches")
def test_it_stands_in_the_menu_and_on_the_page_of_a_municipality(client: Client) -> None:
    page = client.get(place(GOERLITZ).get_absolute_url())
    assert "Bänke in Görlitz" in headings(page, 2)
    assert "Bänke" in said(page.content.decode())


@pytest.mark.usefixtures("benches")
def test_it_is_found(client: Client) -> None:
    reindex("toy", ["Bank am Weiher"])
    assert "Bank am Weiher" in said(client.get("/suche/?q=Weiher").content.decode())


@pytest.mark.usefixtures("benches")
def test_it_is_counted_on_page_and_api(client: Client) -> None:
    assert "Bank am Weiher" in said(client.get("/kennzahlen/toy_benches/").content.decode())
    found = client.get("/api/figures/toy_benches").json()
    assert (found["value"], [row["label"] for row in found["rows"]]) == (1, ["Bank am Weiher"])


def test_its_schedule_runs(benches: Benches) -> None:
    order_due()
    with clock.moved_to(clock.now() + dt.timedelta(minutes=1)):
        work_off()
    assert benches.painted == 1


def test_its_files_come_through_the_door_and_go_back(benches: Benches) -> None:
    batch = door.receive("baenke.csv", iter([b"Bank\nBank am Tor\n\nBank am Markt\n"]), by=SYSTEM)
    work_off()
    door.take_over(batch, by=SYSTEM)
    work_off()
    assert (batch.importer, benches.names) == ("toy_benches", ["Bank am Weiher", "Bank am Tor", "Bank am Markt"])
    batch.refresh_from_db()
    door.undo(batch, by=SYSTEM)
    work_off()
    assert benches.names == ["Bank am Weiher"]


def test_how_far_its_job_is_is_seen(benches: Benches, client: Client) -> None:
    benches.names += ["Bank am Tor"]
    job = orders.order("toy.paint", by=SYSTEM, title="Bänke")
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done > 0, job.total) == ("done", True, 2)


def test_its_table_leaves_in_every_format_with_a_dictionary(benches: Benches, client: Client) -> None:
    assert "Bank bench Name der Bank" in said(client.get("/daten/baenke/").content.decode())
    plain = client.get("/daten/baenke/v1/2026-01-01.csv").content.decode("utf-8-sig").splitlines()
    assert plain[:2] == ["bench,seats", "Bank am Weiher,2"]
    assert [client.get(f"/daten/baenke/v1/2026-01-01.{ending}").status_code for ending in ("excel.csv", "xlsx", "json")] == [200, 200, 200]


def test_its_content_leaves_as_accessible_document_in_every_format(benches: Benches) -> None:
    made = {ending: bytes(as_download(leaflet(benches), ending, "baenke").content) for ending in FORMATS}
    assert faults(made["pdf"]) == []
    assert "Bank am Weiher" in " ".join(pages(made["pdf"]))
    assert {ending for ending, content in made.items() if content} == {"pdf", "docx", "odt", "html"}


def test_what_the_room_says_stands_in_the_way_of_undoing(benches: Benches) -> None:
    batch = door.receive("baenke.csv", iter([b"Bank\nBank am Tor\n"]), by=SYSTEM)
    work_off()
    door.take_over(batch, by=SYSTEM)
    work_off()
    benches.painted = 1
    batch.refresh_from_db()
    with pytest.raises(door.DoorError, match="schon gestrichen"):
        door.undo(batch, by=SYSTEM)


def test_its_objects_have_a_history(benches: Benches, client: Client) -> None:
    client.force_login(member("coordinator", GOERLITZ)[0])
    benches.names = ["Weiher"]
    record("toy_benches", benches.names, Action.CREATED, by=SYSTEM)  # type: ignore[arg-type]  # a toy has no model
    assert "angelegt durch das Programm" in said(client.get("/verlauf/toy_benches/Weiher/").content.decode())


def test_what_is_due_goes_at_night(benches: Benches, client: Client) -> None:
    benches.rotten = ["Bank am Bach"]
    orders.order("retention.delete", by=SYSTEM)
    work_off()
    assert (benches.rotten, Deletion.objects.get(rule="toy_benches").count) == ([], 1)
    assert "Morsche Bänke bis zum Winter weil sie brechen" in said(client.get("/loeschfristen/").content.decode())


def test_everybody_gets_what_the_room_holds_on_her(benches: Benches) -> None:
    account, _principal = member("coordinator", GOERLITZ)
    benches.kept_by[account.pk] = "Bank am Weiher"
    assert records_of(subject_of(account.pk))["Bänke"] == [{"Bank": "Bank am Weiher"}]


def test_what_the_room_holds_moves_when_two_become_one(benches: Benches) -> None:
    benches.kept_by = {7: "Bank am Weiher"}
    done = merge("toy_benches", kept=5, gone=7, by=SYSTEM)
    assert (benches.kept_by, benches.hidden) == ({5: "Bank am Weiher"}, {7: 5})
    part(done, by=SYSTEM)
    assert (benches.kept_by, benches.hidden) == ({7: "Bank am Weiher"}, {7: None})


def test_it_leaves_no_trace(client: Client) -> None:
    assert "Bänke" not in said(client.get(place(GOERLITZ).get_absolute_url()).content.decode())
    assert client.get("/kennzahlen/toy_benches/").status_code == 404


def test_nothing_below_knows_it() -> None:
    package = Path(asskomm.__file__).parent
    assert [path for path in package.rglob("*.py") if "toy_benches" in path.read_text("utf-8")] == []
