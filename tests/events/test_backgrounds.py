# SPDX-License-Identifier: EUPL-1.2
"""For whom somebody speaks is known from the first word on, asked where it is not, and never guessed."""

import importlib
from collections.abc import Callable

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from asskomm.core.clock import clock
from asskomm.core.estimates import Quality
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.attendance import Note, check_in
from asskomm.events.domain.invitation_letters import path_of
from asskomm.events.domain.programme import Slot, SpeakerFacts, add_speaker, place_session
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.queries.arriving import counted_now
from asskomm.events.domain.queries.backgrounds import Background, background_of
from asskomm.events.domain.queries.contributing import contributions_to
from asskomm.events.domain.registering import Applicant, Details, change_details, register
from asskomm.events.models import Gathering, Speaker
from asskomm.people.enums import OF_PLACES, OrganisationKind
from asskomm.people.models import Organisation
from tests.events.making import BEFORE, BEGINS, accept, come, gathering, invite
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, place, work_off
from tests.reading import said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


def known(name: str) -> tuple[str, str, str]:
    row = Speaker.objects.get(name=name)
    return row.organisation, row.participant_type, row.level


@pytest.mark.parametrize(
    ("organisation", "said_type", "expected"),
    [
        ("", "", Background()),
        ("Irgendeine Stelle", "", Background()),
        ("Irgendeine Stelle", "association", Background("association")),
        (" görlitz ", "", Background("municipality", "local")),
        ("Stadtverwaltung Görlitz", "", Background("municipality", "local")),
        ("Görlitz", "state_police", Background("state_police", "state")),
        ("Landespräventionsrat Sachsen", "", Background("other", "state")),
        ("Polizeidirektion Musterstadt", "", Background("state_police", "state")),
        ("Bundespolizei", "federal_police", Background("federal_police", "federal")),
    ],
)
def test_an_organisation_says_for_whom(organisation: str, said_type: str, expected: Background) -> None:
    Organisation.objects.create(kind=OrganisationKind.POLICE_DIRECTORATE, name="Polizeidirektion Musterstadt")
    assert background_of(organisation, said_type, BEFORE.date()) == expected


def test_every_kind_of_organisation_has_one() -> None:
    places = dict(Organisation.objects.filter(kind__in=OF_PLACES).values_list("kind", "name"))
    for kind in OrganisationKind:
        name = places.get(kind) or Organisation.objects.create(kind=kind, name=f"Stelle {kind.value}").name
        assert background_of(name, "", BEFORE.date()).participant_type, kind


def test_who_asks_says_for_whom_and_who_is_asked_where_nobody_said_it(client: Client, sign_in: SignIn) -> None:
    found = gathering(9)
    sign_in("state_council", COUNCIL)
    ada_is = {"name": "Ada Muster", "email": "ada@stadt.example", "organisation": "Revier Mitte", "participant_type": "state_police"}
    for asked in (ada_is, {"name": "Ben Muster", "email": "ben@stadt.example"}):
        assert client.post(reverse("events:invite", args=[found.reference]), {"topic": "Graffiti", "kind": "talk", **asked}).status_code == 302
    assert (known("Ada Muster"), known("Ben Muster")) == (("Revier Mitte", "state_police", "state"), ("", "", ""))
    ada, ben = found.sessions.get(speakings__speaker__name="Ada Muster").invitations.get(), Speaker.objects.get(name="Ben Muster").invitations.get()
    accept(ada, organisation="Anderswo")
    accept(ben, organisation="  Stadt  Görlitz ")
    assert (known("Ada Muster"), known("Ben Muster")) == (("Revier Mitte", "state_police", "state"), ("Stadt Görlitz", "municipality", "local"))


def test_the_link_asks_only_whoever_it_is_not_known_of(client: Client) -> None:
    found = gathering(9)
    asked, not_asked = invite(found), invite(found, "Ben Muster", organisation="Görlitz")
    assert "Für wen sprechen Sie?" in said(client.get(path_of(asked)).content.decode())
    assert "Für wen sprechen Sie?" not in said(client.get(path_of(not_asked)).content.decode())


