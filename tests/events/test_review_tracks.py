# SPDX-License-Identifier: EUPL-1.2
"""Reviews by tracks: whoever is limited to some reads what belongs to them, and the missing reviews follow."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.calling import CallError
from asskomm.events.domain.deciding import decide
from asskomm.events.domain.programme import add_track
from asskomm.events.domain.programme_parts import remove_part
from asskomm.events.domain.proposal_letters import path_of_proposal
from asskomm.events.domain.proposing import ProposalError, begin_draft
from asskomm.events.domain.queries.reviewing import missing_reviews, to_read
from asskomm.events.domain.reviewing import Opinion, ReviewError, drop_reviewer, give_review, limit_reviewer, name_reviewer
from asskomm.events.enums import ProposalState
from asskomm.events.models import Call, Proposal, Reviewer, Track
from tests.events.calling import call, proposed, said
from tests.events.making import BEFORE
from tests.events.test_call_pages import HANDED_IN, account_of, at, whole
from tests.making import FRANKENBERG, OLBERNHAU, member
from tests.reading import cells

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


@pytest.fixture
def found() -> Call:
    """A call of a gathering with two tracks."""
    made = call(nameless=True)
    for name in ("Jugend", "Verkehr"):
        add_track(made.gathering, name, by=SYSTEM)
    return made


def track(found: Call, name: str) -> Track:
    """Give a track by its name."""
    return found.gathering.tracks.get(name=name)


def reviewer(found: Call, *tracks: str, place: str = FRANKENBERG, email: str = "kim@amt.example") -> tuple[Reviewer, Principal]:
    """Name somebody who reads what belongs to some tracks."""
    account, principal = member("coordinator", place, email=email)
    return name_reviewer(found, account, [track(found, name) for name in tracks], by=SYSTEM), principal


def missing(found: Call) -> list[dict[int, str]]:
    """Give how many reviews are missing by reviewer and by proposal."""
    counted = missing_reviews(found)
    return [{key: str(count) for key, count in counts.items()} for counts in (counted.by_reviewer, counted.by_proposal)]


def test_whoever_is_limited_reads_her_tracks_and_the_missing_reviews_follow(found: Call) -> None:
    youth = proposed(found, "Ada", "Jugend und Recht", track_id=track(found, "Jugend").pk)
    roads = proposed(found, "Ben", "Schulweg", track_id=track(found, "Verkehr").pk)
    none = proposed(found, "Cora", "Anderes")
    near = proposed(found, "Dora", "Nah", email="dora@amt.example", track_id=track(found, "Jugend").pk)
    kim, by = reviewer(found, "Jugend")
    ole, of_ole = reviewer(found, place=OLBERNHAU, email="ole@dorf.example")
    assert [[row.title for row in to_read(one)] for one in (kim, ole)] == [["Jugend und Recht", "Nah"], ["Jugend und Recht", "Schulweg", "Anderes", "Nah"]]
    assert missing(found) == [{kim.pk: "1", ole.pk: "4"}, {youth.pk: "2", roads.pk: "1", none.pk: "1", near.pk: "1"}]
    give_review(kim, youth, Opinion(3), by=by)
    give_review(ole, near, Opinion(biased=True), by=of_ole)
    decide(found, [none.reference], ProposalState.REFUSED, by=SYSTEM)
    assert missing(found) == [{kim.pk: "0", ole.pk: "2"}, {youth.pk: "1", roads.pk: "1", near.pk: "0"}]
    for row in (roads, none):
        with pytest.raises(ReviewError, match=r"Sie begutachten andere Themenreihen\."):
            give_review(kim, row, Opinion(1), by=by)
    for _click in range(2):
        limit_reviewer(kim, [track(found, "Verkehr")], by=SYSTEM)
    assert give_review(kim, roads, Opinion(1), by=by).score == 1
    limit_reviewer(kim, (), by=SYSTEM)
    assert to_read(kim).count() == 4
    remove_part(track(found, "Verkehr"), by=SYSTEM)
    roads.refresh_from_db()
    assert (roads.track, roads.reviews.count()) == (None, 1)
    assert Entry.objects.filter(kind="calls", key=found.gathering.reference, action="changed").count() == 4


def test_only_tracks_of_this_gathering_and_only_those_who_organise(found: Call) -> None:
    foreign = add_track(call().gathering, "Fremd", by=SYSTEM)
    kim, _by = reviewer(found)
    account, stranger = member("coordinator", OLBERNHAU, email="ole@dorf.example")
    with pytest.raises(CallError, match="gehört zu einer anderen Veranstaltung"):
        limit_reviewer(kim, [foreign], by=SYSTEM)
    with pytest.raises(CallError, match="gehört zu einer anderen Veranstaltung"):
        name_reviewer(found, account, [foreign], by=SYSTEM)
    with pytest.raises(PermissionDenied):
        limit_reviewer(kim, (), by=stranger)
    with pytest.raises(ProposalError, match=r"Diese Themenreihe gibt es nicht mehr\."):
        begin_draft(found, said(track_id=foreign.pk), by=ANYONE)
    drop_reviewer(kim, by=SYSTEM)


def test_an_accepted_proposal_goes_into_its_track(found: Call) -> None:
    row = proposed(found, track_id=track(found, "Jugend").pk)
    (accepted,) = decide(found, [row.reference], ProposalState.ACCEPTED, by=SYSTEM)
    assert accepted.session is not None
    assert accepted.session.track == track(found, "Jugend")


def test_the_pages_of_whoever_proposes_reads_and_organises(client: Client, sign_in: SignIn, found: Call) -> None:
    youth, roads = track(found, "Jugend"), track(found, "Verkehr")
    assert "Diese Auswahl ist nicht" not in whole(client.get(at(found)))
    assert client.post(at(found), {**HANDED_IN, "track_id": "999999"}).status_code == 422
    assert client.post(at(found), {**HANDED_IN, "track_id": str(youth.pk)}).status_code == 302
    row = Proposal.objects.get(state="submitted")
    other = proposed(found, "Ben", "Schulweg", track_id=roads.pk)
    assert (row.track, Client().get(path_of_proposal(row)).context["form"]["track_id"].value()) == (youth, youth.pk)
    kim = account_of(sign_in("coordinator", FRANKENBERG))
    sign_in("state_council")
    assert "kann die Vorschläge jetzt lesen" in whole(client.post(at(found, "begutachtende/"), {"email": kim.email, "tracks": [roads.pk]}, follow=True))
    made = Reviewer.objects.get()
    assert ([*made.tracks.all()], "noch offen: 1" in whole(client.get(at(found, "begutachtende/")))) == ([roads], True)
    assert client.post(at(found, f"begutachtende/{made.pk}/themenreihen/"), {"tracks": [youth.pk, "x"]}).status_code == 302
    assert [line[0].split(",")[0] for line in cells(client.get(at(found, "vorschlaege/")))[1:]] == ["Graffiti Vortrag", "Schulweg Vortrag"]
    assert whole(client.get(at(found, "vorschlaege/"))).count("noch offen: 1") == 1
    client.force_login(kim)
    listed = client.get(at(found, "begutachten/"))
    assert [line[:2] for line in cells(listed)[1:]] == [["Graffiti", "Vortrag, Jugend"]]
    assert [words in whole(listed) for words in ("Noch offen: 1", "Sie lesen, was zu diesen Themenreihen vorgeschlagen ist: Jugend", "Ada")] == [
        True,
        True,
        False,
    ]
    assert [client.get(at(found, f"begutachten/{one.reference}/")).status_code for one in (row, other)] == [200, 404]
    assert client.post(at(found, f"begutachtende/{made.pk}/themenreihen/")).status_code == 404
