# SPDX-License-Identifier: EUPL-1.2
"""A conference as the state council holds it, from the first invitation to the figures of the same evening, all of it here.

About 230 people from over 80 municipalities, 17 talks and workshops, a quarter of the speakers from the police; everybody is made up.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.figures import FIGURES, Breakdown, Question
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.badge_codes import code_of
from asskomm.events.domain.deciding import decide
from asskomm.events.domain.letters import path_of
from asskomm.events.domain.programme import Slot, add_room, place_session
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.queries.origins import recognised_place
from asskomm.events.domain.registering import Applicant, Details, cancel, confirm, register
from asskomm.events.enums import ParticipantType, ProposalState, RegistrationState
from asskomm.events.models import Gathering, Places, Registration
from asskomm.territory.models import Municipality
from tests.events.calling import call, proposed
from tests.events.making import BEFORE, BEGINS, accept, gathering, invite
from tests.making import work_off
from tests.reading import said

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
SignIn = Callable[..., Principal]
PLACES, TOWNS, SESSIONS, LATE = 230, 90, 17, 6
# for whom the speakers speak: 5 of 20 from the police
SPEAKERS = {"municipality": 10, "state_police": 4, "federal_police": 1, "association": 3, "initiative": 2}
GUESTS = {"municipality": 130, "state_police": 38, "federal_police": 8, "association": 26, "initiative": 8}
LABELS = {str(ParticipantType(kind).label): kind for kind in GUESTS}
ROUND = dt.timedelta(minutes=50)


def towns() -> list[str]:
    """Give names that no other begins with, so that nobody can be meant by them but one."""
    names = sorted(Municipality.objects.on(BEFORE.date()).values_list("name", flat=True))
    return [name for name in names if sum(other.startswith(name) for other in names) == 1][:TOWNS]


def people(kinds: dict[str, int], names: list[str], prefix: str) -> Iterator[tuple[str, str, str]]:
    """Give name, sort of office and office of as many as are wanted; towns by turns."""
    for kind, number in kinds.items():
        for one in range(number):
            office = f"Stadtverwaltung {names[one % len(names)]}" if kind == "municipality" else f"Stelle {kind} {one}"
            yield f"{prefix}{kind.replace('_', '')}{one}", kind, office


def planned(found: Gathering, names: list[str]) -> None:
    """Invite most of the speakers, take two proposals, and put all sessions side by side into rooms."""
    asked = list(people(SPEAKERS, names, "S"))
    for number, (name, kind, office) in enumerate(asked[2:]):
        own = {"session": found.sessions.order_by("pk")[number - 15]} if number >= 15 else {}
        row = invite(found, name, f"Thema {number}", kind="workshop" if number % 4 == 0 else "talk", participant_type=kind, organisation=office, **own)
        accept(row, f"Thema {number}" if not own else row.session.title)
    wanted = call(found)
    rows = [proposed(wanted, name, f"Vorschlag von {name}", organisation=office) for name, _kind, office in asked[:2]]
    decide(wanted, [row.reference for row in rows], ProposalState.ACCEPTED, by=SYSTEM)
    rooms = [add_room(found, f"Saal {letter}", 230, by=SYSTEM) for letter in "ABCDE"]
    for number, session in enumerate(found.sessions.order_by("pk")):
        begin = BEGINS + (number // 5) * ROUND
        place_session(session, Slot(begin, begin + dt.timedelta(minutes=45), rooms[number % 5]), by=SYSTEM)
    release_programme(found, by=SYSTEM)


def comes(found: Gathering, name: str, kind: str, office: str) -> Registration:
    """Register somebody as the form does, and confirm."""
    place = recognised_place(office, clock.today()) if kind == "municipality" else None
    return confirm(register(found, Applicant(name, f"{name.lower()}@stadt.example", kind, place, Details(office)), by=ANYONE), by=ANYONE)


def comes_by_the_pages(found: Gathering, name: str, kind: str, office: str) -> Registration:
    """Register somebody by the form, and confirm by the link."""
    sent = {"name": name, "email": f"{name.lower()}@stadt.example", "participant_type": kind, "organisation": office}
    assert Client().post(f"{found.get_absolute_url()}anmelden/", sent).status_code == 200
    row = Registration.objects.select_related("gathering").get(name=name)
    Client().post(path_of(row), {"action": "bestaetigen"})
    return Registration.objects.select_related("gathering").get(name=name)


def let_in(client: Client, found: Gathering, row: Registration) -> None:
    """Let somebody in by her code, without a script."""
    door = f"{found.get_absolute_url()}einlass/"
    assert row.name in client.get(door, {"q": code_of(row)}).content.decode()
    client.post(door, {"key": row.reference})


def test_from_the_first_invitation_to_the_figures_of_the_evening(client: Client, sign_in: SignIn) -> None:
    names = towns()
    sign_in("state_council")
    with clock.moved_to(BEFORE):
        found = gathering(PLACES)
        planned(found, names)
        work_off()  # whoever contributes is registered
        assert found.registrations.filter(state=RegistrationState.CONFIRMED).count() == sum(SPEAKERS.values())
        guests = people(GUESTS, names, "G")
        rows = [comes_by_the_pages(found, *one) for one in islice(guests, 5)] + [comes(found, *one) for one in guests]
        late = [comes(found, f"L{number}", "association", f"Stelle spät {number}") for number in range(LATE)]
        assert (Places.objects.get(gathering=found).taken, [row.state for row in late]) == (PLACES, [RegistrationState.WAITING] * LATE)
        for row in rows[100:103]:  # three of towns cancel; those who came first of those who wait get their places
            cancel(row, by=ANYONE)
        for row in late[:3]:
            confirm(Registration.objects.select_related("gathering").get(pk=row.pk), by=ANYONE)
        placed = list(found.registrations.filter(state=RegistrationState.CONFIRMED).select_related("gathering").order_by("number"))
        assert (len(placed), [row.name for row in placed if row.name.startswith("L")]) == (PLACES, ["L0", "L1", "L2"])
    absent = {row.pk for row in placed if row.name.startswith("Gmunicipality")} & {row.pk for row in placed[::10]}
    came = [row for row in placed if row.pk not in absent]
    with clock.moved_to(BEGINS):
        for row in came:
            let_in(client, found, row)
        assert f"{len(came)} von {PLACES} da" in said(client.get(f"{found.get_absolute_url()}einlass/").content.decode())

    speaks = {name: kind for name, kind, _office in people(SPEAKERS, names, "S")}
    expected = Counter(speaks.get(row.name, row.participant_type) for row in came)
    known = {row.organisation.removeprefix("Stadtverwaltung ") for row in came if row.organisation.startswith("Stadtverwaltung ")}
    with clock.moved_to(found.ends_at):
        question = Question(on=found.ends_at.date(), reader=ANYONE, about=found.reference)
        split = FIGURES["gathering_participants"].split(question, Breakdown.BACKGROUND)
        assert {LABELS[label]: people.value for label, people in split} == expected
        page = said(client.get(f"{found.get_absolute_url()}zahlen/").content.decode())
    assert (len(came) > 210, len(known) > 80) == (True, True)
    for words in (f"Teilnehmende {len(came)}", f"Kommunen {len(known)}", f"Beiträge {SESSIONS}", "Mitwirkende 20", "Mitwirkende aus der Polizei 25"):
        assert words in page
