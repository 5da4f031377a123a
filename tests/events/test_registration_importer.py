# SPDX-License-Identifier: EUPL-1.2
"""Registrations from a table: recognised, previewed, entered through the same door as all others, undone."""

import datetime as dt

import pytest

from asskomm.core.clock import clock
from asskomm.core.imports.domain import door
from asskomm.core.imports.models import Batch
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.attendance import Note, check_in
from asskomm.events.domain.registering import cancel
from asskomm.events.interfaces.exports import participants_sheet
from asskomm.events.models import Places, Registration
from tests.events.making import BEFORE, BEGINS, come, gathering, standing
from tests.making import COUNCIL, FRANKENBERG, member, work_off

pytestmark = pytest.mark.django_db
HEAD = "Veranstaltung;Name;E-Mail;Kommt für;Kommune"
ADA, BEN, EVA = "Fachtag;Ada;ada@stadt.example;Kommune;Görlitz", "Fachtag;Ben;ben@stadt.example;Landespolizei;", "Fachtag;Eva;;;"


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


def received(*rows: str, by: Principal = SYSTEM) -> Batch:
    """Hand a table in and let the job read it."""
    batch = door.receive("anmeldungen.csv", iter(["\n".join((HEAD, *rows)).encode()]), by=by)
    work_off()
    batch.refresh_from_db()
    return batch


def taken_over(*rows: str) -> Batch:
    """Take a table over."""
    batch = received(*rows)
    door.take_over(batch, by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    return batch


def test_a_table_is_entered_in_its_order_until_it_is_full_and_the_rest_waits() -> None:
    found = gathering(2)
    batch = received(ADA, BEN, EVA)
    assert (batch.importer, batch.accepted, batch.rejected) == ("registrations", 3, 0)
    assert standing(found) == {}
    door.take_over(batch, by=SYSTEM)
    work_off()
    assert standing(found) == {"Ada": "confirmed", "Ben": "confirmed", "Eva": "waiting"}
    rows = list(Registration.objects.order_by("number").values_list("number", "participant_type", "organisation", "municipality"))
    assert rows == [(1, "municipality", "Görlitz", "14626110"), (2, "state_police", "", None), (3, "other", "", None)]
    assert list(Mail.objects.order_by("pk").values_list("kind", "address__email")) == [
        ("registration_confirmed", "ada@stadt.example"),
        ("registration_confirmed", "ben@stadt.example"),
    ]


def test_whoever_is_registered_already_is_known_and_twice_in_a_table_is_once() -> None:
    found = gathering(5)
    come(found, "Ada")
    batch = received(ADA, BEN, BEN.replace("Ben;ben", "Benno;BEN"))
    assert (batch.accepted, batch.duplicates, batch.rejected) == (1, 2, 0)
    come(found, "Ben")  # between preview and taking over
    door.take_over(batch, by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    assert (batch.written, batch.rejected, sorted(standing(found))) == (0, 1, ["Ada", "Ben"])


def test_every_wrong_cell_is_named() -> None:
    gathering(5)
    gathering(5, title="Dialog")
    gathering(5, title="Dialog")
    gathering(None, title="Offen")
    wrong = {
        "Fachtage;Ada;;;": ("gathering", "Fachtag"),
        "Dialog;Ada;;;": ("gathering", ""),
        "Offen;Ada;;;": ("gathering", ""),
        "Fachtag;;;;": ("name", ""),
        "Fachtag;Ada;ada(at)stadt;;": ("email", ""),
        "Fachtag;Ada;;Feuerwehr;": ("participant_type", ""),
        "Fachtag;Ada;;Komune;": ("participant_type", "Kommune"),
        f"Fachtag;Ada;;;{'x' * 161}": ("organisation", ""),
    }
    batch = received(*wrong)
    assert list(batch.rejections.order_by("row").values_list("column", "nearest")) == list(wrong.values())
    assert batch.accepted == 0


def test_one_enters_into_ones_own_gatherings_only_and_by_their_reference_too() -> None:
    theirs = gathering(5, owner=COUNCIL)
    own = gathering(5, owner=FRANKENBERG, title="Treffen")
    _account, coordinator = member("coordinator", FRANKENBERG)
    batch = received(ADA, f"{theirs.reference};Ben;;;", f"{own.reference};Eva;;;", by=coordinator)
    assert (batch.accepted, batch.rejected) == (1, 2)


def test_undoing_gives_the_places_back_unless_somebody_is_inside() -> None:
    found = gathering(2)
    batch = taken_over(ADA, BEN)
    cancel(Registration.objects.get(name="Ben"), by=ANYONE)
    with clock.moved_to(BEGINS):
        check_in(Registration.objects.get(name="Ada"), Note(BEGINS), by=SYSTEM)
        with pytest.raises(door.DoorError, match="Ada ist schon eingelassen"):
            door.undo(batch, by=SYSTEM)
    with clock.moved_to(BEGINS + dt.timedelta(days=1)), pytest.raises(door.DoorError, match="vorbei"):
        door.undo(batch, by=SYSTEM)
    other = taken_over("Fachtag;Eva;eva@stadt.example;;")
    assert (standing(found)["Eva"], Places.objects.get().taken) == ("confirmed", 2)
    door.undo(other, by=SYSTEM)
    work_off()
    assert (standing(found)["Eva"], Places.objects.get().taken) == ("cancelled", 1)
    assert Mail.objects.filter(kind="registration_cancelled", address__email="eva@stadt.example").count() == 1


def test_our_own_list_can_be_read_in_again() -> None:
    found = gathering(5)
    taken_over(ADA, BEN)
    sheet = participants_sheet(found)
    rows = list(sheet.rows)
    named = dict(zip((column.key for column in sheet.columns), rows[0], strict=True))
    assert (named["gathering"], named["name"], named["type"]) == ("Fachtag", "Ada", "Kommune")
    text = [";".join(str(column.label) for column in sheet.columns), *(";".join(str(cell or "") for cell in row) for row in rows)]
    batch = door.receive("liste.csv", iter(["\n".join(text).encode()]), by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    assert (batch.importer, batch.accepted, batch.duplicates, batch.rejected) == ("registrations", 0, 2, 0)


def test_a_table_of_another_program_may_part_the_name_and_call_columns_otherwise() -> None:
    found = gathering(5)
    head = "Veranstaltungstitel;Titel;Vorname;Nachname;E-Mailadresse;Institution;Eingegangen am"
    row = "Fachtag;Dr.;Ada;Muster;ada@stadt.example;Musterverein;01.05.2027"
    batch = door.receive("export.csv", iter([f"{head}\n{row}\n".encode()]), by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    assert (batch.importer, batch.accepted, batch.rejected) == ("registrations", 1, 0)
    assert {"Die Spalte „Titel“ ist nicht bekannt und bleibt weg.", "Die Spalte „Eingegangen am“ ist nicht bekannt und bleibt weg."} <= set(batch.repairs)
    door.take_over(batch, by=SYSTEM)
    work_off()
    assert list(found.registrations.values_list("name", "email", "organisation")) == [("Ada Muster", "ada@stadt.example", "Musterverein")]


def test_of_two_columns_that_mean_the_same_nobody_guesses_which_counts() -> None:
    gathering(5)
    head, row = "Veranstaltung;Name;Institution;Kommune", "Fachtag;Ada;Musterverein;Görlitz"
    batch = door.receive("export.csv", iter([f"{head}\n{row}\n".encode()]), by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    assert (batch.state, "kommt zweimal vor" in batch.fault) == ("refused", True)
