# SPDX-License-Identifier: EUPL-1.2
"""Whoever contributes is registered by itself, once, with a place or in the line, and stays free to cancel."""

from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.jobs.models import Job
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.attendance import Note, check_in
from asskomm.events.domain.certificates import may_have_one
from asskomm.events.domain.contributing import decline_invitation
from asskomm.events.domain.deciding import decide
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.gatherings import Room, Terms, call_off, change_gathering, publish_gathering, set_terms
from asskomm.events.domain.invitation_letters import path_of
from asskomm.events.domain.registering import cancel
from asskomm.events.domain.registering_speakers import register_speakers
from asskomm.events.enums import ProposalState
from asskomm.events.models import Gathering, Places
from asskomm.people.slots import DEADLINES, Wanted
from tests.events.calling import agreed, call, proposed
from tests.events.making import BEFORE, BEGINS, accept, come, confirmed, facts, gathering, invite, standing
from tests.making import body, work_off
from tests.reading import said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


def types(found: Gathering) -> dict[str, str]:
    """Give for what everybody comes, by name."""
    return dict(found.registrations.order_by("number").values_list("name", "participant_type"))


def due(found: Gathering) -> list[str]:
    """Give what those who organise are told to see to."""
    wanted = Wanted(BEFORE.date(), BEFORE.date(), {found.owner_id})
    return [row.text for row in DEADLINES["speakers"](wanted)]


def test_whoever_says_yes_is_registered_once_and_has_a_badge_and_a_certificate() -> None:
    found = gathering(9)
    ada = invite(found)
    accept(ada)
    accept(invite(found, topic="Zweiter Beitrag"))
    accept(ada, title="Anders")
    work_off()
    work_off()
    row = found.registrations.get()
    assert (row.name, row.email, row.participant_type, row.state, row.address_confirmed) == ("Ada Muster", "ada@stadt.example", "speaker", "confirmed", True)
    letter = Mail.objects.get(kind="registration_confirmed").text
    assert "Sie wirken bei dieser Veranstaltung mit; deshalb haben die Einladenden Sie auch angemeldet." in letter
    assert (Places.objects.get(gathering=found).taken, found.registrations.without_badge().count()) == (1, 1)
    with clock.moved_to(BEGINS):
        check_in(row, Note(BEGINS), by=SYSTEM)
    with clock.moved_to(found.ends_at):
        assert may_have_one(row) is True


def test_an_accepted_proposal_registers_all_who_agreed() -> None:
    found = gathering(9)
    wanted = call(found)
    row = proposed(wanted, organisation="Görlitz")
    agreed(row)
    decide(wanted, [row.reference], ProposalState.ACCEPTED, by=SYSTEM)
    decide(wanted, [proposed(wanted, "Cora", "Licht").reference], ProposalState.REFUSED, by=SYSTEM)
    work_off()
    assert types(found) == {"Ada Muster": "speaker", "Ben Muster": "speaker"}
    assert str(found.registrations.get(name="Ada Muster").municipality) == "Görlitz"


def test_whoever_is_registered_or_has_cancelled_is_left_alone() -> None:
    found = gathering(9)
    cancel(confirmed(found, "Ada", "Ben")[1], by=ANYONE)
    for name in ("Ada Muster", "Ben Muster"):
        accept(invite(found, name))
    work_off()
    assert (types(found), standing(found)) == ({"Ada": "municipality", "Ben": "municipality"}, {"Ada": "confirmed", "Ben": "cancelled"})
    cora = invite(found, "Cora Muster")
    accept(cora)
    work_off()
    decline_invitation(cora, by=ANYONE)
    accept(cora)
    work_off()
    assert standing(found) == {"Ada": "confirmed", "Ben": "cancelled", "Cora Muster": "confirmed"}
    decline_invitation(cora, by=ANYONE)
    assert cancel(found.registrations.get(name="Cora Muster"), by=ANYONE).state == "cancelled"  # hers to cancel


def test_where_no_place_is_free_she_waits_and_those_who_organise_are_told() -> None:
    found = set_terms(gathering(2), Terms(contingents={"speaker": 1}), by=SYSTEM)
    for name in ("Ada Muster", "Ben Muster"):
        accept(invite(found, name))
    confirmed(found, "Cem")
    work_off()
    assert standing(found) == {"Cem": "confirmed", "Ada Muster": "confirmed", "Ben Muster": "waiting"}
    assert [(row.contingent, row.taken) for row in Places.objects.filter(gathering=found).order_by("contingent")] == [("", 2), ("speaker", 1)]
    assert due(found) == ["Wer mitwirkt, hat noch keinen Platz: „Fachtag“"]
    assert list(DEADLINES["speakers"](Wanted(BEFORE.date(), BEFORE.date(), {body("Frankenberg/Sa.").pk}))) == []
    change_gathering(found, facts(), Room(9, {"speaker": 2}), by=SYSTEM)
    assert (standing(found)["Ben Muster"], due(found)) == ("offered", [])


def test_nothing_happens_where_nobody_registers_until_somebody_can() -> None:
    found = gathering(None, published=False)
    accept(invite(found))
    accept(invite(found, "Ben Muster", email=""))
    assert Job.objects.exists() is False
    with pytest.raises(RegistrationError):
        register_speakers(found, by=SYSTEM)
    found = change_gathering(found, facts(), Room(3), by=SYSTEM)
    assert Job.objects.exists() is False  # nobody is written to about a draft
    assert register_speakers(found, by=SYSTEM) == []
    publish_gathering(found, by=SYSTEM)
    work_off()
    assert standing(found) == {"Ada Muster": "confirmed"}
    other = gathering(None)
    accept(invite(other))
    assert Job.objects.filter(task="events.register_speakers").count() == 1
    change_gathering(other, facts(), Room(3), by=SYSTEM)
    come(other, "Cem")
    call_off(other, by=SYSTEM)
    work_off()
    assert standing(other) == {"Cem": "held"}


def test_the_page_says_so_only_where_one_registers(client: Client) -> None:
    words = "Wer mitwirkt, ist auch angemeldet"
    pages = [said(client.get(path_of(invite(gathering(capacity)))).content.decode()) for capacity in (3, None)]
    assert [words in page for page in pages] == [True, False]
