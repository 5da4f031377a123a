# SPDX-License-Identifier: EUPL-1.2
"""The door in the browser: upload or paste, preview, take over, undo, drop; one's own files only."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from asskomm.alliance.models import Event
from asskomm.core.imports.domain import door
from asskomm.core.imports.models import Batch
from asskomm.core.provenance.models import Source
from asskomm.core.visibility import SYSTEM, Principal
from tests.making import FRANKENBERG, GOERLITZ, event, member
from tests.reading import by_class, cells, field_errors, headings, links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
Work = Callable[[], None]
ROWS = [
    ["Datum", "Art", "Kommune", "Angaben"],
    ["01.05.2023", "Beratung", "Frankenberg", "erstes Gespräch"],
    ["31.02.2023", "Beratung", "Frankenberg", "=1+1"],
    ["02.05.2023", "Beratung", "Görlitz", ""],
    ["03.05.2023", "Beratung", "Frankenberg", ""],
]
TABLE = "\n".join("\t".join(row) for row in ROWS)


def as_csv() -> SimpleUploadedFile:
    return SimpleUploadedFile("ereignisse.csv", "\n".join(";".join(row) for row in ROWS).encode())


def as_xlsx() -> SimpleUploadedFile:
    book, buffer = Workbook(), io.BytesIO()
    for row in ROWS:
        book.worksheets[0].append([cell.removeprefix("=") for cell in row])
    book.save(buffer)
    return SimpleUploadedFile("ereignisse.xlsx", buffer.getvalue())


def pasted() -> dict[str, Any]:
    return {"pasted": TABLE}


def upload(client: Client, given: dict[str, Any], work: Work) -> str:
    response = client.post("/daten-einlesen/", given)
    assert response.status_code == 302
    work()
    return str(response["Location"])


@pytest.mark.parametrize("given", [lambda: {"file": as_csv()}, lambda: {"file": as_xlsx()}, pasted])
def test_preview_and_take_over(client: Client, sign_in: SignIn, work: Work, given: Callable[[], dict[str, Any]]) -> None:
    event("consultation", "2023-05-03", FRANKENBERG)
    sign_in("coordinator", FRANKENBERG)
    address = upload(client, given(), work)
    page = client.get(address)
    assert headings(page) == ["Vorschau"]
    assert by_class(page, "tile") == ["1 können übernommen werden", "2 nicht übernommene Zeilen", "1 schon bekannt"]
    assert [row[:4] for row in cells(page)[1:3]] == [
        ["3", "Datum", "31.02.2023", "Den Tag „31.02.2023“ gibt es nicht."],
        ["4", "Kommune", "Görlitz", "Für diese Kommune dürfen Sie nichts eintragen."],
    ]
    assert client.post(f"{address}uebernehmen/", {"visibility": "public"})["Location"] == address
    work()
    assert by_class(client.get(address), "tile")[0] == "1 übernommene Zeilen"
    assert sorted((str(e.span), e.visibility) for e in Event.objects.current()) == [("01.05.2023", "public"), ("03.05.2023", "public")]


def test_a_row_with_two_faults_is_one_row_that_is_not_taken_over(client: Client, sign_in: SignIn, work: Work) -> None:
    sign_in("coordinator", FRANKENBERG)
    book, buffer = Workbook(), io.BytesIO()
    for row in (ROWS[0], ["=TODAY()", "Beratung", "Frankenberg", "=1+1"], ROWS[1], ["31.02.2023", "Beratung", "Frankenberg", ""]):
        book.worksheets[0].append(row)
    book.save(buffer)
    page = client.get(upload(client, {"file": SimpleUploadedFile("ereignisse.xlsx", buffer.getvalue())}, work))
    assert by_class(page, "tile") == ["1 können übernommen werden", "2 nicht übernommene Zeilen", "0 schon bekannt"]
    assert ([row[:2] for row in cells(page)[1:4]], "3 Fehler in 2 Zeilen" in said(page.content.decode())) == (
        [["2", "Datum"], ["2", "Angaben"], ["4", "Datum"]],
        True,
    )


def test_undoing_from_the_page(client: Client, sign_in: SignIn, work: Work) -> None:
    sign_in("coordinator", FRANKENBERG)
    address = upload(client, {"file": as_csv()}, work)
    client.post(f"{address}uebernehmen/")
    work()
    assert Event.objects.current().count() == 2
    client.post(f"{address}rueckgaengig/")
    work()
    assert (by_class(client.get(address), "badge"), Event.objects.current().count()) == (["rückgängig gemacht"], 0)
    again = client.post(f"{address}rueckgaengig/", follow=True)
    assert by_class(again, "note-error") == ["Das geht nicht: Die Datei ist „rückgängig gemacht“."]


def test_while_it_is_read_the_page_asks_again_and_then_loads_anew(client: Client, sign_in: SignIn, work: Work) -> None:
    sign_in("coordinator", FRANKENBERG)
    address = str(client.post("/daten-einlesen/", {"file": as_csv()})["Location"])
    assert 'hx-trigger="every 1s"' in client.get(address).content.decode()
    assert "HX-Refresh" not in client.get(address, headers={"HX-Request": "true"}).headers
    work()
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_dropping_a_file_records_nothing(client: Client, sign_in: SignIn, work: Work) -> None:
    sign_in("coordinator", FRANKENBERG)
    address = upload(client, {"file": as_csv()}, work)
    assert client.post(f"{address}verwerfen/")["Location"] == "/daten-einlesen/"
    assert (Event.objects.count(), client.get(address).status_code) == (0, 404)


def test_a_file_is_ones_own(client: Client, sign_in: SignIn, work: Work) -> None:
    sign_in("coordinator", FRANKENBERG)
    address = upload(client, {"file": as_csv()}, work)
    others = [
        member("coordinator", FRANKENBERG, email="other@example.org"),
        member("state_council"),
        member("administrator", "Sächsisches Staatsministerium des Innern"),
    ]
    for other, _principal in others:
        client.force_login(other)
        assert [client.get(f"{address}{part}").status_code for part in ("", "nicht-uebernommen.csv")] == [404, 404]
        assert [client.post(f"{address}{part}/").status_code for part in ("uebernehmen", "rueckgaengig", "verwerfen")] == [404, 404, 404]
        assert address not in links(client.get("/daten-einlesen/"))


def test_the_rows_that_were_refused_can_be_taken_along(client: Client, sign_in: SignIn, work: Work) -> None:
    sign_in("coordinator", FRANKENBERG)
    address = upload(client, {"file": as_csv()}, work)
    table = client.get(f"{address}nicht-uebernommen.csv").content.decode("utf-8-sig").splitlines()
    assert table == [
        "Zeile;Spalte;Wert;Grund;Nächster gültiger Wert",
        "3;Datum;31.02.2023;Den Tag „31.02.2023“ gibt es nicht.;",
        "4;Kommune;Görlitz;Für diese Kommune dürfen Sie nichts eintragen.;",
    ]


def test_the_same_file_again_is_said(client: Client, sign_in: SignIn, work: Work) -> None:
    sign_in("coordinator", FRANKENBERG)
    first = upload(client, {"file": as_csv()}, work)
    client.post(f"{first}uebernehmen/")
    work()
    page = client.get(upload(client, {"file": as_csv()}, work))
    assert by_class(page, "note")[0].startswith("Diese Datei wurde am ")


CENSUS = f"AGS;Einwohner\n{GOERLITZ};55784\n".encode()
PEOPLE = "Vorname;Nachname;E-Mail;Funktion;Organisation\nKim;Muster;kim@example.org;Koordinator/in;Görlitz\n".encode()


@pytest.mark.parametrize(
    ("content", "role", "said_so"),
    [(CENSUS, "state_council", True), (PEOPLE, "state_council", False), ("Datum;Art;Kommune\n01.05.2023;Beratung;Görlitz\n".encode(), "coordinator", False)],
)
def test_a_file_of_public_facts_is_known_again_whoever_took_it_over(
    client: Client, sign_in: SignIn, work: Work, content: bytes, role: str, *, said_so: bool
) -> None:
    body = GOERLITZ if role == "coordinator" else "Landespräventionsrat Sachsen"
    _account, colleague = member(role, body, email="other@example.org")
    theirs = door.receive("zahlen.csv", iter([content]), by=colleague)
    work()
    door.take_over(theirs, by=colleague)
    work()
    theirs.refresh_from_db()
    sign_in(role, body)
    page = client.get(upload(client, {"file": SimpleUploadedFile("zahlen.csv", content)}, work))
    assert theirs.source is not None
    notes = [note for note in by_class(page, "note") if note.startswith("Diese Datei wurde am ")]
    assert (theirs.state, len(notes), theirs.source.get_absolute_url() in links(page), theirs.get_absolute_url() in links(page)) == (
        "live",
        int(said_so),
        said_so,
        False,
    )


WRONG: list[tuple[dict[str, Any], dict[str, list[str]]]] = [
    ({}, {"file": ["Wählen Sie eine Datei, oder fügen Sie eine Tabelle ein."]}),
    ({"file": SimpleUploadedFile("leer.csv", b"")}, {"file": ["Die Datei ist leer."]}),
    ({"file": SimpleUploadedFile("kaputt.xlsx", b"PK\x03\x04 nothing")}, {"file": ["Das Archiv ist beschädigt."]}),
    ({"pasted": TABLE, "importer": "wetter"}, {"importer": ["Bitte eine gültige Auswahl treffen. wetter ist keine gültige Auswahl."]}),
]


@pytest.mark.parametrize(("given", "errors"), WRONG)
def test_what_is_wrong_is_said_at_its_field(client: Client, sign_in: SignIn, given: dict[str, Any], errors: dict[str, list[str]]) -> None:
    sign_in("coordinator", FRANKENBERG)
    response = client.post("/daten-einlesen/", given)
    assert (response.status_code, Batch.objects.count()) == (422, 0)
    assert list(field_errors(response)) == list(errors)
    assert field_errors(response) == errors


def test_a_table_that_is_none_of_ours_names_what_is(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", FRANKENBERG)
    response = client.post("/daten-einlesen/", {"pasted": "Baum\tStrauch\nLinde\tHasel"})
    assert field_errors(response)["pasted"][0].startswith("Diese Datei passt zu nichts, was eingelesen werden kann (gesehen: Tabelle mit Baum, Strauch).")


def test_the_limit_holds_for_what_was_announced_too_small(client: Client, sign_in: SignIn, settings: Any) -> None:
    sign_in("coordinator", FRANKENBERG)
    settings.UPLOAD_LIMIT = 100
    assert client.post("/daten-einlesen/", {"file": as_csv()}).status_code == 413
    assert Batch.objects.count() == 0


def test_each_kind_says_what_it_looks_like_and_gives_a_sample(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", FRANKENBERG)
    page = client.get("/daten-einlesen/")
    assert "CSV- oder XLSX-Tabelle mit einer Zeile je Ereignis" in said(page.content.decode())
    sample = client.get("/daten-einlesen/vorlage/events/")
    assert (sample.status_code, sample["Content-Disposition"]) == (200, 'attachment; filename="ereignisse-vorlage.csv"')
    assert client.get("/daten-einlesen/vorlage/wetter/").status_code == 404


def test_whoever_may_read_nothing_in_is_refused(client: Client, sign_in: SignIn) -> None:
    sign_in("coach", "Institut B3")
    assert [client.get(address).status_code for address in ("/daten-einlesen/", "/daten-einlesen/vorlage/events/")] == [403, 403]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_has_a_fixed_number_of_queries(
    client: Client, sign_in: SignIn, work: Work, rows: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    sign_in("coordinator", FRANKENBERG)
    table = "\n".join(["Datum;Art;Kommune", *(f"3{n}.02.2023;Beratung;Görlitz" for n in range(1, rows + 1))])
    address = upload(client, {"pasted": table}, work)
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)
    assert GOERLITZ not in address


def test_an_event_names_the_file_it_came_from_to_whoever_read_it_in(client: Client, sign_in: SignIn, work: Work) -> None:
    sign_in("coordinator", FRANKENBERG)
    address = upload(client, {"file": as_csv()}, work)
    client.post(f"{address}uebernehmen/", {"visibility": "public"})
    work()
    found = Event.objects.current().get(first_day="2023-05-01")
    source = Source.objects.get(file_name="ereignisse.csv").get_absolute_url()
    assert source in links(client.get(found.get_absolute_url()))
    client.logout()
    assert source not in links(client.get(found.get_absolute_url()))


def test_the_nearest_valid_value_is_named(client: Client, sign_in: SignIn, work: Work) -> None:
    sign_in("coordinator", FRANKENBERG)
    address = upload(client, {"pasted": "Datum\tArt\tKommune\n01.05.2023\tBeratung\tFrankenberk"}, work)
    assert "Nächster gültiger Wert: Frankenberg/Sa." in cells(client.get(address))[1][3]


def test_the_source_of_a_figure_leads_to_the_file(client: Client, sign_in: SignIn, work: Work) -> None:
    principal = sign_in("state_council")
    batch = door.receive("ereignisse.csv", iter([b"Datum;Art;Kommune;Quelle\n01.05.2023;Beratung;Frankenberg;Vermerk 7\n"]), by=principal)
    work()
    door.take_over(batch, by=principal, options={"visibility": "public"})
    work()
    event("consultation", "2023-05-02", GOERLITZ, source="Telefonat")
    address = Source.objects.get(account=principal.account).get_absolute_url()
    assert address in links(client.get("/kennzahlen/municipalities_advised/"))
    client.logout()
    page = client.get("/kennzahlen/municipalities_advised/")
    assert (address in links(page), "Vermerk 7" in said(page.content.decode())) == (False, True)  # the file is not hers


@pytest.mark.parametrize("count", [1, 3])
def test_a_figure_costs_the_same_however_many_files_it_comes_from(client: Client, work: Work, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        batch = door.receive("ereignisse.csv", iter([f"Datum;Art;Kommune\n0{number + 1}.05.2023;Beratung;Frankenberg\n".encode()]), by=SYSTEM)
        work()
        door.take_over(batch, by=SYSTEM, options={"visibility": "public"})
        work()
    client.get("/kennzahlen/municipalities_advised/")
    with django_assert_num_queries(9):
        client.get("/kennzahlen/municipalities_advised/")
