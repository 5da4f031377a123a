# SPDX-License-Identifier: EUPL-1.2
"""The door over the API: the same verbs as the pages, one's own files only."""

import base64
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from asskomm.alliance.models import Event
from asskomm.core.estimates import Estimate
from asskomm.core.imports import IMPORTERS
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import SYSTEM, Principal, Visibility
from asskomm.people.domain.accounts import end_functions
from asskomm.people.domain.tokens import issue_token
from asskomm.people.enums import Scope
from asskomm.people.models import Account
from tests.making import FRANKENBERG, GOERLITZ, event, member

pytestmark = pytest.mark.django_db
Work = Callable[[], None]
LAST_DAY = dt.date(2020, 1, 1)
ROWS = (
    "Datum;Art;Kommune;Angaben",
    "01.05.2023;Beratung;Frankenberg;erstes Gespräch",
    "31.02.2023;Beratung;Frankenberg;",
    "02.05.2023;Beratung;Görlitz;",
    "03.05.2023;Beratung;Frankenberg;",
)


def program_of(role: str = "coordinator", organisation: str = FRANKENBERG, scopes: list[str] = Scope.values) -> tuple[Client, Principal]:
    """Give a program of somebody, and her rights."""
    account, principal = member(role, organisation)
    secret = issue_token(account, name="Programm", scopes=scopes, by=principal).secret
    return Client(headers={"authorization": f"Bearer {secret}"}), principal


def hand_in(program: Client, *rows: str, kind: str = "") -> dict[str, Any]:
    given = {"file": SimpleUploadedFile("ereignisse.csv", "\n".join(rows or ROWS).encode()), "kind": kind}
    response = program.post("/api/imports", given)
    assert response.status_code == 202, response.content
    found: dict[str, Any] = response.json()
    assert response["Location"] == f"/api/imports/{found['reference']}"
    return found


def count(number: int) -> dict[str, object]:
    return Estimate(number).as_json()


def test_preview_take_over_and_undo(work: Work) -> None:
    event("consultation", "2023-05-03", FRANKENBERG)
    program, _principal = program_of()
    received = hand_in(program)
    address = f"/api/imports/{received['reference']}"
    assert (received["state"], received["job"]["state"], received["kind"]) == ("reading", "waiting", {"key": "events", "name": "Ereignisse"})
    work()
    preview = program.get(address).json()
    assert (preview["state"], preview["state_name"], preview["job"]["percent"], preview["job"]["ended"]) == ("ready", "wartet auf Übernahme", 100, True)
    assert [preview[name] for name in ("accepted", "rejected", "duplicates", "written")] == [count(1), count(2), count(1), count(0)]
    assert preview["first_rows"][0]["row"] == "2"
    assert len(preview["first_rows"][0]["cells"]) == len(preview["columns"])
    assert [option["key"] for option in preview["options"]] == ["visibility"]
    assert program.get(f"{address}/rejected").json()["items"] == [
        {"row": 3, "column": "date", "value": "31.02.2023", "reason": "Den Tag „31.02.2023“ gibt es nicht.", "nearest": ""},
        {"row": 4, "column": "municipality", "value": "Görlitz", "reason": "Für diese Kommune dürfen Sie nichts eintragen.", "nearest": ""},
    ]
    taken = program.post(f"{address}/take-over", {"options": {"visibility": "public"}}, "application/json")
    assert (taken.status_code, taken["Location"], taken.json()["state"]) == (202, address, "committing")
    work()
    live = program.get(address).json()
    made = Event.objects.get(note="erstes Gespräch")
    assert (live["state"], live["written"], made.visibility) == ("live", count(1), Visibility.PUBLIC)
    assert program.get(f"/api/sources/{live['source']}").json()["rows_used"] == count(1)
    undone = program.post(f"{address}/undo")
    assert (undone.status_code, undone.json()["state"]) == (202, "undoing")
    work()
    made.refresh_from_db()
    assert (program.get(address).json()["state"], made.closed_at is None) == ("undone", False)


def test_the_same_file_again_is_said(work: Work) -> None:
    program, _principal = program_of()
    addresses = [f"/api/imports/{hand_in(program)['reference']}" for _time in range(2)]
    work()
    assert program.get(addresses[1]).json()["taken_before"] is None
    assert program.generic("POST", f"{addresses[0]}/take-over").status_code == 202
    work()
    first = program.get(addresses[0]).json()
    live = Batch.objects.get(state="live")
    assert live.live_at
    found = program.get(addresses[1]).json()["taken_before"]
    assert (dt.datetime.fromisoformat(found["at"]).replace(microsecond=0), found["source"]) == (live.live_at.replace(microsecond=0), first["source"])
    assert first["taken_before"] is None


def test_options_stay_at_their_default_where_none_are_given(work: Work) -> None:
    program, _principal = program_of()
    address = f"/api/imports/{hand_in(program, *ROWS[:2])['reference']}"
    work()
    assert program.generic("POST", f"{address}/take-over").status_code == 202
    work()
    assert Event.objects.get(note="erstes Gespräch").visibility == Visibility.ALLIANCE


