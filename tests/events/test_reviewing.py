# SPDX-License-Identifier: EUPL-1.2
"""Reviews: who may judge, who is too close, what the organiser sees of it. A proposal is judged, never a person."""

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain import reviewing as verbs
from asskomm.events.domain.calling import CallError
from asskomm.events.domain.co_speaking import name_co_speaker
from asskomm.events.domain.deciding import decide
from asskomm.events.domain.proposing import withdraw
from asskomm.events.domain.queries.scores import counts_of, judged, judged_one
from asskomm.events.domain.queries.ties import domain_of, ties_of
from asskomm.events.domain.reviewing import Opinion, ReviewError, drop_reviewer, give_review, name_reviewer
from asskomm.events.enums import ProposalState, Score
from asskomm.events.models import Call, Review, Reviewer
from asskomm.people.domain.accounts import end_functions
from tests.events.calling import call, proposed
from tests.events.making import BEFORE
from tests.making import FRANKENBERG, GOERLITZ, OLBERNHAU, member

pytestmark = pytest.mark.django_db
SAME = "Sie gehören zur selben Organisation."


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


def reviewer(found: Call, place: str = FRANKENBERG, email: str = "kim@amt.example") -> tuple[Reviewer, Principal]:
    """Name somebody who looks at proposals."""
    account, principal = member("coordinator", place, email=email)
    return name_reviewer(found, account, by=SYSTEM), principal


def test_whoever_is_named_is_asked_once_and_judges_until_it_is_decided() -> None:
    found = call()
    row = proposed(found)
    kim, by = reviewer(found)
    assert name_reviewer(found, kim.account, by=SYSTEM) == kim
    assert list(Mail.objects.filter(kind="review_asked").values_list("address__email", flat=True)) == ["kim@amt.example"]
    for opinion in (Opinion(1, " knapp "), Opinion(3, "doch gut"), Opinion(2, "zu nah", biased=True), Opinion(0)):
        review = give_review(kim, row, opinion, by=by)
    assert (review.score, review.biased, Review.objects.count()) == (0, False, 1)
    decide(found, [row.reference], ProposalState.WAITING, by=SYSTEM)
    with pytest.raises(ReviewError, match="schon entschieden"):
        give_review(kim, row, Opinion(3), by=by)
    assert Entry.objects.filter(kind="proposals", key=row.reference, action="changed").count() == 4


def test_what_a_review_must_be() -> None:
    found, other = call(), call()
    row, foreign = proposed(found), proposed(other)
    kim, by = reviewer(found)
    with pytest.raises(ReviewError, match=r"Wählen Sie, wie gut der Vorschlag passt\."):
        give_review(kim, row, Opinion(remark="hm"), by=by)
    with pytest.raises(ReviewError, match=r"Das gehört zu einer anderen Veranstaltung\."):
        give_review(kim, foreign, Opinion(3), by=by)
    withdraw(row, by=ANYONE)
    with pytest.raises(ReviewError, match="zurückgezogen"):
        give_review(kim, row, Opinion(3), by=by)
    assert Review.objects.exists() is False


def test_who_may_review_and_name_reviewers(monkeypatch: pytest.MonkeyPatch) -> None:
    found = call()
    row = proposed(found)
    kim, _by = reviewer(found)
    _account, stranger = member("coordinator", GOERLITZ)
    for by in (ANYONE, SYSTEM, stranger):
        with pytest.raises(PermissionDenied):
            give_review(kim, row, Opinion(3), by=by)
    for refused in (lambda: name_reviewer(found, kim.account, by=stranger), lambda: drop_reviewer(kim, by=stranger)):
        with pytest.raises(PermissionDenied):
            refused()
    monkeypatch.setattr(verbs, "MOST", 1)
    with pytest.raises(CallError, match=r"Nennen Sie höchstens 1 Menschen\."):
        reviewer(found, OLBERNHAU, "ole@amt.example")


def test_one_reviewer_does_not_write_for_another() -> None:
    found = call()
    row = proposed(found)
    kim, _by = reviewer(found)
    _ole, of_ole = reviewer(found, OLBERNHAU, "ole@dorf.example")
    with pytest.raises(PermissionDenied):
        give_review(kim, row, Opinion(3), by=of_ole)


