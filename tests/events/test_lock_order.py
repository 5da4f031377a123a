# SPDX-License-Identifier: EUPL-1.2
"""Verbs lock rows in one order, so that no two of them ever wait for each other."""

import datetime as dt
import re
from collections.abc import Callable
from functools import partial
from itertools import combinations
from typing import Any

import pytest
from django.db import connection

from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain.admitting import approve, enrol, refuse
from asskomm.events.domain.applying import withdraw_stand
from asskomm.events.domain.assigning import assign_workshops
from asskomm.events.domain.attendance import Note, check_in, take_back
from asskomm.events.domain.badge_printing import take_badges
from asskomm.events.domain.choosing import choose, leave, name_wishes
from asskomm.events.domain.contributing import decline_invitation
from asskomm.events.domain.deciding import decide
from asskomm.events.domain.fairs import Offer, offer_stands
from asskomm.events.domain.forgetting import forget_who_came
from asskomm.events.domain.gatherings import Room, Terms, call_off, change_gathering, discard_draft, set_terms
from asskomm.events.domain.inviting import withdraw_invitation
from asskomm.events.domain.programme import place_session, remove_session
from asskomm.events.domain.programme_parts import remove_speaker
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.proposing import withdraw
from asskomm.events.domain.registering import Details, cancel, change_details, confirm, pass_on, register
from asskomm.events.domain.registering_speakers import register_speakers
from asskomm.events.domain.stand_decisions import accept_stands, refuse_stands
from asskomm.events.domain.walk_ins import let_in_anyway, note_guest, walk_in
from asskomm.events.domain.workshops import set_places
from asskomm.events.enums import ProposalState
from asskomm.events.models import Gathering, Proposal, Registration, Session, Stand
from tests.events.calling import call, proposed
from tests.events.making import BEFORE, BEGINS, accept, applicant, come, confirmed, facts, fair, gathering, invite, show, workshops

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(connection.vendor != "postgresql", reason="the embedded database locks as a whole")]


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def locked_by(verb: Callable[[], object]) -> list[str]:
    """Give the tables of which a verb locks rows, by asking for it, changing or deleting them, in the order in which it locks the first."""
    tables: dict[str, None] = {}

    def note(execute: Callable[..., Any], sql: str, *said: Any) -> Any:
        done, cursor = execute(sql, *said), said[-1]["cursor"]
        if (found := _LOCKING.search(sql)) and not (found["gone"] and cursor.rowcount == 0):
            tables.setdefault(next(filter(None, found.groups())))
        return done

    with connection.execute_wrapper(note):
        verb()
    return [table for table in tables if table.startswith(("events_", "mail_address"))]


_LOCKING = re.compile(
    r'FROM "(\w+)".* FOR (?:NO KEY )?UPDATE|^UPDATE "(\w+)"|^DELETE FROM "(?P<gone>\w+)"|^INSERT INTO "(\w+)".* ON CONFLICT .* DO UPDATE', re.DOTALL
)


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


def _accepted() -> Proposal:
    row = proposed(call())
    decide(row.call, [row.reference], ProposalState.ACCEPTED, by=SYSTEM)
    row.refresh_from_db()
    return row


def _with_somebody_in_a_workshop() -> tuple[Registration, Session]:
    found = gathering(5)
    session, _other = workshops(found, 1, 1)
    (row,) = confirmed(found, "Ada")
    choose(row, session.reference, by=ANYONE)
    return row, session


def _leave() -> Callable[[], object]:
    row, session = _with_somebody_in_a_workshop()
    return partial(leave, row, session.reference, by=ANYONE)


def _choose() -> Callable[[], object]:
    row, session = _with_somebody_in_a_workshop()
    return partial(choose, row, session.gathering.sessions.exclude(pk=session.pk).get().reference, by=ANYONE)


def _decide() -> Callable[[], object]:
    row = proposed(call())
    return partial(decide, row.call, [row.reference], ProposalState.ACCEPTED, by=SYSTEM)


def _let_in_anyway() -> Callable[[], object]:
    row = cancel(confirmed(gathering(2), "Ada")[0], by=ANYONE)
    return partial(_at_the_door, partial(let_in_anyway, row, Note(BEGINS), by=SYSTEM))


def _at_the_door(verb: Callable[[], object]) -> None:
    with clock.moved_to(BEGINS):
        verb()


def _inside() -> Registration:
    row = confirmed(_with_workshops(), "Ada")[0]
    _at_the_door(partial(check_in, row, Note(BEGINS), by=SYSTEM))
    return row


def _taken_back() -> Callable[[], object]:
    return partial(_at_the_door, partial(take_back, _inside(), by=SYSTEM))


