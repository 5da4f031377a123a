# SPDX-License-Identifier: EUPL-1.2
"""Verbs lock rows in one order, so that no two of them ever wait for each other: gathering, its counters, those of workshops, registrations."""

import datetime as dt
import re
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain.admitting import approve, enrol
from asskomm.events.domain.assigning import assign_workshops
from asskomm.events.domain.attendance import Note
from asskomm.events.domain.choosing import choose, name_wishes
from asskomm.events.domain.gatherings import Room, Terms, change_gathering, discard_draft, set_terms
from asskomm.events.domain.programme import place_session
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.registering import cancel, confirm, pass_on, register
from asskomm.events.domain.registering_speakers import register_speakers
from asskomm.events.domain.walk_ins import walk_in
from asskomm.events.models import Gathering
from tests.events.making import BEFORE, BEGINS, accept, applicant, come, confirmed, facts, gathering, invite, workshops

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(connection.vendor != "postgresql", reason="the embedded database locks as a whole")]
ORDER = ("events_gathering", "events_places", "events_sessionplaces", "events_registration")


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def locked_by(verb: Callable[[], object]) -> list[str]:
    """Give the tables of which a verb locks rows, in the order in which it locks the first."""
    with CaptureQueriesContext(connection) as queries:
        verb()
    locking = [query["sql"] for query in queries if re.search(r"FOR (NO KEY )?UPDATE", query["sql"])]
    tables = [found[1] for sql in locking if (found := re.search(r'FROM "(\w+)"', sql)) and found[1] in ORDER]
    return list(dict.fromkeys(tables))


def _with_workshops() -> Gathering:
    found = gathering(3)
    workshops(found, 2, 2)
    return found


def _with_a_speaker() -> Gathering:
    found = _with_workshops()
    accept(invite(found))
    return found


def _with_wishes() -> Gathering:
    found = gathering(20, terms=Terms(wishes_until=BEGINS - dt.timedelta(days=7)))
    sessions = workshops(found, 1, 1, 1)
    for row in confirmed(found, "Ada", "Bea"):
        name_wishes(row, sessions[0].reference, [session.reference for session in sessions], by=ANYONE)
    return found


def _with_a_workshop_that_is_dropped() -> Gathering:
    found = gathering(5)
    first, *_others = workshops(found, 1, 1)
    (row,) = confirmed(found, "Ada")
    choose(row, first.reference, by=ANYONE)
    place_session(first, None, by=SYSTEM)
    return found


def _walk_in(found: Gathering) -> None:
    with clock.moved_to(BEGINS):
        walk_in(found, applicant("Gast"), Note(BEGINS), by=SYSTEM)


VERBS: dict[str, Callable[[], Callable[[], object]]] = {
    "register": lambda: partial(register, _with_workshops(), applicant("Ada"), by=ANYONE),
    "confirm": lambda: partial(confirm, come(_with_workshops(), "Ada"), by=ANYONE),
    "cancel": lambda: partial(cancel, confirmed(_with_workshops(), "Ada")[0], by=ANYONE),
    "enrol": lambda: partial(enrol, _with_workshops(), applicant("Ada"), by=SYSTEM),
    "register speakers": lambda: partial(register_speakers, _with_a_speaker(), by=SYSTEM),
    "approve": lambda: partial(approve, come(gathering(3, terms=Terms(approves=True)), "Ada"), by=SYSTEM),
    "walk in": lambda: partial(_walk_in, _with_workshops()),
    "pass on": lambda: partial(pass_on, _with_a_workshop_that_is_dropped()),
    "change": lambda: partial(change_gathering, _with_workshops(), facts(), Room(9), by=SYSTEM),
    "terms": lambda: partial(set_terms, _with_workshops(), Terms(contingents={"police": 1}), by=SYSTEM),
    "discard": lambda: partial(discard_draft, gathering(3, published=False), by=SYSTEM),
    "assign": lambda: partial(assign_workshops, _with_wishes(), by=SYSTEM),
    "release": lambda: partial(release_programme, _with_a_workshop_that_is_dropped(), by=SYSTEM),
}


@pytest.mark.parametrize("name", VERBS)
def test_the_order_is_the_same_for_every_verb(name: str) -> None:
    tables = locked_by(VERBS[name]())
    assert tables == sorted(tables, key=ORDER.index)
    assert tables


def test_some_verb_locks_each_of_them() -> None:
    assert {table for make in VERBS.values() for table in locked_by(make())} == set(ORDER)
