# SPDX-License-Identifier: EUPL-1.2
"""Verbs around an invitation: nothing twice, reminders once, fees that only a key opens, and what goes when."""

import datetime as dt
import io
import os
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import override_settings

from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.jobs import SCHEDULES, TASKS
from asskomm.core.mail.models import Mail
from asskomm.core.operation import NAMED_FILES
from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
from asskomm.core.retention.domain.access import subject_of
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain import inviting as verbs
from asskomm.events.domain.contributing import Contribution, accept_invitation, decline_invitation, hand_in_slides
from asskomm.events.domain.expenses import Claim, claim_of, seal_expenses_anew
from asskomm.events.domain.gatherings import call_off
from asskomm.events.domain.invitation_letters import invitation_under, path_of
from asskomm.events.domain.programme import (
    ProgrammeError,
    SessionFacts,
    Slot,
    SpeakerFacts,
    add_session,
    add_speaker,
    change_speaker,
    place_session,
    remove_session,
)
from asskomm.events.domain.programme_content import released_programme
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.queries.conflicts import conflicts_of
from asskomm.events.domain.queries.expenses import costs_of
from asskomm.events.domain.slides import SHELF, file_of
from asskomm.events.models import Expenses, Invitation, Session, Slides, Speaker
from tests.events.making import BEFORE, BEGINS, accept, gathering, invite
from tests.making import COUNCIL, FRANKENBERG, member, work_off

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def written() -> list[tuple[str, str]]:
    """Give kind and address of every mail in the order in which they were written."""
    return list(Mail.objects.order_by("pk").values_list("kind", "address__email"))


def test_the_same_address_for_the_same_session_is_asked_once() -> None:
    found = gathering(2)
    first = invite(found)
    assert invite(found, topic=" graffiti ", email="ADA@stadt.example") == first
    assert written() == [("speaker_invited", "ada@stadt.example")]
    with clock.moved_to(BEFORE + verbs.PAUSE):
        assert invite(found, note="Noch einmal.") == first
    assert (written(), Invitation.objects.get().note) == ([("speaker_invited", "ada@stadt.example")] * 2, "Noch einmal.")
    accept(first, "Ganz anders")
    assert invite(found).state == "accepted"
    other = invite(found, topic="Licht")
    assert (other.speaker, Speaker.objects.count(), Session.objects.count()) == (first.speaker, 1, 2)
    elsewhere = invite(gathering(2))
    assert (elsewhere.speaker == first.speaker, Speaker.objects.count()) == (False, 2)
    trail = Entry.objects.filter(kind="invitations", key=first.reference).order_by("pk").values_list("action", flat=True)
    assert list(trail) == ["created", "changed", "confirmed"]


def test_whoever_declined_or_was_taken_back_is_asked_anew() -> None:
    found = gathering(2)
    row = invite(found)
    decline_invitation(row, by=ANYONE)
    with clock.moved_to(BEFORE + verbs.PAUSE):
        row = invite(found, answer_until=dt.date(2027, 6, 1))
    assert (row.state, row.answered_at, row.answer_until, row.session.speakings.count()) == ("invited", None, dt.date(2027, 6, 1), 1)
    verbs.withdraw_invitation(row, by=SYSTEM)
    assert invitation_under(row.reference, path_of(row).split("/")[-2]) == row
    with clock.moved_to(BEFORE + 2 * verbs.PAUSE):
        assert invite(found).state == "invited"
    actions = Entry.objects.filter(kind="invitations").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["created", "ended", "restored", "withdrawn", "restored"]


def test_who_may_ask_and_when() -> None:
    found, other = gathering(2), gathering(2)
    _account, stranger = member("coordinator", FRANKENBERG)
    _council, council = member("state_council", COUNCIL)
    invitee = verbs.Invitee("Ada", "ada@stadt.example", "Graffiti", "talk")
    for by in (ANYONE, stranger):
        with pytest.raises(PermissionDenied):
            verbs.invite_speaker(found, invitee, by=by)
    row = verbs.invite_speaker(found, invitee, by=council)
    for verb in (verbs.send_again, verbs.withdraw_invitation):
        with pytest.raises(PermissionDenied):
            verb(row, by=stranger)
    with pytest.raises(ProgrammeError, match=r"Das gehört zu einer anderen Veranstaltung\."):
        invite(other, session=row.session)
    with clock.moved_to(BEGINS), pytest.raises(verbs.InvitationError, match=r"Diese Veranstaltung hat schon begonnen\."):
        invite(other)
    call_off(other, by=SYSTEM)
    with pytest.raises(verbs.InvitationError, match=r"Diese Veranstaltung ist abgesagt\."):
        invite(other)