def _forget() -> Callable[[], object]:
    row, _session = _with_somebody_in_a_workshop()
    _at_the_door(partial(check_in, row, Note(BEGINS), by=SYSTEM))
    return partial(forget_who_came, row.gathering)


def _remove_a_speaker() -> Callable[[], object]:
    row = decline_invitation(accept(invite(_with_workshops())), by=ANYONE)
    return partial(remove_speaker, row.speaker, by=SYSTEM)


def _stand() -> Stand:
    return show(fair())


def _of_stand(verb: Callable[..., object], row: Stand) -> Callable[[], object]:
    return partial(verb, row.fair.gathering, [row.reference], by=SYSTEM)


def _accepted_stand() -> Stand:
    row = _stand()
    accept_stands(row.fair.gathering, [row.reference], by=SYSTEM)
    return row


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
    "register again": lambda: partial(come, come(_with_workshops(), "Ada").gathering, "Ada"),
    "refuse": lambda: partial(refuse, confirmed(_with_workshops(), "Ada")[0], by=SYSTEM),
    "choose": _choose,
    "leave": _leave,
    "places of a workshop": lambda: partial(set_places, _with_somebody_in_a_workshop()[1], 3, by=SYSTEM),
    "let in": lambda: partial(_at_the_door, partial(check_in, confirmed(_with_workshops(), "Ada")[0], Note(BEGINS), by=SYSTEM)),
    "let in anyway": _let_in_anyway,
    "note a guest": lambda: partial(_at_the_door, partial(note_guest, _with_workshops(), applicant("Gast"), Note(BEGINS, "1"), by=SYSTEM)),
    "take an entrance back": _taken_back,
    "change what one said": lambda: partial(change_details, confirmed(_with_workshops(), "Ada")[0], "Ada", Details("Görlitz"), by=ANYONE),
    "forget who came": _forget,
    "remove a speaker": _remove_a_speaker,
    "badges": lambda: partial(take_badges, confirmed(_with_workshops(), "Ada", "Bea")[0].gathering, by=SYSTEM),
    "call off": lambda: partial(call_off, confirmed(_with_a_speaker(), "Ada")[0].gathering, by=SYSTEM),
    "invite": lambda: partial(invite, _with_workshops()),
    "accept": lambda: partial(accept, invite(_with_workshops())),
    "decline": lambda: partial(decline_invitation, accept(invite(_with_workshops())), by=ANYONE),
    "take an invitation back": lambda: partial(withdraw_invitation, accept(invite(_with_workshops())), by=SYSTEM),
    "remove a session": lambda: partial(remove_session, Session.objects.get(proposals=_accepted()), by=SYSTEM),
    "remove a workshop": lambda: partial(remove_session, _with_somebody_in_a_workshop()[1], by=SYSTEM),
    "decide": _decide,
    "propose": lambda: partial(proposed, call()),
    "take a proposal back": lambda: partial(withdraw, _accepted(), by=ANYONE),
    "apply for a stand": lambda: partial(show, fair()),
    "accept stands": lambda: _of_stand(accept_stands, _stand()),
    "refuse stands": lambda: _of_stand(refuse_stands, _accepted_stand()),
    "take a stand back": lambda: partial(withdraw_stand, _accepted_stand(), by=ANYONE),
    "offer stands": lambda: partial(offer_stands, _accepted_stand().fair.gathering, Offer({"stand": 4}, BEGINS.date()), by=SYSTEM),
    "release": lambda: partial(release_programme, _with_a_workshop_that_is_dropped(), by=SYSTEM),
}


def test_of_two_tables_that_verbs_lock_in_different_order_each_holds_another_before() -> None:
    """Such as the counters of the gathering: whoever holds them is alone with all that comes after."""
    sequences = {name: locked_by(make()) for name, make in VERBS.items()}
    assert all(sequences.values())
    crossing = {
        (one, other): pair
        for (one, first), (other, second) in combinations(sequences.items(), 2)
        for pair in combinations(first, 2)
        if _crosses(pair, first, second)
    }
    assert crossing == {}


def _crosses(pair: tuple[str, str], first: list[str], second: list[str]) -> bool:
    earlier, later = pair
    if earlier not in second or later not in second or second.index(earlier) < second.index(later):
        return False
    return not set(first[: first.index(earlier)]) & set(second[: second.index(later)])


def test_the_check_knows_an_order_that_crosses() -> None:
    assert _crosses(("a", "b"), ["a", "b"], ["b", "a"])
    assert _crosses(("a", "b"), ["a", "gate", "b"], ["gate", "b", "a"])
    assert not _crosses(("a", "b"), ["gate", "a", "b"], ["gate", "b", "a"])
    assert not _crosses(("a", "b"), ["a", "b"], ["a", "c", "b"])
