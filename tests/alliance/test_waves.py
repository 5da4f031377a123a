# SPDX-License-Identifier: EUPL-1.2
"""Many events begin or cease to count at once, whatever is recorded meanwhile, and whoever dies on the way."""

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asskomm.alliance.domain import projection_anew, wave_pieces, waves
from asskomm.alliance.domain.drafts import fingerprint
from asskomm.alliance.domain.events import confirm_event, correct_event, record_event, restore_event, stage_events, withdraw_event
from asskomm.alliance.domain.facts import known_at, read_facts
from asskomm.alliance.domain.queries.status import standing_as_known, standing_on
from asskomm.alliance.enums import Confirmation
from asskomm.alliance.models import CountChange, Event, EventQuerySet, Side, StatusInterval, Wave
from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.search.models import IndexedDocument
from asskomm.core.visibility import ANYONE, SYSTEM
from tests.alliance.histories import PHASES, Told, drafts_of, record, start_anew, told
from tests.making import FRANKENBERG, GOERLITZ, OLBERNHAU, draft, event

pytestmark = pytest.mark.django_db

WHOLE = st.lists(
    st.builds(
        lambda one, more: replace(one, places=tuple(dict.fromkeys((*one.places, *more)))), told(), st.lists(st.sampled_from([GOERLITZ, OLBERNHAU]), max_size=2)
    ),
    max_size=8,
)
REST = [(model, model.objects.exclude(side=Side.ALWAYS)) for model in (Event, StatusInterval, CountChange)]


def stage(*days: str, kind: str = "council_constituted", places: tuple[str, ...] = (GOERLITZ,)) -> EventQuerySet:
    found = stage_events([draft(kind, day, *places) for day in days], by=SYSTEM)
    return Event.objects.filter(pk__in=[row.pk for row in found])


def do(parts: Iterator[waves.Part]) -> None:
    for part in parts:
        with transaction.atomic():
            part()


def current() -> list[tuple[Any, ...]]:
    return sorted((fingerprint(row) for row in Event.objects.current().prefetch_related("municipalities", "parties")), key=str)


def settled() -> bool:
    return not Wave.objects.exists() and not any(rows.all().exists() for _model, rows in REST)


@pytest.mark.no_cover  # the examples measured once more would show nothing new
@settings(max_examples=25, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=WHOLE, carried=WHOLE, between=WHOLE, withdrawn=st.integers(0, 3), given_up=st.booleans())
def test_whatever_comes_between_the_projection_is_right_in_every_view(
    before: list[Told], carried: list[Told], between: list[Told], withdrawn: int, *, given_up: bool
) -> None:
    start_anew()
    to_go = record(before)[:withdrawn]
    staged = Event.objects.filter(pk__in=[row.pk for row in stage_events(drafts_of(carried), by=SYSTEM)])
    others = iter(between)

    def beside(parts: Iterator[waves.Part]) -> None:
        for part in parts:
            seen = current()
            with transaction.atomic():
                part()
            turned = seen != current()
            assert projection_anew.differences() == []
            record([told for _once, told in zip(range(1), others, strict=False)])
            if to_go and not turned:
                withdraw_event(to_go.pop(), by=SYSTEM)
            assert projection_anew.differences() == []

    def counted() -> list[tuple[Any, ...]]:
        return sorted(set(current()), key=str)

    beside(waves.bring_in("file", staged, by=SYSTEM))
    seen = counted()
    if given_up:
        beside(waves.take_out("file", staged, by=SYSTEM))
        assert settled()
        return
    waves.turn("file")
    assert (projection_anew.differences(), set(counted()) - set(seen) <= {fingerprint(row) for row in staged}) == ([], True)
    assert {fingerprint(row) for row in staged} <= set(counted())
    beside(waves.settle())
    assert settled()
    beside(waves.take_out("file", staged, by=SYSTEM))
    assert (settled(), projection_anew.differences(), Event.objects.current().filter(pk__in=staged.values("pk")).count()) == (True, [], 0)