def test_calling_off_tells_whoever_would_have_contributed() -> None:
    found = gathering(2)
    accept(invite(found, "Ada"))
    decline_invitation(invite(found, "Ben", "Licht"), by=ANYONE)
    invite(found, "Cora", "Wege")
    Mail.objects.all().delete()
    call_off(found, by=SYSTEM)
    work_off()
    assert written() == [("contribution_off", "ada@stadt.example"), ("contribution_off", "cora@stadt.example")]


def test_a_week_before_the_deadline_she_is_reminded_once() -> None:
    found = gathering(2)
    deadline = dt.date(2027, 6, 1)
    row = invite(found, "Ada", answer_until=deadline)
    accept(invite(found, "Ben", "Licht", answer_until=deadline))
    invite(found, "Cora", "Wege")
    verbs.withdraw_invitation(invite(found, "Dora", "Orte", answer_until=deadline), by=SYSTEM)
    Mail.objects.all().delete()
    week_before = BEFORE.replace(month=5, day=25)
    for moment, expected in ((week_before - DAY, 0), (week_before, 1), (week_before + DAY, 1), (week_before + 8 * DAY, 1)):
        with clock.moved_to(moment):
            TASKS["events.remind_speakers"].run(None)  # type: ignore[arg-type]
        assert (moment, written()) == (moment, [("speaker_reminder", "ada@stadt.example")] * expected)
    row.refresh_from_db()
    assert row.reminded_at == week_before
    mail = Mail.objects.get()
    assert (mail.subject, path_of(row) in mail.text) == ("Erinnerung: Wirken Sie bei unserer Veranstaltung mit?", True)
    assert SCHEDULES["events.remind_speakers"].rule.latest(BEFORE).hour == 7


def test_nobody_is_reminded_of_what_she_has_just_got_or_what_does_not_take_place() -> None:
    found, off = gathering(2), gathering(2)
    soon = clock.today() + 5 * DAY
    for one in (found, off):
        invite(one, answer_until=soon)
    call_off(off, by=SYSTEM)
    assert verbs.remind_speakers() == 0
    with clock.moved_to(BEFORE + 2 * DAY):
        assert (verbs.remind_speakers(), verbs.remind_speakers()) == (1, 0)


def test_what_was_released_stays_until_it_is_released_anew() -> None:
    found = gathering(2)
    row = invite(found)
    place_session(row.session, Slot(BEGINS, BEGINS + dt.timedelta(hours=1)), by=SYSTEM)
    assert conflicts_of(found) == {row.session.reference: ["Ada Muster ist eingeladen und hat noch nicht zugesagt."]}
    release_programme(found, knowing_conflicts=True, by=SYSTEM)
    accept(row, "Ganz anders", biography="Leitet das Amt.")
    programme = released_programme(found)
    assert programme is not None
    assert [(part.title, programme.names(part)) for part in programme.parts] == [("Graffiti", ("Ada Muster",))]
    assert conflicts_of(found) == {}
    decline_invitation(row, by=ANYONE)
    release_programme(found, by=SYSTEM)
    programme = released_programme(found)
    assert programme is not None
    assert [(part.title, programme.names(part)) for part in programme.parts] == [("Ganz anders", ())]


