# SPDX-License-Identifier: EUPL-1.2
"""Inviting those in charge in the municipalities of a region: whom it reaches, once each, and who may."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from asskomm.core.clock import clock
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import SYSTEM, Principal, Visibility
from asskomm.events.domain.gatherings import GatheringError, call_off
from asskomm.events.domain.regional import Region, districts_for, invite_region, recipients_of
from asskomm.territory.enums import SizeClass
from tests.events.making import BEFORE, gathering
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, OLBERNHAU, SEIFHENNERSDORF, member, place, work_off
from tests.reading import said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


@pytest.fixture
def people() -> dict[str, str]:
    """Somebody in charge in three towns, in one of them a mayor alone; give their addresses."""
    roles = {GOERLITZ: "coordinator", FRANKENBERG: "coordinator", OLBERNHAU: "mayor"}
    return {town: member(role, town)[0].email for town, role in roles.items()}


def reached(region: Region, principal: Principal = SYSTEM) -> set[str]:
    """Give the addresses that a region reaches."""
    return {account.email for account in recipients_of(region, principal).accounts}


def test_a_region_is_districts_and_sizes_and_open_means_all(people: dict[str, str]) -> None:
    assert reached(Region()) == set(people.values())
    assert reached(Region(["14522"])) == {people[FRANKENBERG]}
    assert reached(Region(["14522", "14626"])) == {people[FRANKENBERG], people[GOERLITZ]}
    large = SizeClass.of(place(GOERLITZ).population)
    assert reached(Region((), [large])) == {people[GOERLITZ]}
    assert reached(Region(["14522"], [large])) == set()
    found = recipients_of(Region(["14522"]), SYSTEM)
    assert found.places.value == found.without.value + 1  # type: ignore[operator]


def test_one_writes_to_ones_own_district_and_the_council_to_all(people: dict[str, str]) -> None:
    _account, coordinator = member("coordinator", GOERLITZ, email="andere@example.org")
    _account, council = member("state_council", COUNCIL)
    assert [district.pk for district in districts_for(coordinator)] == ["14626"]
    assert len(districts_for(council)) == 13
    assert reached(Region(), coordinator) == {people[GOERLITZ]}  # never herself
    own = gathering(None, owner=GOERLITZ)
    with pytest.raises(GatheringError, match="In diesen Landkreis"):
        invite_region(own, Region(["14522"]), by=coordinator)
    with pytest.raises(PermissionDenied):
        invite_region(gathering(None), Region(), by=coordinator)


def test_everybody_gets_one_mail_however_often_it_is_sent(people: dict[str, str]) -> None:
    found = gathering(None, title="Treffen", summary="Worum es geht")
    for region in (Region(["14522"]), Region()):
        for _twice in range(2):
            invite_region(found, region, by=SYSTEM)
            work_off()
    mails = Mail.objects.filter(kind="region_invited")
    assert sorted(mails.values_list("address__email", flat=True)) == sorted(people.values())
    text = mails[0].text
    assert [word in text for word in ("Treffen", "Worum es geht", found.get_absolute_url())] == [True] * 3


def test_nobody_is_invited_to_what_she_cannot_see_or_come_to() -> None:
    draft, hidden, off = gathering(None, published=False), gathering(None, visibility=Visibility.PRIVATE), gathering(None)
    call_off(off, by=SYSTEM)
    for found, sentence in ((draft, "veröffentlicht"), (hidden, "sehen nur Sie"), (off, "veröffentlicht")):
        with pytest.raises(GatheringError, match=sentence):
            invite_region(found, Region(), by=SYSTEM)
    with clock.moved_to(off.ends_at), pytest.raises(GatheringError, match="vorbei"):
        invite_region(gathering(None), Region(), by=SYSTEM)


def test_first_one_sees_whom_it_reaches_then_sends(
    client: Client, sign_in: SignIn, people: dict[str, str], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found = gathering(None)
    at = f"{found.get_absolute_url()}kommunen-einladen/"
    sign_in("coordinator", SEIFHENNERSDORF)
    assert (client.get(at).status_code, client.post(at, {}).status_code) == (403, 403)
    sign_in("state_council")
    assert "Wen das erreicht" not in said(client.get(at).content.decode())
    with django_assert_max_num_queries(16):
        page = client.get(at, {"zeigen": "ja"})
    assert "Menschen 4" in said(page.content.decode())
    shown = client.get(at, {"zeigen": "ja", "districts": "14522"}).content.decode()
    assert 'name="districts" value="14522"' in " ".join(shown.split())
    assert "Das erreicht niemanden." in said(client.get(at, {"zeigen": "ja", "districts": "14523"}).content.decode())
    assert client.get(at, {"zeigen": "ja", "districts": "99999"}).status_code == 422
    assert Mail.objects.count() == 0
    answer = client.post(at, {"districts": "14522"}, follow=True)
    assert "Die Einladungen gehen in den nächsten Minuten hinaus." in said(answer.content.decode())
    work_off()
    assert list(Mail.objects.values_list("address__email", flat=True)) == [people[FRANKENBERG]]
