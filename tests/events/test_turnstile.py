# SPDX-License-Identifier: EUPL-1.2
"""Whoever waits in front of the same door goes through together, and nobody pays for somebody else."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.utils import translation

from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import ANYONE
from asskomm.events.domain import registering
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.gatherings import Terms
from asskomm.events.domain.registering import Applicant, register
from asskomm.events.domain.turnstile import MOST, Turnstile
from asskomm.events.enums import Ask
from asskomm.events.models import Gathering, Registration
from tests.events.making import BEFORE, applicant, gathering

pytestmark = pytest.mark.django_db(transaction=True)
Serve = Callable[[Sequence[int]], list[int]]


class Held:
    """Serves by doubling, the first time only when it is let go; keeps what was served together, and refuses odd numbers."""

    def __init__(self) -> None:
        """Wait."""
        self.served: list[list[int]] = []
        self.begun, self.free = threading.Event(), threading.Event()

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        """Serve."""
        self.begun.set()
        assert self.free.wait(30)
        self.served.append(list(numbers))
        if any(number % 2 for number in numbers):
            raise ValueError(f"odd: {list(numbers)}")
        return [2 * number for number in numbers]


@contextmanager
def waiting(turnstile: Turnstile[int, int], numbers: Sequence[int], serve: Serve, begun: threading.Event) -> Iterator[list[Future[int]]]:
    """Let some wait in their order while the first is served."""
    with ThreadPoolExecutor(len(numbers)) as pool:
        results = []
        for position, number in enumerate(numbers):
            results.append(pool.submit(turnstile.go, "door", number, serve))
            assert begun.wait(30)
            while position and len(turnstile._queues["door"].waiting) < position:
                threading.Event().wait(0.001)
        yield results


def test_those_who_wait_are_served_together_in_the_order_in_which_they_came() -> None:
    turnstile, serve = Turnstile[int, int](), Held()
    with waiting(turnstile, [0, 8, 2, 6, 4], serve, serve.begun) as results:
        serve.free.set()
    assert [result.result() for result in results] == [0, 16, 4, 12, 8]
    assert serve.served == [[0], [8, 2, 6, 4]]
    assert not turnstile._queues


def test_where_one_fails_each_goes_alone_and_reads_her_own_reason() -> None:
    turnstile, serve = Turnstile[int, int](), Held()
    with waiting(turnstile, [0, 2, 5, 4], serve, serve.begun) as results:
        serve.free.set()
    assert [str(result.exception() or result.result()) for result in results] == ["0", "4", "odd: [5]", "8"]
    assert serve.served[:2] == [[0], [2, 5, 4]]
    assert sorted(serve.served[2:]) == [[2], [4], [5]]


def test_only_so_many_go_at_once() -> None:
    turnstile, serve = Turnstile[int, int](), Held()
    numbers = [2 * number for number in range(MOST + 4)]
    with waiting(turnstile, numbers, serve, serve.begun) as results:
        serve.free.set()
    assert [result.result() for result in results] == [2 * number for number in numbers]
    assert serve.served == [numbers[:1], numbers[1 : MOST + 1], numbers[MOST + 1 :]]


def test_who_is_alone_is_told_at_once_and_asked_for_once() -> None:
    turnstile, serve = Turnstile[int, int](), Held()
    serve.free.set()
    with pytest.raises(ValueError, match=r"odd: \[3\]"):
        turnstile.go("door", 3, serve)
    assert serve.served == [[3]]


def test_who_is_within_a_transaction_waits_for_nobody() -> None:
    turnstile, first = Turnstile[int, int](), Held()
    with waiting(turnstile, [0], first, first.begun):
        with transaction.atomic():
            assert turnstile.go("door", 4, lambda numbers: [*numbers]) == 4
        first.free.set()


@pytest.fixture
def found(loaded: None) -> Gathering:
    """A gathering with two places."""
    with clock.moved_to(BEFORE):
        return gathering(2, terms=Terms(asks=(Ask.COMPANIONS,)))


@contextmanager
def behind_somebody(found: Gathering, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Future[Registration]]]:
    """Let people queue up behind one who is at the door."""
    let_in, begun, free, came = registering._let_in, threading.Event(), threading.Event(), 0

    def slowly(*said: object) -> list[Registration]:
        begun.set()
        assert free.wait(30)
        return let_in(*said)  # type: ignore[arg-type]

    def go(who: Applicant, companions: Sequence[str], language: str) -> Registration:
        try:
            with translation.override(language):
                return register(found, who, companions, by=ANYONE)
        finally:
            connection.close()

    monkeypatch.setattr(registering, "_let_in", slowly)
    with clock.moved_to(BEFORE), ThreadPoolExecutor(9) as pool:  # all threads share the clock

        def come(who: Applicant, companions: Sequence[str] = (), language: str = "de") -> Future[Registration]:
            nonlocal came
            result, came = pool.submit(go, who, companions, language), came + 1
            assert begun.wait(30)
            while came > 1 and len(registering._TURNSTILE._queues[found.pk, ANYONE].waiting) < came - 1:
                threading.Event().wait(0.001)
            return result

        yield come
        free.set()


def test_who_registers_together_has_the_numbers_of_the_order_of_arrival(found: Gathering, monkeypatch: pytest.MonkeyPatch) -> None:
    with behind_somebody(found, monkeypatch) as come:
        results = [come(applicant("Ada")), come(applicant("Bea"), ["Ben", "Bob"]), come(applicant("Cem")), come(applicant("Bea")), come(applicant("Ada"))]
    ada, bea, cem, again, ada_again = (result.result() for result in results)
    assert (again, ada_again) == (bea, ada)
    rows = Registration.objects.filter(gathering=found).order_by("number")
    assert [(row.number, row.name, row.state, row.brought_by) for row in rows] == [
        (1, "Ada", "held", None),
        (2, "Bea", "held", None),
        (3, "Ben", "waiting", bea),
        (4, "Bob", "waiting", bea),
        (5, "Cem", "waiting", None),
    ]
    assert cem.pk
    assert sorted(Mail.objects.values_list("address__email", flat=True)) == sorted([ada.email] * 2 + [bea.email] * 2 + [cem.email])
    assert sorted(Entry.objects.filter(kind="registrations", action="created").values_list("key", flat=True)) == sorted(row.reference for row in rows)
    assert [(row.taken, row.last_number) for row in found.places.all()] == [(2, 5)]


def test_an_address_that_is_none_costs_nobody_else_her_place(found: Gathering, monkeypatch: pytest.MonkeyPatch) -> None:
    with behind_somebody(found, monkeypatch) as come:
        results = [come(applicant("Ada")), come(Applicant("Bea", "bea", "other")), come(applicant("Cem")), come(applicant("Dan"))]
    assert str(results[1].exception()) == "„bea“ ist keine E-Mail-Adresse."
    ada, cem, dan = (results[position].result() for position in (0, 2, 3))
    assert sorted(Registration.objects.values_list("number", "name")) == [(ada.number, "Ada"), *sorted([(cem.number, "Cem"), (dan.number, "Dan")])]
    assert sorted((cem.number, dan.number)) == [2, 3]


def test_everybody_reads_in_her_own_language_why_it_does_not_work(found: Gathering, monkeypatch: pytest.MonkeyPatch) -> None:
    with behind_somebody(found, monkeypatch) as come:
        results = [come(applicant("Ada")), come(applicant("Bea"), language="en"), come(applicant("Cem")), come(applicant("Dan"), language="en")]
        Gathering.objects.update(registers_until=BEFORE)
    german, english = "Die Anmeldung ist zurzeit nicht offen.", "Registration is not open at present."
    assert [str(result.exception()) for result in results] == [german, english, german, english]
    assert all(isinstance(result.exception(), RegistrationError) for result in results)
    assert not Registration.objects.exists()
