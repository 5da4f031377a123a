# SPDX-License-Identifier: EUPL-1.2
"""Numbers of municipalities from tables: keys, numbers as offices write them, what counts when."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils.timezone import localtime
from openpyxl import Workbook

from asskomm.core.imports.domain import door
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch
from asskomm.core.provenance.models import Source
from asskomm.core.visibility import SYSTEM
from asskomm.territory.domain.queries.official import newest_figures
from asskomm.territory.interfaces.importers.census import CensusImporter, read_number
from asskomm.territory.models import OfficialFigure
from tests.making import GOERLITZ, place, work_off
from tests.reading import cells, headings, links, said

pytestmark = pytest.mark.django_db
TABLE = (
    "AGS;Name;Einwohner;Haushalte;Baumarten\n14626110;Görlitz, Stadt;55.784;–;7\n14511000;Chemnitz, Stadt;240078;123;\n11000000;Berlin;1;2;\n14;Sachsen;4;1;\n"
)


def received(content: str | bytes) -> Batch:
    batch = door.receive("zensus", iter([content if isinstance(content, bytes) else content.encode()]), by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    return batch


def taken_over(content: str | bytes, **options: str) -> Batch:
    batch = received(content)
    door.take_over(batch, by=SYSTEM, options=options)
    work_off()
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.125", 0.125),
        ("12.345", 12345),
        ("12,345", 12.345),
        ("1.2345", 1.2345),
        ("0,00000015", 0.00000015),
        ("240078", 240078),
        ("240.078", 240078),
        ("1.234.567", 1234567),
        ("1 234", 1234),
        ("1'234", 1234),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1.234,5", 1234.5),
    ],
)
def test_numbers_as_offices_write_them(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["viel", "-5", "1e99", "nan", "inf", "12,5,6", "1,234.5", "12.34.567", "012.345", "1.2.3", ","])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_number(text)


def test_a_table_of_the_census_is_recognised_and_sorted() -> None:
    batch = received(TABLE)
    assert (batch.importer, batch.reason) == ("census", "der Gemeindeschlüssel und Spalten wie „einwohner“ sind da")
    assert (batch.accepted, batch.rejected) == (2, 0)  # rows, not cells
    assert batch.repairs == {
        "Zellen ohne Angabe sind ausgelassen": 1,
        "Zeilen anderer Länder, Kreise und Verbände sind ausgelassen": 2,
        "Die Spalte „Baumarten“ ist nicht bekannt und bleibt weg.": 1,
    }
    assert batch.first_rows[0] == ["2", "Görlitz", "Einwohner", "55.784"]


def test_refusals_name_cell_and_reason() -> None:
    batch = received("ARS;Einwohner\n146260110110;viel\n146269999999;5\n;6\n")
    assert [(r.row, r.column, r.value, r.reason) for r in batch.rejections.all()] == [
        (2, "population", "viel", "„viel“ ist keine Zahl."),
        (3, "ars", "146269999999", "Eine Kommune mit dem Schlüssel 146269999999 ist nicht bekannt."),
        (4, "ars", "", "Eine Kommune mit dem Schlüssel – ist nicht bekannt."),
    ]


def test_counts_are_of_rows_and_a_row_stays_whole_in_one_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CensusImporter, "part", 2)
    batch = taken_over("AGS;Einwohner;Haushalte;Wohnungen\n14626110;55784;30000;viel\n14511000;keine;viele;\n14612000;1;2;3\n")
    assert (batch.accepted, batch.written, batch.rejected, batch.rejections.count()) == (2, 2, 2, 3)
    assert (OfficialFigure.objects.filter(batch=batch).count(), batch.source and (batch.source.rows_used, batch.source.filters)) == (
        5,
        (2, "2 Zeilen waren nicht oder nur zum Teil lesbar"),
    )


def test_a_number_in_a_workbook_is_taken_as_the_number_it_is() -> None:
    book, buffer = Workbook(), io.BytesIO()
    for row in (("AGS", "Einwohner", "Haushalte", "Wohnungen", "Leerstand"), (GOERLITZ, 12.345, 0.125, "12.345", 55784.0)):
        book.worksheets[0].append(row)
    book.save(buffer)
    batch = taken_over(buffer.getvalue())
    found = OfficialFigure.objects.filter(batch=batch).values_list("measure", "value")
    assert dict(found) == {"population": 12.345, "households": 0.125, "dwellings": 12345, "vacant_dwellings": 55784}


def test_the_nearest_key_is_that_of_the_name_or_else_the_one_written_most_alike() -> None:
    batch = received("AGS;Gemeinde;Einwohner\n14626999;Görlitz, Stadt;1\n1462611;;2\n14626119;Nirgends;3\n99;Görlitz;4\nx;;5\n")
    assert ([(r.row, r.nearest) for r in batch.rejections.all()], batch.accepted) == ([(2, GOERLITZ), (3, GOERLITZ), (4, GOERLITZ), (6, "")], 0)


def test_a_table_without_key_is_refused() -> None:
    batch = door.receive("x.csv", iter([b"Name;Einwohner\nG;1\n"]), by=SYSTEM, importer="census")
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.fault) == (BatchState.REFUSED, "Zeile 1: Es fehlen der Gemeindeschlüssel oder eine Spalte mit Zahlen.")


def test_what_is_live_counts_and_what_is_undone_counts_no_longer(client: Client) -> None:
    goerlitz = place(GOERLITZ)
    batch = taken_over(TABLE)
    assert [(str(f.measure), f.value, str(f.on)) for f in newest_figures(goerlitz)] == [("Einwohner", 55784, "2022-05-15")]
    page = client.get(goerlitz.get_absolute_url())
    assert "Zahlen" in headings(page, 2)
    assert ["Einwohner", "55.784", "15.05.2022", "Statistische Ämter des Bundes und der Länder"] in cells(page)
    assert Source.objects.get(file_name="zensus").get_absolute_url() in links(page)
    door.undo(batch, by=SYSTEM)
    batch.refresh_from_db()
    assert (batch.state, list(newest_figures(goerlitz)), OfficialFigure.objects.count()) == (BatchState.UNDOING, [], 3)  # dead in one row
    work_off()
    assert OfficialFigure.objects.count() == 0
    source = Source.objects.get(file_name="zensus")
    batch.refresh_from_db()
    assert batch.undone_at
    sentence = f"rückgängig gemacht am {localtime(batch.undone_at):%d.%m.%Y}"
    for address in ("/quellen/", source.get_absolute_url()):
        assert sentence in said(client.get(address).content.decode())
    found = client.get(f"/api/sources/{source.reference}").json()
    assert dt.datetime.fromisoformat(found["undone_at"]).replace(microsecond=0) == batch.undone_at.replace(microsecond=0)
    assert [item["undone_at"] is None for item in client.get("/api/sources").json()["items"]][:2] == [False, True]


def test_half_of_a_file_counts_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CensusImporter, "part", 1)
    batch = received(TABLE)
    door.take_over(batch, by=SYSTEM)
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.COMMITTING)
    OfficialFigure.objects.create(municipality=place(GOERLITZ), measure_id="population", on="2022-05-15", value=1, batch=batch)
    assert list(newest_figures(place(GOERLITZ))) == []


def test_a_later_day_and_of_one_day_the_later_file_is_shown() -> None:
    taken_over(TABLE)
    taken_over("AGS;Einwohner\n14626110;55000\n", on="2024-12-31")
    taken_over("AGS;Einwohner\n14626110;55001\n", on="2024-12-31")
    assert [(f.value, str(f.on)) for f in newest_figures(place(GOERLITZ))] == [(55001, "2024-12-31")]


def test_the_table_of_all_municipalities(shared_data: Path) -> None:
    content = (shared_data / "municipalities/zensus2022_sachsen_gemeinden.csv").read_text("utf-8")
    batch = taken_over(content)
    assert (batch.written, batch.rejected) == (419, 0)  # the one that was merged since is known as a former one
    assert sum(OfficialFigure.objects.live().filter(measure="population").values_list("value", flat=True)) > 4_000_000


def test_the_page_of_a_municipality_has_one_question_more(client: Client, django_assert_num_queries: Callable[..., object]) -> None:
    address = place(GOERLITZ).get_absolute_url()
    client.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for content in (TABLE, "AGS;Einwohner;Haushalte;Wohnungen\n14626110;1;2;3\n"):
        taken_over(content)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