def test_nothing_counts_before_the_wave_turns_and_everything_after() -> None:
    staged = stage("2023-01-01", "2023-02-01", places=(GOERLITZ, OLBERNHAU))
    day = dt.date(2023, 3, 1)
    do(waves.bring_in("file", staged, by=SYSTEM))
    assert (standing_on(day, ANYONE), Event.objects.current().count(), [row.is_current for row in staged.all()]) == ({}, 0, [False, False])
    assert waves.turn("file") == 2
    after = {place: {"council": False} for place in (GOERLITZ, OLBERNHAU)}
    assert (standing_on(day, ANYONE), Event.objects.current().count(), [row.is_current for row in staged.all()]) == (after, 2, [True, True])
    assert standing_as_known(day, clock.today(), ANYONE) == after
    do(waves.settle())
    assert (standing_on(day, ANYONE), settled(), IndexedDocument.objects.filter(source="events").count()) == (after, True, 2)
    do(waves.take_out("file", staged, by=SYSTEM))
    assert (standing_on(day, ANYONE), settled(), IndexedDocument.objects.filter(source="events").count()) == ({}, True, 0)
    assert Entry.objects.filter(kind="events", action="withdrawn", key__in=staged.values("reference")).count() == 2


@pytest.mark.parametrize("most", [1, 2])
def test_no_event_is_missed_where_a_wave_is_read_in_small_pieces(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(wave_pieces, "READ_AT_ONCE", most)
    monkeypatch.setattr(wave_pieces, "MOST_PLACES", most)
    known = event("council_constituted", "2023-01-02", OLBERNHAU, GOERLITZ)
    where = [(GOERLITZ,), (GOERLITZ, OLBERNHAU), (FRANKENBERG,), (OLBERNHAU, GOERLITZ, FRANKENBERG), ()]
    drafts = [draft("conference_held" if not places else "council_constituted", f"2023-01-0{day}", *places) for day in (1, 2, 3) for places in where]
    staged = Event.objects.filter(pk__in=[row.pk for row in stage_events(drafts, by=SYSTEM)])
    do(waves.bring_in("file", staged, by=SYSTEM))
    assert (waves.turn("file"), projection_anew.differences()) == (14, [])  # one was known
    do(waves.settle())
    do(waves.take_out("file", staged, by=SYSTEM))
    assert ([row.pk for row in Event.objects.current()], settled(), projection_anew.differences()) == ([known.pk], True, [])


def test_what_a_wave_brought_was_not_known_before_it_turned() -> None:
    staged = stage("2023-01-01")
    do(waves.bring_in("file", staged, by=SYSTEM))
    instant = clock.now()
    waves.turn("file")
    before, after = (read_facts(known_at(moment)) for moment in (instant, clock.now() + dt.timedelta(seconds=1)))
    do(waves.settle())
    assert (before, len(after), read_facts(known_at(instant))) == ([], 1, [])


def test_an_event_that_became_known_between_stays_closed() -> None:
    staged = stage("2023-01-01")
    parts = waves.bring_in("file", staged, by=SYSTEM)
    for number, part in enumerate(parts):
        with transaction.atomic():
            part()
        if number == 1:
            event("council_constituted", "2023-01-01", GOERLITZ)
    assert (waves.turn("file"), Event.objects.current().count(), projection_anew.differences()) == (0, 1, [])


def test_an_event_that_was_known_and_went_between_comes_in() -> None:
    known = event("council_constituted", "2023-01-01", GOERLITZ)
    staged = stage("2023-01-01", "2023-02-01")
    parts = waves.bring_in("file", staged, by=SYSTEM)
    for number, part in enumerate(parts):
        with transaction.atomic():
            part()
        if number == 1:
            withdraw_event(known, by=SYSTEM)
    assert (waves.turn("file"), Event.objects.current().count(), projection_anew.differences()) == (2, 2, [])


def test_what_has_turned_can_be_changed_before_it_is_settled() -> None:
    staged = stage("2023-01-01", "2023-02-01", "2023-03-01")
    do(waves.bring_in("file", staged, by=SYSTEM))
    waves.turn("file")
    one, two, three = staged.order_by("first_day")
    correct_event(one, draft("council_constituted", "2023-01-15", GOERLITZ), by=SYSTEM)
    confirm_event(two, by=SYSTEM)
    restore_event(withdraw_event(three, by=SYSTEM), by=SYSTEM)
    do(waves.settle())
    found = [(str(row.first_day), row.version, row.status) for row in Event.objects.current().order_by("first_day")]
    assert found == [("2023-01-15", 2, Confirmation.REPORTED), ("2023-02-01", 2, Confirmation.CONFIRMED), ("2023-03-01", 2, Confirmation.REPORTED)]
    assert (settled(), projection_anew.differences()) == (True, [])


def test_a_second_wave_waits_for_one_at_work_and_clears_away_one_that_was_left(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waves, "_LOOKED_EVERY", 0)
    first, second = stage("2023-01-01"), stage("2023-02-01")
    do(waves.bring_in("first", first, by=SYSTEM))
    waiting = waves.bring_in("second", second, by=SYSTEM)
    for _look in range(3):
        next(waiting)()
    assert Wave.objects.get().key == "first"
    Wave.objects.update(kept_until=clock.now() - dt.timedelta(seconds=1))
    do(waiting)
    assert (Wave.objects.get().key, waves.turn("second"), projection_anew.differences()) == ("second", 1, [])
    with pytest.raises(waves.WaveLostError, match="beginnt von vorn"):
        waves.turn("first")
    do(waves.bring_in("first", first, by=SYSTEM))
    assert (waves.turn("first"), Event.objects.current().count(), projection_anew.differences()) == (1, 2, [])


def test_a_part_of_a_wave_that_was_cleared_away_writes_nothing() -> None:
    parts = waves.bring_in("first", stage("2023-01-01"), by=SYSTEM)
    next(parts)()
    late = next(parts)
    Wave.objects.update(kept_until=clock.now() - dt.timedelta(seconds=1))
    do(waves.bring_in("second", stage("2023-02-01"), by=SYSTEM))
    late()
    assert (waves.turn("second"), [str(row.first_day) for row in Event.objects.current()]) == (1, ["2023-02-01"])


def test_only_what_one_may_change_can_be_taken_out() -> None:
    made = event("council_constituted", "2023-01-01", GOERLITZ)
    with pytest.raises(PermissionDenied):
        do(waves.take_out("file", Event.objects.filter(pk=made.pk), by=ANYONE))
    assert (Event.objects.current().count(), projection_anew.differences()) == (1, [])


@pytest.mark.django_db(transaction=True)
def test_two_files_and_a_clerk_at_once_leave_every_event_once(loaded: None) -> None:
    days = [f"2023-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 16)]
    files = [stage(*days, places=(GOERLITZ, FRANKENBERG)) for _file in range(2)]
    faults: list[BaseException] = []

    def go_live(number: int) -> None:
        do(waves.bring_in(f"file {number}", files[number], by=SYSTEM))
        waves.turn(f"file {number}")
        do(waves.settle())

    def record_others(_number: int) -> None:
        for day in days:
            record_event(draft("council_dormant", day, GOERLITZ), by=SYSTEM)

    def work(number: int) -> None:
        try:
            (go_live if number < 2 else record_others)(number)
        except BaseException as fault:  # noqa: BLE001 -- handed to the test
            faults.append(fault)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert faults == []
    do(waves.settle())
    assert (Event.objects.current().count(), projection_anew.differences(), settled()) == (2 * len(days), [], True)


def test_whoever_settles_a_wave_that_another_one_ended_does_not_wait_for_the_next() -> None:
    do(waves.bring_in("first", stage("2023-01-01"), by=SYSTEM))
    waves.turn("first")
    late = waves.settle()
    next(late)()
    do(waves.settle())
    do(waves.bring_in("second", stage("2023-02-01", places=(FRANKENBERG,)), by=SYSTEM))
    for _number, part in zip(range(20), late, strict=False):
        part()
    assert next(late, None) is None
    assert (Wave.objects.get().key, waves.turn("second"), projection_anew.differences()) == ("second", 1, [])


def test_a_wave_that_turns_while_it_is_being_cleared_away_is_settled_instead() -> None:
    do(waves.bring_in("first", stage("2023-01-01"), by=SYSTEM))
    Wave.objects.update(kept_until=clock.now() - dt.timedelta(seconds=1))
    clearing = waves.bring_in("second", stage("2023-02-01"), by=SYSTEM)
    disown = next(clearing)
    waves.turn("first")
    disown()
    for _number, part in zip(range(40), clearing, strict=False):
        part()
    assert next(clearing, None) is None
    assert (Wave.objects.get().key, waves.turn("second"), Event.objects.current().count(), projection_anew.differences()) == ("second", 1, 2, [])
