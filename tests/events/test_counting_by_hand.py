# SPDX-License-Identifier: EUPL-1.2
"""Numbers that were counted by hand: for gatherings that are over and to which nobody registered here, by those who invited."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.core.audit.models import Content
from asskomm.core.clock import clock
from asskomm.core.estimates import Basis
from asskomm.core.figures import FIGURES, Breakdown, Question
from asskomm.core.jobs.domain import orders
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.counting_by_hand import Counted, CountError, count_by_hand
from asskomm.events.domain.gatherings import Room, change_gathering
from asskomm.events.domain.queries.arriving import turnout_by_type
from asskomm.events.domain.queries.counting import people_of
from asskomm.events.domain.registering import confirm
from asskomm.events.enums import CountedBy
from asskomm.events.models import Gathering, HeadCount
from tests.events.making import BEFORE, BEGINS, come, facts, gathering
from tests.making import GOERLITZ, member, work_off
from tests.reading import field_errors, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
AFTER = BEGINS + dt.timedelta(days=1)
SIX = Counted({"municipality": 4, "state_police": 2}, municipalities=3)


@pytest.fixture(autouse=True)
def _after() -> Iterator[None]:
    with clock.moved_to(AFTER):
        yield


@pytest.fixture
def found() -> Gathering:
    return gathering(None)


def told(found: Gathering) -> tuple[object, ...]:
    people = people_of(found)
    unsorted = people.unsorted.value if people.unsorted else None
    return people.people.value, people.municipalities.value, [(label, number.value) for label, number in people.by_type], unsorted, people.counted_by


def test_what_was_counted_stands_there_as_reported(found: Gathering) -> None:
    count_by_hand(found, SIX, by=SYSTEM)
    assert told(found) == (6, 3, [("Kommune", 4), ("Landespolizei", 2)], None, CountedBy.HAND)
    people = people_of(found).people
    assert (people.basis, people.sources) == (Basis.REPORTED, ("von Hand gezählt",))


def test_more_may_have_come_than_were_counted_by_type(found: Gathering) -> None:
    count_by_hand(found, Counted({"municipality": 4}, participants=10), by=SYSTEM)
    assert told(found) == (10, None, [("Kommune", 4)], 6, CountedBy.HAND)
    count_by_hand(found, Counted(participants=177), by=SYSTEM)
    assert told(found) == (177, None, [], 177, CountedBy.HAND)


def test_a_second_time_puts_the_new_numbers_in_place(found: Gathering) -> None:
    count_by_hand(found, SIX, by=SYSTEM)
    count_by_hand(found, Counted({"association": 1, "other": 0}), by=SYSTEM)
    assert told(found) == (1, None, [("Verein oder freier Träger", 1)], None, CountedBy.HAND)
    assert (HeadCount.objects.count(), found.attendance_counts.count()) == (1, 1)


@pytest.mark.parametrize(
    ("counted", "message"),
    [
        (Counted(), "Tragen Sie ein, wie viele da waren."),
        (Counted({"municipality": 0}, municipalities=2), "Tragen Sie ein, wie viele da waren."),
        (Counted({"municipality": 4}, participants=3), "Die Zahlen nach Art ergeben zusammen mehr als insgesamt."),
        (Counted(participants=3, municipalities=4), "Es können nicht mehr Kommunen als Menschen da gewesen sein."),
    ],
)
def test_what_does_not_fit_together_is_refused(found: Gathering, counted: Counted, message: str) -> None:
    with pytest.raises(CountError, match=message):
        count_by_hand(found, counted, by=SYSTEM)
    assert HeadCount.objects.count() == 0


def test_as_many_municipalities_as_people_fit(found: Gathering) -> None:
    count_by_hand(found, Counted({"municipality": 3}, participants=3, municipalities=3), by=SYSTEM)
    assert told(found)[:2] == (3, 3)


def test_only_what_is_over_and_had_no_registrations_is_counted_by_hand(found: Gathering) -> None:
    with clock.moved_to(BEFORE):
        registered = gathering(3)
        confirm(come(registered, "Ada"), by=ANYONE)
    draft = gathering(None, published=False)
    for refused in (registered, draft):
        with pytest.raises(CountError, match="nur ein, wenn"):
            count_by_hand(refused, SIX, by=SYSTEM)
    with clock.moved_to(BEGINS), pytest.raises(CountError, match="nur ein, wenn"):
        count_by_hand(found, SIX, by=SYSTEM)
    assert HeadCount.objects.count() == 0


def test_only_those_who_invited_may(found: Gathering) -> None:
    for principal in (ANYONE, member("coordinator", GOERLITZ)[1], member("mayor", GOERLITZ)[1]):
        with pytest.raises(PermissionDenied):
            count_by_hand(found, SIX, by=principal)
    assert HeadCount.objects.count() == 0


def test_the_history_says_what_was_entered(found: Gathering) -> None:
    council = member("state_council")[1]
    count_by_hand(found, SIX, by=council)
    count_by_hand(found, Counted(participants=177), by=council)
    states = Content.objects.filter(entry__kind="gatherings", entry__key=found.reference, entry__action="changed").order_by("entry_id")
    assert [(state.values.get("participants"), state.values.get("municipalities")) for state in states] == [("6", "3"), ("177", None)]


def test_the_list_of_the_door_knows_nothing_of_it(found: Gathering) -> None:
    count_by_hand(found, SIX, by=SYSTEM)
    assert turnout_by_type(found) == []


def test_whoever_registers_later_counts_for_more_than_what_was_counted_by_hand(found: Gathering) -> None:
    count_by_hand(found, SIX, by=SYSTEM)
    ends = AFTER + dt.timedelta(days=3)
    change_gathering(found, facts(starts_at=ends - dt.timedelta(hours=1), ends_at=ends), Room(5), by=SYSTEM)
    confirm(come(Gathering.objects.get(pk=found.pk), "Ada", "association"), by=ANYONE)
    with clock.moved_to(ends + dt.timedelta(days=57)):
        expected = (1, 0, [("Verein oder freier Träger", 1)], None, CountedBy.REGISTRATIONS)
        assert told(found) == expected
        orders.order("retention.delete", by=SYSTEM)
        work_off()
        assert told(found) == expected


def test_the_form_takes_what_was_counted(client: Client, sign_in: SignIn, found: Gathering) -> None:
    page, form = f"{found.get_absolute_url()}zahlen/", f"{found.get_absolute_url()}zahlen/eintragen/"
    assert "Wie viele da waren, ist nicht eingetragen." in said(client.get(page).content.decode())
    sign_in("state_council")
    assert "Zahlen eintragen" in said(client.get(page).content.decode())
    answer = client.post(form, {"municipality": "4", "participants": "3"})
    assert (answer.status_code, field_errors(answer)) == (422, {"__all__": ["Die Zahlen nach Art ergeben zusammen mehr als insgesamt."]})
    answer = client.post(form, {"municipality": "4", "state_police": "2", "municipalities": "3"}, follow=True)
    assert "Die Zahlen sind gespeichert." in said(answer.content.decode())
    assert told(found) == (6, 3, [("Kommune", 4), ("Landespolizei", 2)], None, CountedBy.HAND)
    assert "Zahlen ändern" in said(client.get(page).content.decode())
    shown = client.get(form).context["form"].initial
    assert shown == {"municipality": 4, "state_police": 2, "participants": None, "municipalities": 3}
    client.post(form, {"municipality": "4", "participants": "10"})
    assert client.get(form).context["form"].initial == {"municipality": 4, "participants": 10, "municipalities": None}
    assert "Kommune 4 nicht nach Art gezählt 6 insgesamt 10" in said(client.get(page).content.decode())
    question = Question(on=AFTER.date(), reader=ANYONE)
    parts = FIGURES["gathering_participants"].split(question, Breakdown.BACKGROUND)
    assert [(label, number.value) for label, number in parts] == [("Kommune", 4), ("nicht nach Art gezählt", 6)]


def test_of_a_number_without_types_there_is_no_table(client: Client, found: Gathering) -> None:
    count_by_hand(found, Counted(participants=177), by=SYSTEM)
    page = said(client.get(f"{found.get_absolute_url()}zahlen/").content.decode())
    assert ("Teilnehmende 177 von Hand gezählt Mitnehmen" in page, "nach Hintergrund" in page, "nicht eingetragen" in page) == (True, False, False)


def test_whoever_saves_second_is_told_what_the_first_entered(client: Client, sign_in: SignIn, found: Gathering) -> None:
    sign_in("state_council")
    form = f"{found.get_absolute_url()}zahlen/eintragen/"
    seen = client.get(form).context["form"]["seen"].value()
    count_by_hand(found, SIX, by=SYSTEM)
    answer = client.post(form, {"municipality": "5", "seen": seen})
    assert answer.status_code == 422
    assert "Inzwischen hat jemand anders gespeichert" in field_errors(answer)["__all__"][0]
    assert told(found)[0] == 6


def test_the_form_is_for_those_who_invited_and_only_where_it_makes_sense(client: Client, sign_in: SignIn, found: Gathering) -> None:
    form = f"{found.get_absolute_url()}zahlen/eintragen/"
    assert client.get(form).status_code == 302
    sign_in("coordinator", GOERLITZ)
    assert [client.get(form).status_code, client.post(form, {"participants": "3"}).status_code] == [403, 403]
    assert "Zahlen eintragen" not in said(client.get(f"{found.get_absolute_url()}zahlen/").content.decode())
    sign_in("state_council")
    with clock.moved_to(BEGINS):
        assert [client.get(form).status_code, client.post(form, {"participants": "3"}).status_code] == [404, 404]
    assert HeadCount.objects.count() == 0
