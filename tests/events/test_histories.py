# SPDX-License-Identifier: EUPL-1.2
"""Whoever may read what was done to an object finds the way to it where the object stands."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.events.domain.pictures import add_picture
from asskomm.events.domain.polling import ask_when, path_of_poll
from asskomm.events.models import Gathering, Registration, Session, Speaker
from tests.events.making import BEFORE, come, fair, gathering, invite, photo, show
from tests.making import FRANKENBERG, GOERLITZ, body
from tests.reading import links

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def session_and_speaker() -> tuple[str, set[str]]:
    found = gathering(None, owner=FRANKENBERG)
    invite(found)
    histories = {f"/verlauf/sessions/{Session.objects.get().reference}/", f"/verlauf/speakers/{Speaker.objects.get().reference}/"}
    return reverse("events:programme_change", args=[found.reference]), histories


def registration() -> tuple[str, set[str]]:
    found = gathering(2, owner=FRANKENBERG)
    come(found, "Ada")
    return reverse("events:participants", args=[found.reference]), {f"/verlauf/registrations/{Registration.objects.get().reference}/"}


def stand() -> tuple[str, set[str]]:
    found = fair(owner=FRANKENBERG)
    return reverse("events:stand_applications", args=[found.reference]), {f"/verlauf/stands/{show(found).reference}/"}


def picture() -> tuple[str, set[str]]:
    found = gathering(None, owner=FRANKENBERG, starts_at=BEFORE - dt.timedelta(days=1), ends_at=BEFORE - dt.timedelta(hours=20))
    made = add_picture(found, "a.jpg", io.BytesIO(photo()), alternative="Ein Tisch", credit="Kim", agreed=True, by=SYSTEM)
    return reverse("events:pictures", args=[found.reference]), {f"/verlauf/pictures/{made.reference}/"}


def poll() -> tuple[str, set[str]]:
    times = [(BEFORE + dt.timedelta(days=number), BEFORE + dt.timedelta(days=number, hours=1)) for number in (1, 2)]
    made = ask_when(body(FRANKENBERG), "Runder Tisch", "Rathaus", times, by=SYSTEM)
    return path_of_poll(made), {f"/verlauf/polls/{made.reference}/"}


@pytest.mark.parametrize("made", [session_and_speaker, registration, stand, picture, poll])
def test_those_who_organise_find_the_history(client: Client, sign_in: SignIn, made: Callable[[], tuple[str, set[str]]]) -> None:
    page, histories = made()
    sign_in("coordinator", FRANKENBERG)
    assert {link for link in links(client.get(page)) if link.startswith("/verlauf/")} == histories
    assert [client.get(link).status_code for link in histories] == [200] * len(histories)
    sign_in("coordinator", GOERLITZ)
    assert [client.get(link).status_code for link in histories] == [404] * len(histories)


def test_members_find_that_of_a_gathering_and_the_public_does_not(client: Client, sign_in: SignIn) -> None:
    found: Gathering = gathering(None, owner=FRANKENBERG)
    history = f"/verlauf/gatherings/{found.reference}/"
    assert history not in links(client.get(found.get_absolute_url()))
    sign_in("coordinator", GOERLITZ)
    assert (history in links(client.get(found.get_absolute_url())), client.get(history).status_code) == (True, 200)