def test_whoever_is_dropped_judged_nothing() -> None:
    found = call()
    kim, by = reviewer(found)
    give_review(kim, proposed(found), Opinion(3), by=by)
    drop_reviewer(kim, by=SYSTEM)
    drop_reviewer(kim, by=SYSTEM)
    assert (Reviewer.objects.count(), Review.objects.count()) == (0, 0)
    assert list(Entry.objects.filter(kind="calls").order_by("pk").values_list("action", flat=True)) == ["created", "changed", "changed"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, ""),
        ({"organisation": "Frankenberg/Sa."}, SAME),
        ({"organisation": "Stadtverwaltung FRANKENBERG/Sa."}, SAME),
        ({"organisation": "Stadt Görlitz"}, ""),
        ({"organisation": "Stadtverwaltung"}, ""),
        ({"email": "ada@Amt.example"}, SAME),
        ({"email": "ada@gmx.de"}, ""),
        ({"email": "colleague@private.example"}, SAME),
        ({"email": "kim@amt.example"}, "Sie wirken selbst daran mit."),
    ],
)
def test_who_is_too_close_by_organisation_or_address(more: dict[str, str], told: str) -> None:
    found = call()
    member("mayor", FRANKENBERG, email="colleague@private.example")
    kim, by = reviewer(found)
    row = proposed(found, **more)
    assert ties_of(kim.account, [row]) == ({row.pk: told} if told else {})
    if told:
        with pytest.raises(ReviewError, match=told):
            give_review(kim, row, Opinion(3), by=by)
    else:
        assert give_review(kim, row, Opinion(3), by=by).score == Score.VERY_WELL


def test_a_mailbox_that_everybody_can_have_ties_nobody() -> None:
    found = call()
    kim, _by = reviewer(found, email="kim@gmx.de")
    assert (ties_of(kim.account, [proposed(found, email="ada@gmx.de")]), domain_of("x@web.de")) == ({}, "")


def test_whoever_was_a_colleague_is_none_any_more() -> None:
    found = call()
    member("mayor", FRANKENBERG, email="colleague@private.example")
    end_functions(email="colleague@private.example", last_day=BEFORE.date().replace(month=4), by=SYSTEM)
    kim, _by = reviewer(found)
    assert ties_of(kim.account, [proposed(found, email="colleague@private.example")]) == {}


def test_whoever_contributes_ties_too_and_what_was_scored_before_does_not_count() -> None:
    found = call()
    row = proposed(found)
    kim, by = reviewer(found)
    ole, of_ole = reviewer(found, OLBERNHAU, "ole@dorf.example")
    give_review(kim, row, Opinion(3), by=by)
    give_review(ole, row, Opinion(1), by=of_ole)
    assert str(judged_one(row).mean) == "2,0"
    name_co_speaker(row, "Ben", "ben@amt.example", by=ANYONE)
    with pytest.raises(ReviewError, match=SAME):
        give_review(kim, row, Opinion(3), by=by)
    (one,) = judged(found)
    assert (str(one.mean), str(one.count), one.spread, [review.reviewer for review in one.reviews]) == ("1,0", "1", None, [ole])
    assert judged_one(row) == one


def test_mean_count_and_spread_the_best_first() -> None:
    found = call()
    rows = [proposed(found, name, name) for name in ("Ada", "Ben", "Cora", "Dora")]
    people = [reviewer(found, place, f"{name}@{name}.example") for name, place in (("kim", FRANKENBERG), ("ole", OLBERNHAU), ("pia", GOERLITZ))]
    for row, scores in zip(rows, ((1, 2, 2), (3, 3, None), (0,), ()), strict=True):
        for (one, by), score in zip(people, scores, strict=False):
            give_review(one, row, Opinion(score, biased=score is None), by=by)
    found_rows = judged(found)
    shown = [(one.proposal.title, str(one.mean), str(one.count), str(one.spread), len(one.reviews)) for one in found_rows]
    assert shown == [("Ben", "3,0", "2", "0,0", 3), ("Ada", "1,7", "3", "0,5", 3), ("Cora", "0,0", "1", "None", 1), ("Dora", "None", "0", "None", 0)]
    assert [(one.mean.base, one.mean.basis) for one in found_rows if one.mean] == [(2, "measured"), (3, "measured"), (1, "measured")]
    decide(found, [rows[0].reference], ProposalState.REFUSED, by=SYSTEM)
    assert [(label, str(count)) for label, count in counts_of(judged(found))] == [("eingereicht", "3"), ("abgelehnt", "1")]


def test_the_questions_do_not_grow_with_the_proposals(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    found = call()
    kim, by = reviewer(found)
    for number in (1, 3):
        while found.proposals.count() < number:
            give_review(kim, proposed(found, f"N{found.proposals.count()}"), Opinion(2), by=by)
        with django_assert_num_queries(5):
            judged(found)
