# SPDX-License-Identifier: EUPL-1.2
"""What remains of a gathering: put together by itself, released by one click, and nothing in it that somebody did not allow."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.events.domain.contributing import hand_in_slides
from asskomm.events.domain.documentation import release_documentation
from asskomm.events.domain.feedback import Said, close_feedback, count_as_praise, give_feedback
from asskomm.events.domain.gatherings import GatheringError, call_off
from asskomm.events.domain.programme import Slot, place_session
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.stand_decisions import accept_stands, refuse_stands
from asskomm.events.models import Feedback, Gathering
from tests.events.making import BEFORE, accept, fair, gathering, invite, pdf, show
from tests.making import COUNCIL, FRANKENBERG, member
from tests.reading import links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


@pytest.fixture
def found() -> Gathering:
    """A gathering that is over: two contributed, one of them lets her slides be shown; five say how it was, two of them what they liked."""
    with clock.moved_to(BEFORE):
        made = gathering(None)
        for number, (name, documented) in enumerate((("Ada Muster", True), ("Ben Probst", False))):
            invitation = accept(invite(made, name, f"Thema {number}"), f"Beitrag {number}")
            hand_in_slides(invitation, "folien.pdf", pdf(), documented=documented, by=SYSTEM)
            begins = made.starts_at + number * dt.timedelta(hours=1)
            place_session(invitation.session, Slot(begins, begins + dt.timedelta(hours=1)), by=SYSTEM)
        release_programme(made, knowing_conflicts=True, by=SYSTEM)
    with clock.moved_to(made.ends_at):
        for number, liked in enumerate(("Die Karte", "Der Kuchen", "", "", "")):
            give_feedback(made, "", Said(1, f"x{number}", liked))
        count_as_praise(Feedback.objects.get(liked="Die Karte"), praise=True, by=SYSTEM)
        return close_feedback(made, by=SYSTEM)


def test_it_holds_what_was_allowed_and_nothing_else(client: Client, found: Gathering) -> None:
    with clock.moved_to(found.ends_at):
        at = f"{found.get_absolute_url()}dokumentation/"
        assert client.get(at).status_code == 404
        release_documentation(found, released=True, by=SYSTEM)
        page = client.get(at)
        told = said(page.content.decode())
        assert [text in told for text in ("Beitrag 0", "Ada Muster", "Folien von Ada Muster (PDF)", "Beitrag 1", "Ben Probst", "Die Karte")] == [True] * 6
        assert [text in told for text in ("Folien von Ben", "Der Kuchen")] == [False] * 2
        assert "100 % fanden es gut oder sehr gut (56,6 % bis 100 %), 5 Antworten." in told
        (slides,) = [link for link in links(page) if "/folien" in link]
        assert b"".join(client.get(slides).streaming_content).startswith(b"%PDF-1.7")  # type: ignore[attr-defined]
        assert "Zur Dokumentation" in said(client.get(found.get_absolute_url()).content.decode())


def test_one_click_releases_it_and_another_takes_it_back(client: Client, sign_in: SignIn, found: Gathering) -> None:
    at = f"{found.get_absolute_url()}dokumentation/"
    with clock.moved_to(found.ends_at):
        sign_in("coordinator", FRANKENBERG)
        assert (client.get(at).status_code, client.post(f"{at}veroeffentlichen/", {"released": "ja"}).status_code) == (404, 403)
        sign_in("state_council", COUNCIL)
        assert "Noch sieht die Dokumentation nur Ihre Organisation." in said(client.get(at).content.decode())
        for _twice in range(2):
            answer = client.post(f"{at}veroeffentlichen/", {"released": "ja"}, follow=True)
        assert "Die Dokumentation ist veröffentlicht." in said(answer.content.decode())
        client.post(f"{at}veroeffentlichen/", {"released": "nein"})
        client.logout()
        assert client.get(at).status_code == 404


def test_there_is_none_before_it_is_over_or_where_it_did_not_take_place() -> None:
    _account, stranger = member("coordinator", FRANKENBERG)
    with clock.moved_to(BEFORE):
        coming, off = gathering(None), gathering(None)
        call_off(off, by=SYSTEM)
        with pytest.raises(GatheringError, match="vorbei ist"):
            release_documentation(coming, released=True, by=SYSTEM)
    with clock.moved_to(off.ends_at):
        with pytest.raises(GatheringError, match="stattgefunden"):
            release_documentation(off, released=True, by=SYSTEM)
        with pytest.raises(PermissionDenied):
            release_documentation(coming, released=True, by=stranger)


def test_it_leads_to_the_stands_and_posters_that_were_there(client: Client) -> None:
    with clock.moved_to(BEFORE):
        made = fair()
        shown, refused = show(made, "Sichere Wege"), show(made, "Licht", email="ben@stadt.example")
        show(made, "Nur beworben", email="cem@stadt.example")
        accept_stands(made, [shown.reference], by=SYSTEM)
        refuse_stands(made, [refused.reference], by=SYSTEM)
    with clock.moved_to(made.ends_at):
        release_documentation(made, released=True, by=SYSTEM)
        page = client.get(f"{made.get_absolute_url()}dokumentation/")
        assert "Stände und Poster: 1" in said(page.content.decode())
        (gallery,) = [link for link in links(page) if "staende" in link]
        assert "Sichere Wege" in said(client.get(gallery).content.decode())


def test_without_stands_it_names_none(client: Client, found: Gathering) -> None:
    with clock.moved_to(found.ends_at):
        release_documentation(found, released=True, by=SYSTEM)
        assert "Stände und Poster" not in said(client.get(f"{found.get_absolute_url()}dokumentation/").content.decode())
