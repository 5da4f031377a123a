# SPDX-License-Identifier: EUPL-1.2
"""The verbs of events: who may, what is kept of earlier versions, what two writers at once leave behind."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from asskomm.alliance.domain import projection_anew
from asskomm.alliance.domain.drafts import RefusalError
from asskomm.alliance.domain.events import confirm_event, correct_event, record_event, restore_event, withdraw_event
from asskomm.alliance.domain.kinds import load_kinds
from asskomm.alliance.models import Event, EventKind, StatusInterval
from asskomm.core.clock import BERLIN, clock
from asskomm.core.figures import FIGURES, Question
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility, allowed
from asskomm.people.models import Organisation
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, draft, event, member


@pytest.mark.django_db
def test_who_may_record_what() -> None:
    _a, coordinator = member("coordinator", GOERLITZ)
    _b, council = member("state_council")
    _c, district = member("district", "Landkreis Görlitz")
    _d, police = member("police", "Polizeidirektion Görlitz")
    _e, administrator = member("administrator")
    own = draft("consultation", "2023-01-01", GOERLITZ, owner=GOERLITZ)
    cases = [
        (coordinator, own, True),
        (coordinator, draft("consultation", "2023-01-02", FRANKENBERG, owner=GOERLITZ), False),
        (coordinator, draft("consultation", "2023-01-02", GOERLITZ, FRANKENBERG, owner=GOERLITZ), False),
        (coordinator, draft("conference_held", "2023-01-02", owner=GOERLITZ), False),
        (coordinator, draft("consultation", "2023-01-02", GOERLITZ, owner=COUNCIL), False),
        (council, draft("consultation", "2023-01-03", FRANKENBERG), True),
        (council, draft("conference_held", "2023-01-03"), True),
        (council, draft("consultation", "2023-01-04", GOERLITZ, owner=GOERLITZ), False),
        (district, draft("consultation", "2023-01-05", GOERLITZ, owner="Landkreis Görlitz"), True),
        (district, draft("consultation", "2023-01-05", FRANKENBERG, owner="Landkreis Görlitz"), False),
        (police, draft("consultation", "2023-01-06", GOERLITZ, owner="Polizeidirektion Görlitz"), False),
        (administrator, draft("consultation", "2023-01-06", GOERLITZ), False),
        (ANYONE, own, False),
    ]
    assert [allowed("alliance.record_event", principal, wanted) for principal, wanted, _may in cases] == [may for _principal, _wanted, may in cases]
    assert record_event(own, by=coordinator).owner == own.owner
    with pytest.raises(PermissionDenied):
        record_event(own, by=police)


@pytest.mark.django_db
def test_a_correction_keeps_what_was_known() -> None:
    early, late = dt.datetime(2023, 5, 1, 9, tzinfo=BERLIN), dt.datetime(2023, 6, 1, 9, tzinfo=BERLIN)
    with clock.moved_to(early):
        first = event("agreement_signed", "2023-04-01", GOERLITZ)
    with clock.moved_to(late):
        second = correct_event(first, draft("agreement_signed", "2023-04-01", FRANKENBERG), by=SYSTEM)
    first.refresh_from_db()
    assert (second.reference, second.version, first.closed_at, second.closed_at) == (first.reference, 2, late, None)
    places = {
        known: [row.place for row in FIGURES["agreements"].drilldown(Question(dt.date(2023, 7, 1), known_on=known)).rows]
        for known in (None, dt.date(2023, 4, 30), dt.date(2023, 5, 1), dt.date(2023, 5, 31), dt.date(2023, 6, 1))
    }
    assert list(places.values()) == [[FRANKENBERG], [], [GOERLITZ], [GOERLITZ], [FRANKENBERG]]


@pytest.mark.django_db
def test_withdrawing_and_taking_it_back() -> None:
    recorded = event("agreement_signed", "2023-04-01", GOERLITZ, partners=(Organisation.objects.get(name="Institut B3"),), visibility=Visibility.PARTNERS)
    withdraw_event(recorded, by=SYSTEM)
    assert StatusInterval.objects.count() == 0
    with pytest.raises(RefusalError, match="inzwischen von jemand anderem geändert"):
        withdraw_event(recorded, by=SYSTEM)
    again = restore_event(recorded, by=SYSTEM)
    assert (again.reference, again.version, [m.ags for m in again.municipalities.all()], again.shares.count()) == (recorded.reference, 2, [GOERLITZ], 1)
    assert restore_event(again, by=SYSTEM).version == 2
    assert projection_anew.differences() == []


@pytest.mark.django_db
def test_confirming_is_a_new_version_by_the_state_council_only() -> None:
    _a, coordinator = member("coordinator", GOERLITZ)
    account, council = member("state_council")
    reported = event("consultation", "2023-04-01", GOERLITZ, owner=GOERLITZ, by=coordinator)
    with pytest.raises(PermissionDenied):
        confirm_event(reported, by=coordinator)
    confirmed = confirm_event(reported, by=council)
    assert (confirmed.version, confirmed.status, confirmed.recorded_by, str(confirmed.owner)) == (2, "confirmed", account, "Görlitz")


@pytest.mark.django_db
def test_a_new_kind_is_one_row(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("kinds") / "kinds.csv"
    header = "key,name,definition,begins,ends,measures,needs_municipality,needs_amount,has_term"
    path.write_text(f"{header}\nround_table,Runder Tisch,Ein runder Tisch hat getagt.,contacted|council,,participants,yes,\n", encoding="utf-8")
    load_kinds(path)
    event("round_table", "2023-04-01", GOERLITZ, measures=(("participants", 12),))
    assert FIGURES["councils"].answer(Question(dt.date(2023, 4, 1))).estimate.value == 1
    assert EventKind.objects.get(key="round_table").name == "Runder Tisch"


@pytest.mark.parametrize("column", ["begins", "measures"])
def test_a_kind_with_an_unknown_effect_is_refused(tmp_path_factory: pytest.TempPathFactory, column: str) -> None:
    path = tmp_path_factory.mktemp("kinds") / "kinds.csv"
    columns = {
        "key": "x",
        "name": "X",
        "definition": "x",
        "begins": "",
        "ends": "",
        "measures": "",
        "needs_municipality": "",
        "needs_amount": "",
        "has_term": "",
    } | {column: "nix"}
    path.write_text(",".join(columns) + "\n" + ",".join(columns.values()) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="unknown in the table of kinds: nix"):
        load_kinds(path)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"amount": -1},
        {"valid_until": dt.date(2000, 1, 1)},
        {"counts_from": dt.date(2000, 1, 1)},
        {"closed_at": dt.datetime(2000, 1, 1, tzinfo=BERLIN)},
    ],
)
def test_the_database_refuses_what_cannot_be(change: dict[str, object]) -> None:
    recorded = event("consultation", "2023-04-01", GOERLITZ)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=recorded.pk).update(**change)


@pytest.mark.django_db
def test_one_open_version_only() -> None:
    recorded = event("consultation", "2023-04-01", GOERLITZ)
    recorded.pk, recorded.version = None, 2
    recorded._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        recorded.save()


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_leave_a_true_projection(loaded: None) -> None:
    days = [f"2023-01-{day:02}" for day in range(1, 11)]
    faults: list[BaseException] = []

    def write(kind: str) -> None:
        try:
            for day in days:
                record_event(draft(kind, day, GOERLITZ), by=SYSTEM)
        except BaseException as fault:  # noqa: BLE001 -- handed to the test
            faults.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(kind,)) for kind in ("council_constituted", "council_dormant")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert faults == []
    assert (Event.objects.count(), projection_anew.differences()) == (20, [])


def test_principal_is_a_value() -> None:
    assert Principal() == ANYONE