def test_fee_and_travel_are_read_with_the_key_only() -> None:
    row = accept(invite(gathering(2)), fee="250", travel="Zug")
    kept, word = Expenses.objects.get(), path_of(row).split("/")[-2]
    assert ("250" in kept.sealed, "Zug" in kept.sealed) == (False, False)
    assert claim_of(row) == Claim(Decimal("250.00"), "Zug")
    with override_settings(SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert invitation_under(row.reference, word) == row
        assert seal_expenses_anew() == (1, 0)
    with override_settings(SECRET_KEY="n" * 50):
        assert (claim_of(row).travel, invitation_under(row.reference, word)) == ("Zug", None)
    assert (seal_expenses_anew(), claim_of(row), costs_of(row.session.gathering).total.value) == ((0, 1), Claim(), 0)


def test_who_says_nothing_of_money_leaves_nothing_of_it() -> None:
    row = accept(invite(gathering(2)), fee="250")
    accept(row)
    assert Expenses.objects.exists() is False
    accept(row, fee="0")
    assert str(claim_of(row).amount) == "0 €"


def test_a_session_goes_with_its_invitations() -> None:
    row = accept(invite(gathering(2)), fee="250")
    hand_in_slides(row, "a.pdf", io.BytesIO(b"%PDF-1"), documented=True, by=ANYONE)
    remove_session(row.session, by=SYSTEM)
    assert [model.objects.count() for model in (Invitation, Expenses, Slides, Session)] == [0] * 4
    with pytest.raises(verbs.InvitationError, match=r"Diese Einladung gibt es nicht mehr\."):
        accept(row)


def test_changes_of_a_speaker_leave_a_trace() -> None:
    speaker = add_speaker(gathering(2), SpeakerFacts("Ada"), by=SYSTEM)
    change_speaker(speaker, SpeakerFacts("Ada Muster"), by=SYSTEM)
    assert list(Entry.objects.filter(kind="speakers", key=speaker.reference).order_by("pk").values_list("action", flat=True)) == ["created", "changed"]


def test_what_goes_two_and_eight_weeks_later() -> None:
    found = gathering(2)
    yes, no, silent = accept(invite(found, "Ada"), fee="250"), invite(found, "Ben", "Licht"), invite(found, "Cora", "Wege")
    shown = accept(invite(found, "Dora", "Orte"), "Orte")
    add_session(found, SessionFacts("talk", "Anderes", speakers=[silent.speaker]), by=SYSTEM)
    decline_invitation(no, by=ANYONE)
    for row in (yes, shown):
        hand_in_slides(row, "a.pdf", io.BytesIO(b"%PDF-1"), documented=row == shown, by=ANYONE)
    rules = [DELETION_RULES[key].delete for key in ("invitations", "slides")]
    end = found.ends_at
    with clock.moved_to(end + 14 * DAY):
        assert [delete(None) for delete in rules] == [0, 0]  # type: ignore[arg-type]
    with clock.moved_to(end + 15 * DAY):
        assert [delete(None) for delete in rules] == [2, 0]  # type: ignore[arg-type]
    assert set(Speaker.objects.values_list("name", flat=True)) == {"Ada", "Cora", "Dora"}
    assert claim_of(yes).fee == Decimal("250.00")
    with clock.moved_to(end + 57 * DAY):
        assert [delete(None) for delete in rules] == [2, 1]  # type: ignore[arg-type]
    assert (Expenses.objects.count(), [row.speaker.name for row in Slides.objects.all()]) == (0, ["Dora"])
    with clock.moved_to(end + 5 * 365 * DAY):
        assert DELETION_RULES["slides"].delete(None) == 0  # type: ignore[arg-type]
    with clock.moved_to(end + (5 * 365 + 1) * DAY):
        assert DELETION_RULES["slides"].delete(None) == 1  # type: ignore[arg-type]
    assert not Slides.objects.exists()


def test_files_that_nothing_names_go_a_day_later() -> None:
    row = accept(invite(gathering(2)))
    first = hand_in_slides(row, "a.pdf", io.BytesIO(b"%PDF-1"), documented=False, by=ANYONE)
    second = hand_in_slides(row, "b.pdf", io.BytesIO(b"%PDF-2"), documented=False, by=ANYONE)
    assert [file_of(one).read_bytes() for one in (first, second)] == [b"%PDF-1", b"%PDF-2"]
    paths = [path for give in NAMED_FILES for path in give() if path.startswith("files/slides/")]
    assert paths == [f"files/slides/{second.reference}"]
    assert (Path(settings.DATA_FOLDER) / paths[0]).is_file()
    stray, _digest, _size = SHELF.keep(io.BytesIO(b"%PDF-3"))
    yesterday = dt.datetime.now(tz=dt.UTC).timestamp() - 25 * 3600
    for path in (file_of(first), file_of(second), file_of(second).with_name(stray)):
        os.utime(path, (yesterday, yesterday))
    assert SHELF.clear() >= 2
    assert [path.exists() for path in (file_of(first), file_of(second), file_of(second).with_name(stray))] == [False, True, False]


def test_a_second_click_with_the_same_slides_changes_nothing() -> None:
    row = accept(invite(gathering(2)))
    first, second = (hand_in_slides(row, "a.pdf", io.BytesIO(b"%PDF-1"), documented=False, by=ANYONE) for _click in range(2))
    assert first == second
    assert first.reference == second.reference


def test_everybody_may_read_what_she_was_asked_and_said() -> None:
    account, _principal = member("coordinator", FRANKENBERG, email="ada@stadt.example")
    row = invite(gathering(2), note="Sie wissen es.")
    accept_invitation(row, Contribution("Graffiti heute", technology="Beamer", photo_consent=True, claim=Claim(Decimal(250), "Zug")), by=ANYONE)
    hand_in_slides(row, "a.pdf", io.BytesIO(b"%PDF-1"), documented=False, by=ANYONE)
    (own,) = SUBJECT_RECORDS["contributions"].rows(subject_of(account.pk))
    assert own == {
        "Veranstaltung": "Fachtag",
        "Name": "Ada Muster",
        "Organisation": "",
        "Beiträge": "Graffiti heute",
        "Zur Person": "",
        "Fotos": "dürfen gezeigt werden",
        "Einladung": "Graffiti: zugesagt",
        "Persönlicher Satz": "Sie wissen es.",
        "Technik": "Beamer",
        "Honorar": "250 €",
        "Reise": "Zug",
        "Folien": "a.pdf",
    }
