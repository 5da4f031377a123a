# SPDX-License-Identifier: EUPL-1.2
"""The programme of a gathering: rooms, tracks, speakers, sessions, and what is forgotten of them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
from asskomm.core.retention.domain.access import subject_of
from asskomm.core.visibility import SYSTEM
from asskomm.events.domain import programme as verbs
from asskomm.events.domain.programme import ProgrammeError, SessionFacts, Slot, SpeakerFacts
from asskomm.events.domain.programme_content import released_programme
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.models import Session, Speaker
from asskomm.library.models import FieldOfAction
from tests.events.making import BEFORE, BEGINS, gathering
from tests.making import FRANKENBERG, member

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def test_a_session_gets_its_place_and_loses_it_again() -> None:
    found = gathering()
    hall = verbs.add_room(found, "Saal", 200, by=SYSTEM)
    track = verbs.add_track(found, "Jugend", by=SYSTEM)
    ada, ben = (verbs.add_speaker(found, SpeakerFacts(name), by=SYSTEM) for name in ("Ada", "Ben"))
    about = list(FieldOfAction.objects.all()[:2])
    facts = SessionFacts("talk", "Graffiti", track=track, fields=about, speakers=[ben, ada])
    session = verbs.add_session(found, facts, by=SYSTEM)
    assert (session.starts_at, list(session.fields.all()), [str(row) for row in session.speakings.all()]) == (None, about, ["Ben", "Ada"])
    placed = verbs.place_session(session, Slot(BEGINS, BEGINS + HOUR, hall), by=SYSTEM)
    assert (placed.room, placed.starts_at, placed.ends_at) == (hall, BEGINS, BEGINS + HOUR)
    changed = verbs.change_session(placed, SessionFacts("workshop", "Graffiti heute", speakers=[ada]), by=SYSTEM)
    assert (changed.room, changed.guid, changed.track, [str(row) for row in changed.speakings.all()]) == (hall, facts.guid, None, ["Ada"])
    verbs.place_session(changed, None, by=SYSTEM)
    row = Session.objects.get()
    assert (row.room, row.starts_at, row.ends_at) == (None, None, None)
    verbs.remove_session(changed, by=SYSTEM)
    assert list(Entry.objects.filter(kind="sessions").order_by("pk").values_list("action", flat=True)) == ["created", *["changed"] * 3, "removed"]


def test_what_does_not_fit_is_refused() -> None:
    found, other = gathering(), gathering()
    hall, foreign = verbs.add_room(found, "Saal", by=SYSTEM), verbs.add_room(other, "Saal", by=SYSTEM)
    session = verbs.add_session(found, SessionFacts("talk", "Graffiti"), by=SYSTEM)
    for slot in (Slot(BEGINS, BEGINS, hall), Slot(BEGINS, BEGINS + HOUR, foreign)):
        with pytest.raises(ProgrammeError):
            verbs.place_session(session, slot, by=SYSTEM)
    with pytest.raises(ProgrammeError, match="„Saal“ gibt es schon"):
        verbs.add_room(found, "Saal", by=SYSTEM)
    with pytest.raises(ProgrammeError):
        verbs.change_session(session, SessionFacts("talk", "x", speakers=[verbs.add_speaker(other, SpeakerFacts("Ada"), by=SYSTEM)]), by=SYSTEM)
    for half in ({"starts_at": BEGINS}, {"ends_at": BEGINS}, {"starts_at": BEGINS, "ends_at": BEGINS}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.update(**half)


def test_only_those_who_invite_plan() -> None:
    found = gathering()
    session = verbs.add_session(found, SessionFacts("talk", "Graffiti"), by=SYSTEM)
    _account, stranger = member("coordinator", FRANKENBERG)
    for verb in (
        lambda: verbs.add_room(found, "Saal", by=stranger),
        lambda: verbs.add_track(found, "Jugend", by=stranger),
        lambda: verbs.add_speaker(found, SpeakerFacts("Ada"), by=stranger),
        lambda: verbs.add_session(found, SessionFacts("talk", "x"), by=stranger),
        lambda: verbs.change_session(session, SessionFacts("talk", "x"), by=stranger),
        lambda: verbs.place_session(session, None, by=stranger),
        lambda: verbs.remove_session(session, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            verb()


def test_of_whoever_spoke_the_name_stays_and_the_address_goes() -> None:
    found = gathering()
    account, _reader = member("coordinator", FRANKENBERG, email="ada@stadt.example")
    ada = verbs.add_speaker(found, SpeakerFacts("Ada", "ada@stadt.example", "Görlitz", biography="Leitet das Amt.", photo_consent=True), by=SYSTEM)
    verbs.add_speaker(found, SpeakerFacts("Ben", "ben@stadt.example"), by=SYSTEM)
    verbs.add_session(found, SessionFacts("talk", "Graffiti", speakers=[ada]), Slot(BEGINS, BEGINS + HOUR), by=SYSTEM)
    release_programme(found, by=SYSTEM)
    (row,) = SUBJECT_RECORDS["contributions"].rows(subject_of(account.pk))
    assert (row["Name"], row["Beiträge"]) == ("Ada", "Graffiti")
    rule = DELETION_RULES["speakers"]
    with clock.moved_to(found.ends_at + dt.timedelta(days=55)):
        assert rule.delete(None) == 0  # type: ignore[arg-type]
    with clock.moved_to(found.ends_at + dt.timedelta(days=57)):
        # Ben, Ada's address, and what was released of her
        assert rule.delete(None) == 3  # type: ignore[arg-type]
        assert rule.delete(None) == 0  # type: ignore[arg-type]
        released = released_programme(found)
    assert released is not None
    assert [(voice.name, voice.organisation, voice.biography) for voice in released.voices] == [("Ada", "Görlitz", "")]
    assert list(Speaker.objects.values_list("name", "email", "biography", "photo_consent")) == [("Ada", "", "", True)]
    with clock.moved_to(found.ends_at + dt.timedelta(days=5 * 365 + 1)):
        assert rule.delete(None) == 1  # type: ignore[arg-type]
    assert list(Speaker.objects.values_list("name", "photo_consent")) == [("Ada", False)]