def test_a_wrong_choice_and_a_wrong_moment_are_told(work: Work) -> None:
    program, _principal = program_of()
    address = f"/api/imports/{hand_in(program)['reference']}"
    early = [program.generic("POST", f"{address}/take-over"), program.post(f"{address}/undo")]
    assert [(response.status_code, response.json()["detail"]) for response in early] == [(409, "Das geht nicht: Die Datei ist „wird gelesen“.")] * 2
    work()
    wrong = program.post(f"{address}/take-over", {"options": {"visibility": "alle"}}, "application/json")
    assert (wrong.status_code, wrong.json()["detail"]) == (409, "„alle“ steht bei „Sichtbar für“ nicht zur Wahl.")
    assert Batch.objects.get().state == "ready"


def test_dropping(work: Work) -> None:
    program, _principal = program_of()
    address = f"/api/imports/{hand_in(program)['reference']}"
    work()
    response = program.delete(address)
    assert (response.status_code, response.content, Batch.objects.get().state) == (204, b"", "dropped")
    assert [program.get(address).status_code, program.delete(address).status_code] == [404, 404]
    assert program.get("/api/imports").json()["items"] == []


def test_a_file_that_turns_out_unreadable_says_why(work: Work) -> None:
    program, _principal = program_of()
    reference = hand_in(program, "nichts", kind="events")["reference"]
    work()
    found = program.get(f"/api/imports/{reference}").json()
    assert (found["state"], found["fault"] != "", found["job"]["fault"]) == ("refused", True, found["fault"])


def test_files_and_jobs_of_others_are_not_there(work: Work) -> None:
    mine, _principal = program_of()
    received = hand_in(mine)
    work()
    others = [program_of("mayor", FRANKENBERG)[0], program_of("coordinator", GOERLITZ)[0], program_of("state_council", "Landespräventionsrat Sachsen")[0]]
    others.append(program_of("administrator", "Landespräventionsrat Sachsen")[0])
    address = f"/api/imports/{received['reference']}"
    for other in others:
        found = [
            other.get(address),
            other.get(f"{address}/rejected"),
            other.generic("POST", f"{address}/take-over"),
            other.post(f"{address}/undo"),
            other.delete(address),
        ]
        found.append(other.get(f"/api/jobs/{received['job']['reference']}"))
        assert [response.status_code for response in found] == [404] * 6
        assert [other.get(f"/api/{name}").json()["items"] for name in ("imports", "jobs")] == [[], []]
    assert Batch.objects.get().state == "ready"


@pytest.mark.parametrize(("role", "organisation"), [("coach", "Institut B3"), ("police", "Polizeidirektion Görlitz")])
def test_whoever_may_read_nothing_in_is_refused(role: str, organisation: str) -> None:
    account, principal = member("coordinator", GOERLITZ, email="x@example.org")
    secret = issue_token(account, name="Programm", scopes=Scope.values, by=principal).secret
    end_functions(email="x@example.org", last_day=LAST_DAY, by=SYSTEM)
    member(role, organisation, email="x@example.org")
    program = Client(headers={"authorization": f"Bearer {secret}"})
    known = program.post("/api/imports", {"file": SimpleUploadedFile("a.csv", b"Datum;Art\n"), "kind": "events"})
    guessed = program.post("/api/imports", {"file": SimpleUploadedFile("a.csv", b"Datum;Art\n")})
    assert [known.status_code, guessed.status_code, Batch.objects.count()] == [403, 422, 0]
    assert program.get("/api/importers").json()["items"] == []


def test_a_job_ends_without_rights_when_her_function_has_ended(work: Work) -> None:
    program, _principal = program_of()
    reference = hand_in(program, *ROWS[:2])["reference"]
    work()
    assert program.generic("POST", f"/api/imports/{reference}/take-over").status_code == 202
    end_functions(email=Account.objects.get().email, last_day=LAST_DAY, by=SYSTEM)
    work()
    assert Event.objects.filter(note="erstes Gespräch", closed_at=None).count() == 0


def test_kinds_with_their_columns_and_options() -> None:
    program, _principal = program_of()
    found = program.get("/api/importers").json()
    assert (found["count"], [item["key"] for item in found["items"]]) == (len(found["items"]), sorted(item["key"] for item in found["items"]))
    events = found["items"][0]
    assert (events["key"], events["name"], {"key": "date", "name": "Datum"} in events["columns"]) == ("events", "Ereignisse", True)
    assert events["options"][0]["default"] == "alliance"
    assert events["where"] == "Eigene Aufzeichnungen, zum Beispiel die bisherige Excel-Liste der Kooperationsvereinbarungen."
    sample = program.get(events["sample"]).json()
    assert (sample["file_name"], base64.b64decode(sample["content"])) == IMPORTERS["events"].sample()
    assert [program.get(f"/api/importers/{key}/sample").status_code for key in ("census", "wetter")] == [404, 404]


@pytest.mark.parametrize("amount", [1, 3])
def test_lists_have_a_fixed_number_of_queries(work: Work, amount: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    program, _principal = program_of()
    references = [hand_in(program, *ROWS[: amount + 1])["reference"] for _ in range(amount)]
    work()
    program.get("/api/imports")
    for address, queries in (("/api/imports", 4), ("/api/jobs", 4), (f"/api/imports/{references[0]}/rejected", 5), (f"/api/imports/{references[0]}", 4)):
        with django_assert_num_queries(queries):
            assert program.get(address).status_code == 200
