# SPDX-License-Identifier: EUPL-1.2
"""Who is competent for which municipality, from a table, on the page and to take along."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.imports.domain import door
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.people.domain.relations import end_relation
from asskomm.people.models import Organisation, Relation
from tests.making import FRANKENBERG, GOERLITZ, body, work_off
from tests.reading import cells, said

pytestmark = pytest.mark.django_db
HEAD = "Gemeinde;Polizeirevier;Seit"
STATION = "Polizeirevier Görlitz"


@pytest.fixture
def station() -> Organisation:
    return Organisation.objects.create(kind="police_station", name=STATION)


def received(*rows: str) -> Batch:
    batch = door.receive("reviere.csv", iter(["\r\n".join([HEAD, *rows]).encode()]), by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    return batch


def taken_over(*rows: str) -> Batch:
    batch = received(*rows)
    door.take_over(batch, by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    return batch


def test_a_list_of_stations_is_recognised_taken_over_and_undone(station: Organisation) -> None:
    batch = taken_over(f"Görlitz;{STATION};01.01.2020", f"{FRANKENBERG};{STATION};", f"Görlitz;{STATION};01.01.2020")
    assert (batch.importer, batch.state, batch.written, batch.duplicates) == ("competences", BatchState.LIVE, 2, 1)
    made = Relation.objects.filter(subject=station).order_by("pk")
    assert [(str(r.target.municipality_id), r.kind, r.start) for r in made] == [
        (GOERLITZ, "competent_for", dt.date(2020, 1, 1)),
        (FRANKENBERG, "competent_for", None),
    ]
    assert received(f"Görlitz;{STATION};").duplicates == 1
    door.undo(batch, by=SYSTEM)
    work_off()
    assert not Relation.objects.filter(subject=station).exists()


@pytest.mark.parametrize(
    ("row", "column", "reason", "nearest"),
    [
        (f"Görlits;{STATION};", "municipality", "Die Organisation „Görlits“ ist nicht bekannt.", "Görlitz"),
        ("Görlitz;Revier Nirgends;", "organisation", "Die Organisation „Revier Nirgends“ ist nicht bekannt.", ""),
        (f"Görlitz;{STATION};01.01.2033", "start", "Der Tag liegt in der Zukunft.", ""),
        ("Görlitz;Görlitz;", "organisation", "Eine Kommune ist nicht für sich selbst zuständig.", ""),
    ],
)
def test_what_cannot_be_is_refused_with_its_column(station: Organisation, row: str, column: str, reason: str, nearest: str) -> None:
    rejection = received(row).rejections.get()
    assert (rejection.row, rejection.column, rejection.reason, rejection.nearest) == (2, column, reason, nearest)


def test_one_that_was_ended_stands_in_the_way_of_undoing(station: Organisation) -> None:
    batch = taken_over(f"Görlitz;{STATION};01.01.2020")
    end_relation(Relation.objects.get(subject=station), last_day=dt.date(2021, 1, 1), by=SYSTEM)
    assert batch.kind.obstacles(batch) == ["Eine der Zuständigkeiten wurde inzwischen beendet."]


def test_the_table_shows_stations_and_where_none_is(client: Client, station: Organisation, django_assert_num_queries: object) -> None:
    Relation.objects.create(subject=station, kind="competent_for", target=body(GOERLITZ))
    Relation.objects.create(subject=body("Bundespolizei"), kind="competent_for", target=body(GOERLITZ))
    client.get("/zustaendigkeiten/")
    with django_assert_num_queries(6):  # type: ignore[operator]
        page = client.get("/zustaendigkeiten/", {"kreis": "14626"})
    assert ["Görlitz", "Landkreis Görlitz", STATION, "Bundespolizei"] in cells(page)
    missing = client.get("/zustaendigkeiten/", {"ohne": "ja", "kreis": "14626"})
    assert "Görlitz" not in [row[0] for row in cells(missing)[1:]]
    assert "Kommunen ohne eingetragenes Polizeirevier: 416" in said(page.content.decode())


def test_the_table_can_be_taken_along(client: Client, station: Organisation) -> None:
    Relation.objects.create(subject=station, kind="competent_for", target=body(GOERLITZ), start=dt.date(2020, 1, 1))
    lines = client.get("/daten/zustaendigkeiten/v1/2024-01-01.csv").content.decode().splitlines()
    assert f"{GOERLITZ},Görlitz,{STATION},Polizeirevier,2020-01-01" in lines


def test_reading_in_needs_the_state_council(client: Client, sign_in: Callable[..., Principal]) -> None:
    sign_in("coordinator", GOERLITZ)
    assert "Zuständigkeiten (Polizeireviere)" not in said(client.get("/daten-einlesen/").content.decode())
