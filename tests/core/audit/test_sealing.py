# SPDX-License-Identifier: EUPL-1.2
"""What `audit verify` finds: every entry and seal that was changed, deleted or inserted, and nothing after a deletion on its date."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from asskomm.core.audit import Action
from asskomm.core.audit.domain import sealing
from asskomm.core.audit.domain.reading import note_read, write_notes
from asskomm.core.audit.domain.recording import forget, forget_before, record, record_keys
from asskomm.core.audit.domain.sealing import seal
from asskomm.core.audit.domain.verification import verify
from asskomm.core.audit.guards import lift_guards, put_guards
from asskomm.core.audit.models import Content, Entry, Seal, SealedEntry
from asskomm.core.clock import clock
from asskomm.core.jobs.domain.worker import order_due
from asskomm.core.visibility import SYSTEM
from tests.core.audit.conftest import bench
from tests.making import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_benches")]
NOON = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)


def write(*names: str, minute: int = 0) -> list[int]:
    """Record a bench under several names, seal it, and give the numbers of the entries."""
    before = Entry.objects.count()
    with clock.moved_to(NOON + dt.timedelta(minutes=minute)):
        for name in names:
            record("bench", [bench(name)], Action.CHANGED, by=SYSTEM)
        seal()
    return list(Entry.objects.order_by("pk").values_list("pk", flat=True)[before:])


def found() -> list[str]:
    """Verify an hour later; sentences about the missing triggers aside, which the tests lift to do harm."""
    with clock.moved_to(NOON + dt.timedelta(hours=3)):
        return [sentence for sentence in verify() if not sentence.startswith("Die Tabelle")]


@pytest.fixture
def harm(db: None) -> Callable[..., None]:
    """Do to the tables what nobody can do through the program."""

    def do(sql: str, *parameters: int) -> None:
        lift_guards("default")
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
        put_guards("default")

    return do


def test_nothing_to_find_after_many_seals() -> None:
    for minute in range(5):
        write("Bank", "Banke", minute=minute)
    assert (Seal.objects.count(), SealedEntry.objects.count(), list(verify())) == (5, 10, [])


@pytest.mark.parametrize(
    ("table", "sql"),
    [
        ("audit_entry", "UPDATE audit_entry SET action = 'read'"),
        ("audit_entry", "DELETE FROM audit_entry"),
        ("audit_seal", "UPDATE audit_seal SET root = ''"),
        ("audit_seal", "DELETE FROM audit_seal"),
        ("audit_sealedentry", "UPDATE audit_sealedentry SET leaf = ''"),
        ("audit_sealedentry", "DELETE FROM audit_sealedentry"),
        ("audit_content", "UPDATE audit_content SET salt = ''"),
    ],
)
def test_the_database_refuses_to_change_the_past(table: str, sql: str) -> None:
    write("Bank")
    with pytest.raises(DatabaseError, match=f"{table} may not be changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the embedded database knows no TRUNCATE")
@pytest.mark.parametrize("table", ["audit_entry", "audit_seal", "audit_sealedentry"])
def test_the_database_refuses_to_empty_a_table(table: str) -> None:
    with pytest.raises(DatabaseError, match="may not be changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "change",
    ["action = 'confirmed'", "kind = 'event'", "key = 'b2'", "account = 7", "at = '2026-01-05 11:59:59'", "digest = ''"],
)
def test_a_changed_entry_is_found(harm: Callable[..., None], change: str) -> None:
    _first, second, _third = write("a", "b", "c")
    harm(f"UPDATE audit_entry SET {change} WHERE id = %s", second)  # noqa: S608 -- the words stand above
    expected = [f"Eintrag {second} wurde verändert."]
    also = [f"Der Inhalt von Eintrag {second} wurde verändert."] if change.startswith("digest") else []
    assert found() == expected + also


def test_a_missing_entry_is_found(harm: Callable[..., None]) -> None:
    _first, second, _third = write("a", "b", "c")
    Content.objects.filter(entry=second).delete()
    harm("DELETE FROM audit_entry WHERE id = %s", second)
    assert found() == [f"Eintrag {second} fehlt."]


def test_a_missing_entry_is_found_when_its_place_under_the_seal_went_too(harm: Callable[..., None]) -> None:
    _first, second, _third = write("a", "b", "c")
    Content.objects.filter(entry=second).delete()
    harm("DELETE FROM audit_entry WHERE id = %s", second)
    harm("DELETE FROM audit_sealedentry WHERE entry = %s", second)
    assert found() == ["Siegel 1 passt nicht zu den Einträgen, die es umfasst."]


@pytest.mark.parametrize("sealed", [True, False])
def test_an_entry_inserted_with_an_old_day_is_found(*, sealed: bool) -> None:
    write("a")
    write("b", minute=20)
    with clock.moved_to(NOON + dt.timedelta(minutes=10)):
        record_keys("bench", ["b1"], Action.WITHDRAWN, by=SYSTEM)
    late = Entry.objects.latest("pk").pk
    assert sealed is False or seal() == 1
    write("c", minute=30)
    assert found() == [f"Eintrag {late} wurde nachträglich eingefügt."]


def test_an_entry_inserted_under_an_old_number_is_found() -> None:
    first = write("a")[0]
    Entry.objects.create(pk=first - 1000, at=NOON, action=Action.CHANGED, kind="bench", key="b1")
    with clock.moved_to(NOON + dt.timedelta(hours=2)):
        assert seal() == 0
    assert found() == [f"Eintrag {first - 1000} wurde nachträglich eingefügt."]


NOT_ITS_ENTRIES, NOT_ITS_PLACE = "Siegel {} passt nicht zu den Einträgen, die es umfasst.", "Siegel {} passt nicht an das Siegel davor."


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (f"root = '{'ab' * 32}'", [NOT_ITS_ENTRIES.format(2), NOT_ITS_PLACE.format(2)]),
        (f"chain = '{'ab' * 32}'", [NOT_ITS_PLACE.format(2), NOT_ITS_PLACE.format(3)]),
        ("sealed_at = '2026-01-05 10:00:00'", [NOT_ITS_PLACE.format(2)]),
        ("count = 7", [NOT_ITS_ENTRIES.format(2)]),
    ],
)
def test_a_changed_seal_is_found(harm: Callable[..., None], change: str, sentences: list[str]) -> None:
    for minute in range(3):
        write(f"Bank {minute}", minute=minute)
    harm(f"UPDATE audit_seal SET {change} WHERE number = 2")  # noqa: S608 -- the words stand above
    assert found() == sentences


def test_a_missing_seal_is_found(harm: Callable[..., None]) -> None:
    for minute in range(3):
        write(f"Bank {minute}", minute=minute)
    gone = SealedEntry.objects.get(seal=2).entry
    harm("DELETE FROM audit_sealedentry WHERE seal_id = 2")
    harm("DELETE FROM audit_seal WHERE number = 2")
    assert found() == ["Siegel 2 fehlt.", "Siegel 3 passt nicht an das Siegel davor.", f"Eintrag {gone} wurde nachträglich eingefügt."]


def test_somebody_who_rewrites_everything_is_found_by_what_was_exported(harm: Callable[..., None]) -> None:
    write("a")
    write("b", minute=1)
    kept = {seal.number: seal.chain for seal in Seal.objects.all()}
    assert list(verify(kept)) == []
    harm("DELETE FROM audit_sealedentry")
    harm("DELETE FROM audit_seal")
    with clock.moved_to(NOON + dt.timedelta(minutes=5)):
        seal()
    assert list(verify()) == []
    assert list(verify(kept)) == ["Siegel 1 ist ein anderes als das, das ausgegeben wurde.", "Siegel 2 fehlt, es wurde aber ausgegeben."]


def test_a_changed_content_is_found(harm: Callable[..., None]) -> None:
    (number,) = write("a")
    harm("UPDATE audit_content SET audience = 'public' WHERE entry_id = %s", number)
    assert found() == [f"Der Inhalt von Eintrag {number} wurde verändert."]


def test_a_content_that_nobody_forgot_is_missed() -> None:
    first, _second = write("a", "b")
    Content.objects.filter(entry=first).delete()
    assert found() == [f"Der Inhalt von Eintrag {first} fehlt, ohne dass ihn jemand gelöscht hätte."]


def test_forgetting_leaves_the_chain_valid() -> None:
    write("a", "b")
    assert forget("bench", ["b1"], by=SYSTEM) == 2
    assert (Content.objects.count(), Entry.objects.latest("pk").action, found()) == (0, "forgotten", [])
    seal()
    assert found() == []


def test_old_contents_are_forgotten_on_their_date_and_the_present_one_stays() -> None:
    write("a", "b")
    write("c", minute=30)
    assert [forget_before("bench", NOON + dt.timedelta(minutes=1), by=SYSTEM, most=1) for _ in range(3)] == [1, 1, 0]
    assert forget_before("bench", NOON + dt.timedelta(minutes=60), by=SYSTEM) == 0
    assert ([content.values["name"] for content in Content.objects.all()], found()) == (["c"], [])


def test_a_lost_trigger_is_found() -> None:
    lift_guards("default")
    tables = ["audit_content", "audit_entry", "audit_seal", "audit_sealedentry"]
    assert list(verify()) == [f"Die Tabelle {table} ist nicht mehr gegen Ändern und Löschen geschützt." for table in tables]
    put_guards("default")
    assert list(verify()) == []


def test_many_entries_are_sealed_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MOST", 3)
    record_keys("bench", map(str, range(8)), Action.CREATED, by=SYSTEM)
    assert ([seal() for _ in range(4)], found()) == ([3, 3, 2, 0], [])


def test_every_minute_a_job_seals_what_is_new() -> None:
    with clock.moved_to(NOON):
        order_due()  # an installation begins with what comes next
        record_keys("bench", ["b1"], Action.CHANGED, by=SYSTEM)
    for minute in (1, 2):
        with clock.moved_to(NOON + dt.timedelta(minutes=minute)):
            assert [job.task for job in order_due()].count("audit.seal") == 1
            work_off()
    assert list(SealedEntry.objects.values_list("entry", "seal")) == [(Entry.objects.get().pk, 1)]


def test_an_entry_that_commits_late_is_sealed_by_the_next_seal() -> None:
    first = write("a")[0]
    for number in (first + 9, first + 5):
        Entry.objects.create(pk=number, at=NOON, action=Action.CHANGED, kind="bench", key="b1")
        with clock.moved_to(NOON + dt.timedelta(minutes=1)):
            assert seal() == 1
    assert found() == []


def test_a_note_on_reading_that_waited_for_the_database_is_no_entry_inserted_later() -> None:
    with clock.moved_to(NOON):
        note_read("bench", "b1", by=SYSTEM)
    write("a", minute=20)
    with clock.moved_to(NOON + dt.timedelta(minutes=21)):
        assert (write_notes(), seal()) == (1, 1)
    late = Entry.objects.get(action=Action.READ)
    assert (late.at, late.read_at, found()) == (NOON + dt.timedelta(minutes=21), NOON, [])


def test_when_something_was_read_is_sealed_too(harm: Callable[..., None]) -> None:
    with clock.moved_to(NOON):
        note_read("bench", "b1", by=SYSTEM)
    with clock.moved_to(NOON + dt.timedelta(minutes=21)):
        assert (write_notes(), seal()) == (1, 1)
    late = Entry.objects.get()
    harm("UPDATE audit_entry SET read_at = '2026-01-05 11:00:00' WHERE id = %s", late.pk)
    assert found() == [f"Eintrag {late.pk} wurde verändert."]