def released(found: Gathering, *speakers: SpeakerFacts) -> Gathering:
    for facts in speakers:
        add_speaker(found, facts, by=SYSTEM)
    for number, speaker in enumerate(found.speakers.order_by("pk")):
        session = invite(found, speaker.name, topic=f"Beitrag {number}", email=speaker.email).session
        place_session(session, Slot(BEGINS, BEGINS.replace(hour=12)), by=SYSTEM)
    release_programme(found, knowing_conflicts=True, by=SYSTEM)
    return found


def test_the_share_of_the_police_is_of_those_of_whom_it_is_known() -> None:
    police, town = (
        SpeakerFacts("Ada Muster", "ada@stadt.example", "Revier", "state_police", "state"),
        SpeakerFacts("Bea Muster", "bea@stadt.example", "Görlitz", "municipality"),
    )
    found = released(gathering(9), police, town, SpeakerFacts("Cem Muster", "cem@stadt.example"))
    told = contributions_to(found)
    assert told is not None
    assert (told.police.value, told.police.quality) == (0.5, Quality.LIMITED)
    assert told.police.sources[1:] == ("bei 1 Mitwirkenden ist nicht bekannt, für wen",)
    assert [(label, number.value) for label, number in told.by_background] == [("Kommune", 1), ("Landespolizei", 1), ("ohne Angabe", 1)]
    nobody = contributions_to(released(gathering(9), SpeakerFacts("Dan Muster", "dan@stadt.example")))
    assert nobody is not None
    assert (nobody.police.value, nobody.police.quality) == (None, Quality.LIMITED)


def test_before_it_is_released_those_are_named_of_whom_it_is_not_known(client: Client, sign_in: SignIn) -> None:
    found = released(gathering(9), SpeakerFacts("Ada Muster", "ada@stadt.example", "Görlitz", "municipality"), SpeakerFacts("Cem Muster", "cem@stadt.example"))
    sign_in("state_council", COUNCIL)
    page = said(client.get(reverse("events:programme_release", args=[found.reference])).content.decode())
    assert "Für wen sie sprechen, ist noch offen bei: Cem Muster." in page
    assert "Cem Muster für wen, ist noch offen" in said(client.get(reverse("events:programme_change", args=[found.reference])).content.decode())


def test_whoever_contributes_counts_for_whom_she_speaks() -> None:
    found = gathering(9)
    accept(invite(found, organisation="Revier", participant_type="state_police"))
    accept(invite(found, "Ben Muster"))
    come(found, "Cem", "state_police")
    work_off()
    with clock.moved_to(BEGINS):
        for row in found.registrations.filter(participant_type="speaker"):
            check_in(row, Note(BEGINS), by=SYSTEM)
    assert sorted(counted_now(found)) == [("speaker", 1, 1, 0), ("state_police", 1, 1, 0)]
    assert sorted(found.registrations.values_list("participant_type", flat=True)) == ["speaker", "speaker", "state_police"]


def test_what_stood_there_by_itself_is_taken_back() -> None:
    found = gathering(9)
    for name, more in {"Ada": {}, "Bea": {"organisation": "Görlitz"}, "Cem": {"level": "district"}}.items():
        Speaker.objects.create(gathering=found, name=name, participant_type="other", **more)
    importlib.import_module("asskomm.events.migrations.0021_for_whom").forget_what_nobody_said(apps, None)
    assert dict(Speaker.objects.values_list("name", "participant_type")) == {"Ada": "", "Bea": "other", "Cem": "other"}


def test_whoever_corrects_where_she_comes_from_counts_for_the_right_municipality() -> None:
    ada = register(gathering(9), Applicant("Ada", "ada@stadt.example", "municipality", place(GOERLITZ), Details("Görlitz")), by=ANYONE)
    for organisation, expected in (("Görlitz", GOERLITZ), ("Stadt Frankenberg/Sa.", FRANKENBERG), ("Irgendwo", None)):
        assert change_details(ada, "Ada", Details(organisation), by=ANYONE).municipality_id == expected
        ada.refresh_from_db()
        assert (ada.organisation, ada.municipality_id) == (organisation, expected)
    police = register(gathering(9), Applicant("Ben", "ben@stadt.example", "state_police"), by=ANYONE)
    assert change_details(police, "Ben", Details("Görlitz"), by=ANYONE).municipality_id is None
