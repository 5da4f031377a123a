# SPDX-License-Identifier: EUPL-1.2
"""Verbs of a call: opened, extended, closed; drafts, proposals, those named with them; decided once; forgotten."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.mail.models import Mail
from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
from asskomm.core.retention.domain.access import subject_of
from asskomm.core.ui.logs import cleaned
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain import proposing as verbs
from asskomm.events.domain.calling import CallError, close_call, reopen_call
from asskomm.events.domain.co_speaking import agree, drop_co_speaker, name_co_speaker, step_down
from asskomm.events.domain.contributing import decline_invitation
from asskomm.events.domain.deciding import decide
from asskomm.events.domain.gatherings import GatheringError, call_off
from asskomm.events.domain.invitation_letters import invitation_under, path_of
from asskomm.events.domain.proposal_letters import co_speaker_under, path_of_co_speaker, path_of_proposal, proposal_under
from asskomm.events.domain.proposing import ProposalError, Said, begin_draft, keep_draft, submit, withdraw
from asskomm.events.domain.questions import Asked, set_call_questions
from asskomm.events.enums import InvitationState, ProposalState
from asskomm.events.models import CoSpeaker, Invitation, Proposal, Review, Session, Speaker
from tests.events.calling import LAST_DAY, agreed, call, draft, proposed, said, written
from tests.events.making import BEFORE, BEGINS, gathering, invite
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, member, work_off

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
IN_TIME, LATE = BEFORE.replace(month=6, day=1, hour=23, minute=59), BEFORE.replace(month=6, day=2, hour=0)
CLOSED = "Zurzeit werden keine Vorschläge angenommen."
DECIDED = "Das lässt sich nicht mehr ändern. Wenden Sie sich an die Einladenden."


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


def actions(kind: str) -> list[str]:
    """Give what was done to objects of a kind, in order."""
    return list(Entry.objects.filter(kind=kind).order_by("pk").values_list("action", flat=True))


def test_a_call_is_opened_once_extended_closed_and_opened_again() -> None:
    found = gathering(None)
    first = call(found)
    with clock.moved_to(LATE):
        assert first.is_open(clock.now()) is False
        longer = call(found, closes_on=LAST_DAY + 5 * DAY, text=" Neu ")
        assert (longer.pk, longer.text, longer.is_open(clock.now())) == (first.pk, "Neu", True)
        for _click in range(2):
            assert close_call(longer, by=SYSTEM).is_open(clock.now()) is False
        for _click in range(2):
            assert reopen_call(longer, by=SYSTEM).is_open(clock.now()) is True
        close_call(longer, by=SYSTEM)
    with clock.moved_to(LATE + 5 * DAY), pytest.raises(CallError, match=r"Der letzte Tag ist vorbei\. Nennen Sie zuerst einen neuen\."):
        reopen_call(longer, by=SYSTEM)
    assert actions("calls") == ["created", "changed", "ended", "restored", "ended"]


def test_what_a_call_must_say() -> None:
    found, draft_of = gathering(None), gathering(None, published=False)
    with pytest.raises(CallError, match=r"Nennen Sie mindestens eine Art von Beitrag\."):
        call(found, kinds=["break"])
    for day in (BEFORE.date() - DAY, BEGINS.date() + DAY):
        with pytest.raises(CallError, match=r"Der letzte Tag liegt zwischen heute und dem Beginn der Veranstaltung\."):
            call(found, closes_on=day)
    assert [call(found, closes_on=day).closes_on for day in (BEFORE.date(), BEGINS.date())] == [BEFORE.date(), BEGINS.date()]
    assert call(draft_of).is_open(clock.now()) is False
    with clock.moved_to(BEGINS), pytest.raises(CallError, match=r"Diese Veranstaltung hat schon begonnen\."):
        call(found)
    call_off(found, by=SYSTEM)
    with pytest.raises(CallError, match=r"Diese Veranstaltung ist abgesagt\."):
        call(found)


def test_with_the_last_day_past_the_text_can_still_be_changed() -> None:
    found = gathering(None)
    call(found)
    with clock.moved_to(LATE):
        assert call(found, text="Anders", kinds=["panel", "talk"]).kind_names == ["Vortrag", "Podium"]


def test_who_may_call_and_decide() -> None:
    found = call()
    row = proposed(found)
    _account, stranger = member("coordinator", FRANKENBERG)
    _council, council = member("state_council", COUNCIL)
    for by in (ANYONE, stranger):
        for verb in (close_call, reopen_call):
            with pytest.raises(PermissionDenied):
                verb(found, by=by)
        with pytest.raises(PermissionDenied):
            decide(found, [row.reference], ProposalState.ACCEPTED, by=by)
        with pytest.raises(PermissionDenied):
            set_call_questions(found, [Asked("Warum?")], by=by)
    assert [one.state for one in decide(found, [row.reference], ProposalState.REFUSED, by=council)] == ["refused"]


def test_a_draft_begins_with_the_first_word_and_its_link_is_mailed_once() -> None:
    found = call()
    row = draft(found, name="A")
    assert (row.state, row.name, written()) == ("draft", "A", [])
    for name in ("Ada", "Ada Muster"):
        row = keep_draft(row, Said(name=name, email=" Ada@Stadt.example"))
    assert (row.name, row.email, written()) == ("Ada Muster", "ada@stadt.example", [("proposal_begun", "ada@stadt.example")])
    mail = Mail.objects.get()
    assert (path_of_proposal(row) in mail.text, "Ada" in mail.text, "01.06.2027" in mail.text) == (True, False, True)
    keep_draft(row, Said(name="Ada", email="ada@dorf.example"))
    keep_draft(row, Said(name="Ada", email="ada@stadt.example"))
    assert written() == [("proposal_begun", "ada@stadt.example"), ("proposal_begun", "ada@dorf.example")]
    assert actions("proposals") == ["created"]
    shown = cleaned(f"GET {path_of_proposal(row)} HTTP/1.1")
    assert (row.reference in shown, path_of_proposal(row).split("/")[-2] in shown) == (False, False)


def test_an_empty_draft_is_none_and_many_end_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    found = call()
    with pytest.raises(ProposalError, match=r"Füllen Sie mindestens ein Feld aus\."):
        begin_draft(found, Said(), by=ANYONE)
    monkeypatch.setattr(verbs, "MOST_PROPOSALS", 1)
    draft(found)
    with pytest.raises(ProposalError, match="sehr viele"):
        draft(found)


def test_nothing_is_demanded_before_it_is_handed_in() -> None:
    found = call()
    set_call_questions(found, [Asked("Wie lange?", "choice", ["30", "60"], required=True), Asked("Allein?", "yes_no")], by=SYSTEM)
    question = str(found.questions.all()[0].pk)
    row = draft(found)
    for one in (Said(name="Ada"), said(), said(title=" ", answers={question: "30"})):
        with pytest.raises(ProposalError, match=r"Zum Einreichen fehlt noch etwas\."):
            submit(row, one, by=ANYONE)
    with pytest.raises(ProposalError, match=r"Diese Art von Beitrag wird nicht gesucht\."):
        submit(row, said(kind="panel", answers={question: "30"}), by=ANYONE)
    for _click in range(2):
        row = submit(row, said(answers={question: "30"}), by=ANYONE)
    assert (row.state, row.answers, written()) == ("submitted", {question: "30"}, [("proposal_submitted", "ada@stadt.example")])
    assert actions("proposals") == ["created", "confirmed"]


def test_it_can_be_changed_until_the_end_of_the_last_day() -> None:
    found = call()
    row, begun = proposed(found), draft(found)
    with clock.moved_to(IN_TIME):
        assert submit(row, said(title="Anders"), by=ANYONE).title == "Anders"
        with pytest.raises(ProposalError, match=r"Dieser Vorschlag ist schon eingereicht\."):
            keep_draft(row, said())
    with clock.moved_to(LATE):
        with pytest.raises(ProposalError, match=DECIDED):
            submit(row, said(title="Zu spät"), by=ANYONE)
        with pytest.raises(ProposalError, match=CLOSED):
            keep_draft(begun, said())
        with pytest.raises(ProposalError, match=CLOSED):
            draft(found)
    assert actions("proposals") == ["created", "confirmed", "created", "changed"]
    assert Proposal.objects.get(pk=row.pk).title == "Anders"


def test_a_new_address_gets_the_link_of_what_is_handed_in() -> None:
    row = proposed(call())
    submit(row, said(email="ada@dorf.example"), by=ANYONE)
    assert written() == [("proposal_submitted", "ada@stadt.example"), ("proposal_submitted", "ada@dorf.example")]


def test_it_is_taken_back_at_any_time_and_may_come_again() -> None:
    found = call()
    begun, row = draft(found), proposed(found)
    assert withdraw(begun, by=ANYONE) is None
    with pytest.raises(ProposalError, match=r"Diesen Vorschlag gibt es nicht mehr\."):
        withdraw(begun, by=ANYONE)
    with clock.moved_to(LATE):
        for _click in range(2):
            assert withdraw(row, by=ANYONE) == row
        assert decide(found, [row.reference], ProposalState.ACCEPTED, by=SYSTEM) == []
    assert submit(row, said(), by=ANYONE).state == "submitted"
    assert actions("proposals") == ["created", "created", "confirmed", "removed", "withdrawn", "confirmed"]


def test_whoever_is_accepted_and_takes_it_back_declines() -> None:
    found = call()
    row = proposed(found)
    decide(found, [row.reference], ProposalState.ACCEPTED, by=SYSTEM)
    with clock.moved_to(BEGINS), pytest.raises(ProposalError, match=DECIDED):
        withdraw(row, by=ANYONE)
    withdraw(row, by=ANYONE)
    invitation = Invitation.objects.get()
    assert (invitation.state, Proposal.objects.get().state, invitation.session.speakings.count()) == ("declined", "withdrawn", 0)


def test_of_an_accepted_proposal_comes_a_session_with_an_invitation() -> None:
    found = call()
    row, other = proposed(found, organisation="Görlitz", technology="Beamer", photo_consent=True), proposed(found, "Cora Muster", "Licht")
    agreed(row)
    name_co_speaker(row, "Dora", "dora@dorf.example", by=ANYONE)
    Mail.objects.all().delete()
    for rows in ([row], []):
        assert decide(found, [row.reference, "222222222222"], ProposalState.ACCEPTED, by=SYSTEM) == rows
    assert written() == [("proposal_accepted", "ada@stadt.example"), ("proposal_accepted", "ben@dorf.example")]
    session = Session.objects.get()
    assert (session.kind, session.title, session.abstract, session.starts_at) == ("talk", "Graffiti", "Was half.", None)
    assert [speaking.speaker.name for speaking in session.speakings.all()] == ["Ada Muster", "Ben Muster"]
    ada, ben = Invitation.objects.with_all().order_by("pk")
    assert [(one.state, one.technology, one.topic) for one in (ada, ben)] == [("accepted", "Beamer", "Graffiti"), ("accepted", "", "Graffiti")]
    assert (ada.speaker.organisation, ada.speaker.participant_type, ada.speaker.photo_consent) == ("Görlitz", "municipality", True)
    assert (ben.speaker.organisation, ben.speaker.participant_type, ben.speaker.photo_consent) == ("", "", False)
    assert [path_of(one) in mail.text for one, mail in zip((ada, ben), Mail.objects.order_by("pk"), strict=True)] == [True, True]
    assert invitation_under(ada.reference, path_of(ada).split("/")[-2]) == ada
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.session, row.decided_at, other.state) == (session, BEFORE, "submitted")
    assert (actions("invitations"), actions("proposals")[-1]) == (["confirmed", "confirmed"], "released")


def test_whoever_is_known_stays_who_she_is() -> None:
    found = call()
    known = invite(found.gathering, "Ada Muster", "Wege").speaker
    rows = [proposed(found, "Ada Anders", title, photo_consent=True) for title in ("Graffiti", "Licht")]
    decide(found, [row.reference for row in rows], ProposalState.ACCEPTED, by=SYSTEM)
    known.refresh_from_db()
    assert (Speaker.objects.count(), Session.objects.count(), known.name, known.photo_consent) == (1, 3, "Ada Muster", True)


def test_whoever_waits_still_gets_a_yes_or_a_no_and_each_word_once() -> None:
    found = call()
    row, other = proposed(found), proposed(found, "Cora Muster", "Licht")
    Mail.objects.all().delete()
    both = [row.reference, other.reference]
    for decision, decided in (("waiting", 2), ("waiting", 0), ("refused", 2), ("accepted", 0), ("waiting", 0)):
        assert len(decide(found, both, ProposalState(decision), by=SYSTEM)) == decided
    expected = [(f"proposal_{word}", f"{name}@stadt.example") for word in ("waiting", "refused") for name in ("ada", "cora")]
    assert (written(), Session.objects.count()) == (expected, 0)
    with pytest.raises(CallError, match=r"Sagen Sie, wie Sie entscheiden\."):
        decide(found, both, ProposalState.DRAFT, by=SYSTEM)
    with pytest.raises(ProposalError, match=DECIDED):
        submit(row, said(title="Neu"), by=ANYONE)


def test_proposals_of_another_call_are_left_alone() -> None:
    found, other = call(), call()
    row = proposed(other)
    assert decide(found, [row.reference], ProposalState.ACCEPTED, by=SYSTEM) == []
    with clock.moved_to(BEGINS), pytest.raises(CallError, match=r"Diese Veranstaltung hat schon begonnen\."):
        decide(other, [row.reference], ProposalState.ACCEPTED, by=SYSTEM)


def test_those_named_are_asked_when_it_is_handed_in_and_agree_themselves() -> None:
    found = call()
    row = draft(found)
    ben = name_co_speaker(row, " Ben ", "Ben@Dorf.example", by=ANYONE)
    assert (written(), co_speaker_under(ben.reference, path_of_co_speaker(ben).split("/")[-2])) == ([], None)
    submit(row, said(), by=ANYONE)
    cora = name_co_speaker(row, "Cora", "cora@dorf.example", by=ANYONE)
    asked = [("co_speaker_asked", "ben@dorf.example"), ("co_speaker_asked", "cora@dorf.example")]
    assert written() == [("proposal_submitted", "ada@stadt.example"), *asked]
    assert path_of_co_speaker(ben) in Mail.objects.get(address__email="ben@dorf.example").text
    assert co_speaker_under(ben.reference, path_of_co_speaker(ben).split("/")[-2]) == ben
    assert co_speaker_under(ben.reference, path_of_co_speaker(cora).split("/")[-2]) is None
    with clock.moved_to(LATE):
        for _click in range(2):
            assert agree(ben, by=ANYONE).agreed_at == LATE
        step_down(cora, by=ANYONE)
        with pytest.raises(ProposalError, match=r"Sie sind hier nicht mehr genannt\."):
            agree(cora, by=ANYONE)
    decide(found, [row.reference], ProposalState.ACCEPTED, by=SYSTEM)
    with pytest.raises(ProposalError, match="Der Beitrag ist angenommen"):
        step_down(ben, by=ANYONE)
    assert CoSpeaker.objects.get().name == "Ben"


def test_what_does_not_go_with_those_named() -> None:
    found = call()
    row = proposed(found)
    for address, told in (("ada@stadt.example", "Das ist Ihre eigene Adresse."), ("ben@dorf.example", "Diese Adresse haben Sie schon genannt.")):
        if address.startswith("ben"):
            name_co_speaker(row, "Ben", address, by=ANYONE)
        with pytest.raises(ProposalError, match=told):
            name_co_speaker(row, "X", address.upper(), by=ANYONE)
    for number in range(4):
        name_co_speaker(row, "X", f"x{number}@dorf.example", by=ANYONE)
    with pytest.raises(ProposalError, match=r"Nennen Sie höchstens 5 Menschen\."):
        name_co_speaker(row, "X", "x9@dorf.example", by=ANYONE)
    ben = row.co_speakers.get(name="Ben")
    drop_co_speaker(row, ben.reference, by=ANYONE)
    drop_co_speaker(row, ben.reference, by=ANYONE)
    assert row.co_speakers.count() == 4
    late = row.co_speakers.all()[0]
    decide(found, [row.reference], ProposalState.REFUSED, by=SYSTEM)
    with pytest.raises(ProposalError, match="schon entschieden"):
        agree(late, by=ANYONE)
    for verb in (lambda: drop_co_speaker(row, late.reference, by=ANYONE), lambda: name_co_speaker(row, "Y", "y@dorf.example", by=ANYONE)):
        with pytest.raises(ProposalError, match=DECIDED):
            verb()
    step_down(late, by=ANYONE)
    assert row.co_speakers.count() == 3


def test_no_address_gets_many_letters_because_somebody_typed_it_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asskomm.events.domain.proposal_letters.MOST_A_DAY", 2)
    found = call()
    for number in range(4):
        draft(found, title=str(number), email="opfer@stadt.example")
    row = proposed(found)
    name_co_speaker(row, "Opfer", "opfer@stadt.example", by=ANYONE)
    assert written() == [*[("proposal_begun", "opfer@stadt.example")] * 2, ("proposal_submitted", "ada@stadt.example")]
    assert row.co_speakers.get().asked_at is None


def test_calling_off_tells_whoever_waits_for_a_word() -> None:
    found = call()
    proposed(found)
    refused = proposed(found, "Cora Muster", "Licht")
    draft(found, email="dora@stadt.example")
    decide(found, [refused.reference], ProposalState.REFUSED, by=SYSTEM)
    Mail.objects.all().delete()
    call_off(found.gathering, by=SYSTEM)
    work_off()
    assert written() == [("proposal_called_off", "ada@stadt.example")]
    with pytest.raises(ProposalError, match=CLOSED):
        draft(found)
    with pytest.raises(GatheringError):
        call_off(gathering(None, published=False), by=SYSTEM)


def test_links_lead_nowhere_two_weeks_after_the_gathering() -> None:
    row = proposed(call())
    word, end = path_of_proposal(row).split("/")[-2], row.call.gathering.ends_at
    for moment, there in ((end + 14 * DAY - dt.timedelta(minutes=1), True), (end + 14 * DAY, False)):
        with clock.moved_to(moment):
            assert (proposal_under(row.reference, word) == row) is there
    assert proposal_under(row.reference, "0" * 32) is None


def test_drafts_go_two_weeks_after_the_last_day_and_the_rest_eight_weeks_after_the_gathering() -> None:
    found = call()
    draft(found)
    kept, back = proposed(found), proposed(found, "Cora Muster", "Licht")
    agreed(kept)
    withdraw(back, by=ANYONE)
    decide(found, [kept.reference], ProposalState.ACCEPTED, by=SYSTEM)
    drafts, rest = (DELETION_RULES[key].delete for key in ("proposal_drafts", "proposals"))
    for day, gone in ((LAST_DAY + 14 * DAY, 0), (LAST_DAY + 15 * DAY, 2)):
        with clock.moved_to(BEFORE.replace(month=day.month, day=day.day)):
            assert drafts(None) == gone  # type: ignore[arg-type]
    assert list(Proposal.objects.all()) == [kept]
    for days, gone in ((56, 0), (57, 1)):
        with clock.moved_to(found.gathering.ends_at + days * DAY):
            assert rest(None) == gone  # type: ignore[arg-type]
    assert [model.objects.count() for model in (Proposal, CoSpeaker, Review, Session)] == [0, 0, 0, 1]


def test_everybody_may_read_what_she_proposed_and_where_she_was_named() -> None:
    account, _principal = member("coordinator", GOERLITZ, email="ada@stadt.example")
    named, _other = member("coordinator", FRANKENBERG, email="ben@dorf.example")
    found = call()
    set_call_questions(found, [Asked("Allein?", "yes_no")], by=SYSTEM)
    row = proposed(found, organisation="Amt", technology="Beamer", answers={str(found.questions.get().pk): "yes"})
    agreed(row)
    (own,), (of_ben,) = (list(SUBJECT_RECORDS["proposals"].rows(subject_of(one.pk))) for one in (account, named))
    assert own == {
        "Veranstaltung": "Fachtag",
        "Stand": "eingereicht",
        "Name": "Ada Muster",
        "Organisation": "Amt",
        "Titel": "Graffiti",
        "Worum es geht": "Was half.",
        "Technik": "Beamer",
        "Fotos": "",
        "Antworten auf eigene Fragen": "Allein?: ja",
        "Weitere Mitwirkende": "Ben Muster (ben@dorf.example)",
        "Anmerkungen aus der Begutachtung": "",
    }
    assert of_ben == {"Veranstaltung": "Fachtag", "Titel": "Graffiti", "Name": "Ben Muster", "Ihre Antwort": "zugesagt"}


def test_a_session_that_is_removed_leaves_the_proposal() -> None:
    found = call()
    row = proposed(found)
    decide(found, [row.reference], ProposalState.ACCEPTED, by=SYSTEM)
    decline_invitation(Invitation.objects.get(), by=ANYONE)
    Session.objects.all().delete()
    row.refresh_from_db()
    assert (row.state, row.session, Invitation.objects.filter(state=InvitationState.ACCEPTED).count()) == ("accepted", None, 0)
    assert withdraw(row, by=ANYONE) == row
