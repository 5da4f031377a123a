# SPDX-License-Identifier: EUPL-1.2
"""People and functions from a table: who is appointed, who is refused, and how it is taken back."""

import pytest
from django.apps import apps
from django.utils import timezone

from asskomm.core.imports.domain import door
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.people.models import Account, Function, Person
from tests.making import FRANKENBERG, GOERLITZ, member, work_off

pytestmark = pytest.mark.django_db
HEAD = "Vorname\tName\tE-Mail\tFunktion\tKommune\tseit"
KIM = "Kim\tMuster\tKim.Muster@example.org\tKoordinatorin\tGörlitz\t01.12.2022"
ALEX = "Alex\tProbe\talex@example.org\tPolizei\tPolizeidirektion Görlitz\t"
GONE = "Der Grund nannte Angaben aus der Datei und ist nach dem Übernehmen gelöscht."


def received(*rows: str, by: Principal = SYSTEM) -> Batch:
    batch = door.receive("eingefügt", iter(["\n".join([HEAD, *rows]).encode()]), by=by)
    work_off()
    batch.refresh_from_db()
    return batch


def taken_over(*rows: str) -> Batch:
    batch = received(*rows)
    door.take_over(batch, by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    return batch


def appointed() -> list[tuple[str, str, str, str]]:
    rows = Function.objects.select_related("person__account", "organisation").order_by("pk")
    return [(str(f.person), f.role, str(f.organisation), f.person.account.email) for f in rows]


def test_people_are_recognised_and_appointed() -> None:
    batch = taken_over(KIM, ALEX)
    assert (batch.importer, batch.state, batch.written) == ("people", BatchState.LIVE, 2)
    assert appointed() == [
        ("Kim Muster", "coordinator", "Görlitz", "kim.muster@example.org"),
        ("Alex Probe", "police", "Polizeidirektion Görlitz", "alex@example.org"),
    ]
    assert [str(f.start) for f in Function.objects.filter(role="coordinator")] == ["2022-12-01"]


def kept_at_the_door() -> str:
    """Everything that lies in any column of the door and its jobs."""
    return str([list(model._default_manager.values()) for name in ("imports", "jobs", "provenance") for model in apps.get_app_config(name).get_models()])


def test_no_personal_data_stay_with_a_file_that_was_taken_over() -> None:
    batch = received(KIM, ALEX.replace("alex@example.org", "alex"), ALEX.replace("Alex", ""), ALEX.replace("Polizei\t", "Nachbarin\t"))
    assert (batch.first_rows, [r.value for r in batch.rejections.all()]) == ([["2", "Kim Muster", "Koordinator/in", "Görlitz"]], ["alex", "", "Nachbarin"])
    taken_over(KIM)
    door.take_over(batch, by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    assert (batch.first_rows, [(r.row, r.column, r.value, r.reason, r.nearest) for r in batch.rejections.all()]) == (
        [],
        [
            (2, "email", "", "Wer diese Adresse hat, hat die Funktion inzwischen.", ""),
            (3, "email", "", GONE, ""),
            (4, "given_name", "", "Hier fehlt eine Angabe.", ""),
            (5, "role", "", GONE, ""),
        ],
    )
    kept = kept_at_the_door()
    assert [word for word in ("Kim", "kim", "Muster", "Alex", "alex", "Probe", "Nachbarin") if word in kept] == []


def test_no_personal_data_stay_with_a_file_that_was_undone_before_it_was_taken_over_whole() -> None:
    batch = received(KIM, ALEX.replace("alex@example.org", "alex"))
    Batch.objects.update(state=BatchState.COMMITTING)  # its job was cancelled
    door.undo(batch, by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    kept = kept_at_the_door()
    assert (batch.state, [word for word in ("Kim", "kim", "Muster", "Alex", "alex", "Probe") if word in kept]) == (BatchState.UNDONE, [])


def test_who_holds_the_function_already_is_known() -> None:
    taken_over(KIM)
    again = received(KIM, KIM.replace("Görlitz", "Frankenberg"), KIM.replace("Görlitz", FRANKENBERG))
    assert (again.accepted, again.duplicates) == (1, 2)


REFUSED = [
    (KIM.replace("Kim\t", "\t"), "given_name", "Hier fehlt eine Angabe."),
    (KIM.replace("Kim.Muster@example.org", "kim"), "email", "„kim“ ist keine E-Mail-Adresse."),
    (KIM.replace("Koordinatorin", "Zauberin"), "role", None),
    (KIM.replace("Görlitz", "Gorlitz-West"), "organisation", "Die Organisation „Gorlitz-West“ ist nicht bekannt."),
    (KIM.replace("Koordinatorin", "Polizei"), "role", "Die Rolle „Polizei“ passt nicht zu „Görlitz“."),
    (KIM.replace("01.12.2022", "12.2022"), "start", "Der Beginn ist ein Tag, zum Beispiel 01.12.2022."),
    (KIM.replace("01.12.2022", "bald"), "start", None),
]


@pytest.mark.parametrize(("row", "column", "reason"), REFUSED)
def test_refusals_name_cell_and_reason(row: str, column: str, reason: str | None) -> None:
    (found,) = received(row).rejections.all()
    assert (found.row, found.column) == (2, column)
    if reason:
        assert found.reason == reason


@pytest.mark.parametrize(
    ("row", "nearest"),
    [
        (KIM.replace("Koordinatorin", "Kordinatorin"), "Koordinator/in"),
        (KIM.replace("Koordinatorin", "Zauberin"), ""),
        (KIM.replace("Görlitz", "Görlits"), "Görlitz"),
        (ALEX.replace("Polizeidirektion Görlitz", "Polizei Direktion Görlitz"), "Polizeidirektion Görlitz"),
    ],
)
def test_a_word_that_is_nearly_one_of_the_list_is_named(row: str, nearest: str) -> None:
    assert [r.nearest for r in received(row).rejections.all()] == [nearest]


@pytest.mark.parametrize("role", ["Administrator/in", "Landespräventionsrat"])
def test_the_state_council_makes_nobody_administrator(role: str) -> None:
    _account, council = member("state_council")
    batch = received(f"Kim\tMuster\tkim@example.org\t{role}\tLandespräventionsrat Sachsen\t", by=council)
    assert [r.reason for r in batch.rejections.all()] == ["Diese Funktion vergibt nur die Administration."]


@pytest.mark.parametrize("role", ["Administrator/in", "Landespräventionsrat"])
def test_no_file_gives_wide_rights_because_nobody_is_asked_for_it_once_more(role: str) -> None:
    _account, administrator = member("administrator")
    batch = received(f"Kim\tMuster\tkim@example.org\t{role}\tLandespräventionsrat Sachsen\t", by=administrator)
    reason = "Diese Funktion geben Sie einzeln auf der Seite der Organisation; dort bestätigen Sie es noch einmal."
    assert [r.reason for r in batch.rejections.all()] == [reason]


def test_taking_back_removes_what_was_made_and_nothing_else() -> None:
    member("coordinator", GOERLITZ, email="alt@example.org")
    before = (Person.objects.count(), Account.objects.count(), Function.objects.count())
    batch = taken_over(KIM, "Kim\tMuster\talt@example.org\tBürgermeisterin\tGörlitz\t")
    assert Function.objects.count() == before[2] + 2
    door.undo(batch, by=SYSTEM)
    work_off()
    assert (Person.objects.count(), Account.objects.count(), Function.objects.count()) == before


def test_who_has_signed_in_or_left_stands_in_the_way_of_taking_back() -> None:
    batch = taken_over(KIM)
    Account.objects.filter(email="kim.muster@example.org").update(last_login=timezone.now())
    with pytest.raises(door.DoorError, match="hat sich schon jemand eingeloggt"):
        door.undo(batch, by=SYSTEM)
    Function.objects.filter(person__family_name="Muster").update(end="2026-01-01")
    with pytest.raises(door.DoorError, match="wurde inzwischen geändert"):
        door.undo(batch, by=SYSTEM)
    Function.objects.filter(person__family_name="Muster").delete()
    with pytest.raises(door.DoorError, match="gibt es nicht mehr"):
        door.undo(batch, by=SYSTEM)


def test_what_became_true_since_the_preview_is_rejected() -> None:
    batch = received(KIM)
    taken_over(KIM)
    door.take_over(batch, by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    assert (batch.written, [r.reason for r in batch.rejections.all()]) == (0, ["Wer diese Adresse hat, hat die Funktion inzwischen."])
