# SPDX-License-Identifier: EUPL-1.2
"""What those who invite decide, whom somebody brings, and what she eats and needs."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.test.utils import override_settings

from asskomm.core.audit.domain.reading import write_notes
from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.jobs.domain import orders
from asskomm.core.mail.models import Mail
from asskomm.core.retention import SUBJECT_RECORDS
from asskomm.core.retention.domain.access import subject_of
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.admitting import approve, enrol, refuse
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.gatherings import GatheringError, Terms, set_terms
from asskomm.events.domain.letters import path_of
from asskomm.events.domain.needs import needs_text, seal_needs_anew
from asskomm.events.domain.offers import ACCEPTS, HOLDS
from asskomm.events.domain.queries.travelling import travelling_of
from asskomm.events.domain.registering import Applicant, Details, cancel, change_details, confirm, pass_on, register
from asskomm.events.enums import Ask, ParticipantType
from asskomm.events.models import Gathering, Needs, Places, Registration
from asskomm.territory.models import Municipality
from tests.events.making import BEFORE, BEGINS, applicant, come, gathering, standing
from tests.making import COUNCIL, GOERLITZ, member, work_off
from tests.reading import field_errors, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
EVERYTHING = Terms(asks=Ask.values)


@pytest.fixture(autouse=True)
def _in_may() -> Iterator[None]:
    with clock.moved_to(BEFORE):
        yield


def letters(email: str = "ada@stadt.example") -> list[str]:
    """Give the kinds of the letters to an address, oldest first."""
    return list(Mail.objects.filter(address__email=email).order_by("pk").values_list("kind", flat=True))


def come_with(found: Gathering, *names: str) -> Registration:
    """Register Ada with others."""
    return register(found, applicant("Ada"), names, by=ANYONE)


def test_who_has_to_be_looked_at_takes_no_place_until_somebody_says_yes() -> None:
    found = gathering(1, terms=Terms(approves=True))
    ada, ben, cem = (come(found, name) for name in ("Ada", "Ben", "Cem"))
    for row in (ada, ben, cem):
        confirm(row, by=ANYONE)
    assert (standing(found), Places.objects.get().taken) == ({"Ada": "waiting", "Ben": "waiting", "Cem": "waiting"}, 0)
    approve(ben, by=SYSTEM)
    approve(ben, by=SYSTEM)
    approve(cem, by=SYSTEM)
    refuse(ada, by=SYSTEM)
    assert standing(found) == {"Ada": "refused", "Ben": "confirmed", "Cem": "waiting"}
    assert letters() == ["registration_to_confirm", "registration_applied", "registration_refused"]
    assert letters("ben@stadt.example") == ["registration_to_confirm", "registration_applied", "registration_confirmed"]
    assert letters("cem@stadt.example") == ["registration_to_confirm", "registration_applied", "registration_waiting"]
    with pytest.raises(RegistrationError):
        confirm(ada, by=ANYONE)
    refuse(ben, by=SYSTEM)
    assert standing(found) == {"Ada": "refused", "Ben": "refused", "Cem": "offered"}


def test_where_nobody_has_to_look_any_more_the_line_moves_up() -> None:
    found = gathering(1, terms=Terms(approves=True))
    for name in ("Ada", "Ben"):
        confirm(come(found, name), by=ANYONE)
    set_terms(found, Terms(), by=SYSTEM)
    assert standing(found) == {"Ada": "offered", "Ben": "waiting"}


def test_only_those_who_invite_decide() -> None:
    found = gathering(1, terms=Terms(approves=True))
    row = come(found, "Ada")
    _account, stranger = member("coordinator", GOERLITZ)
    for verb in (approve, refuse):
        with pytest.raises(PermissionDenied):
            verb(row, by=stranger)
    with pytest.raises(PermissionDenied):
        enrol(found, applicant("Ben"), by=stranger)
    with pytest.raises(PermissionDenied):
        set_terms(found, Terms(), by=stranger)
    assert standing(found) == {"Ada": "waiting"}


def test_terms_fit_together() -> None:
    found = gathering(2)
    for terms, sentence in (
        (Terms(BEGINS), "Die Anmeldung würde enden, bevor sie beginnt."),
        (Terms(contingents={ParticipantType.STATE_POLICE: 3}), "Eine Höchstzahl ist größer als die Zahl der Plätze."),
    ):
        with pytest.raises(GatheringError) as fault:
            set_terms(found, terms, by=SYSTEM)
        assert str(fault.value) == sentence
    with pytest.raises(GatheringError) as fault:
        set_terms(gathering(None), Terms(), by=SYSTEM)
    assert str(fault.value) == "Tragen Sie erst ein, wie viele Plätze es gibt."


def test_whom_somebody_brings_has_a_number_and_a_place_of_her_own() -> None:
    found = gathering(2, terms=EVERYTHING)
    ada = come_with(found, "Ben", "Cem")
    assert standing(found) == {"Ada": "held", "Ben": "held", "Cem": "waiting"}
    confirm(ada, by=ANYONE)
    assert standing(found) == {"Ada": "confirmed", "Ben": "confirmed", "Cem": "waiting"}
    assert letters() == ["registration_to_confirm", "registration_confirmed"]
    assert "- Ben: angemeldet\n- Cem: auf der Warteliste\n" in Mail.objects.get(kind="registration_confirmed").text
    ben, cem = ada.companions.order_by("number")
    cancel(ben, by=ANYONE)
    assert standing(found) == {"Ada": "confirmed", "Ben": "cancelled", "Cem": "offered"}
    assert letters()[2:] == ["registration_offered", "registration_cancelled"]
    assert "Es geht um Cem." in Mail.objects.get(kind="registration_offered").text
    confirm(cem, by=ANYONE)
    cancel(ada, by=ANYONE, together=True)
    assert (standing(found), Places.objects.get().taken) == ({"Ada": "cancelled", "Ben": "cancelled", "Cem": "cancelled"}, 0)


def test_whoever_comes_too_late_comes_too_late_with_all_of_them() -> None:
    found = gathering(2, terms=EVERYTHING)
    ada = come_with(found, "Ben")
    with clock.moved_to(BEFORE + HOLDS):
        pass_on(found)
        assert standing(found) == {"Ada": "lapsed", "Ben": "lapsed"}
        confirm(ada, by=ANYONE)
        assert standing(found) == {"Ada": "confirmed", "Ben": "confirmed"}
        assert list(Registration.objects.order_by("number").values_list("number", flat=True)) == [3, 4]


def test_an_offer_to_somebody_who_is_brought_lapses_like_any_other() -> None:
    found = gathering(1, terms=EVERYTHING)
    ben = come(found, "Ben")
    confirm(ben, by=ANYONE)
    confirm(come_with(found, "Cem"), by=ANYONE)
    cancel(ben, by=ANYONE)
    assert standing(found) == {"Ben": "cancelled", "Ada": "offered", "Cem": "waiting"}
    with clock.moved_to(BEFORE + ACCEPTS):
        pass_on(found)
        assert standing(found) == {"Ben": "cancelled", "Ada": "lapsed", "Cem": "offered"}
        assert letters()[-2:] == ["registration_lapsed", "registration_offered"]


def test_so_many_at_once_are_refused() -> None:
    with pytest.raises(RegistrationError):
        come_with(gathering(90, terms=EVERYTHING), *(f"gast{number}" for number in range(21)))
    assert not Registration.objects.exists()


def test_whoever_calls_is_entered_without_a_second_step() -> None:
    found = gathering(1)
    assert enrol(found, Applicant("Ada", "", "municipality"), by=SYSTEM).state == "confirmed"
    assert enrol(found, applicant("Ben"), by=SYSTEM).state == "waiting"
    assert enrol(found, applicant("Ben"), by=SYSTEM).number == 2
    assert letters("ben@stadt.example") == ["registration_waiting"]
    with clock.moved_to(BEGINS + dt.timedelta(days=1)), pytest.raises(RegistrationError):
        enrol(found, applicant("Cem"), by=SYSTEM)


def test_what_somebody_needs_is_enciphered_and_goes_two_weeks_later() -> None:
    found = gathering(2, terms=EVERYTHING)
    account, _principal = member("coordinator", GOERLITZ, email="ada@stadt.example")
    row = register(found, Applicant("Ada", "ada@stadt.example", "other", details=Details(meal="vegan", needs="Rollstuhl")), by=ANYONE)
    needs = Needs.objects.get()
    assert ("Rollstuhl" in needs.sealed, needs_text(needs)) == (False, "Rollstuhl")
    record = next(iter(SUBJECT_RECORDS["registrations"].rows(subject_of(account.pk))))
    assert (record["Essen"], record["Bedarf"]) == ("vegan", "Rollstuhl")
    change_details(row, "Ada M.", Details(meal="vegetarian"), by=ANYONE)
    assert Needs.objects.values_list("meal", "sealed").get() == ("vegetarian", "")
    change_details(row, "Ada M.", Details(), by=ANYONE)
    assert (standing(found), Needs.objects.count()) == ({"Ada M.": "held"}, 0)
    change_details(row, "Ada M.", Details(needs="Rollstuhl"), by=ANYONE)
    confirm(row, by=ANYONE)
    for days, left in ((13, 1), (15, 0)):
        with clock.moved_to(BEGINS + dt.timedelta(days=days)):
            orders.order("retention.delete", by=SYSTEM)
            work_off()
            assert Needs.objects.count() == left
    cancel_at = BEFORE
    with clock.moved_to(cancel_at):
        cancel(row, by=ANYONE)
        with pytest.raises(RegistrationError):
            change_details(row, "Ada", Details(), by=ANYONE)


def test_another_key_closes_it_anew_and_what_no_key_opens_is_counted() -> None:
    row = register(gathering(2), Applicant("Ada", "ada@stadt.example", "other", details=Details(needs="Rollstuhl")), by=ANYONE)
    from django.conf import settings

    former = settings.SECRET_KEY
    with override_settings(SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=[former]):
        assert seal_needs_anew() == (1, 0)
    with override_settings(SECRET_KEY="n" * 50):
        assert needs_text(Needs.objects.get(registration=row)) == "Rollstuhl"
    assert (seal_needs_anew(), needs_text(Needs.objects.get())) == ((0, 1), "")


def test_the_council_sets_terms_says_yes_enters_somebody_and_sees_what_they_need(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council", COUNCIL)
    found = gathering(2)
    here = found.get_absolute_url()
    wanted = {"registers_from": "01.04.2027 08:00", "approves": "on", "asks": ["meal", "needs", "listing"], "places_state_police": "1"}
    assert client.post(f"{here}anmeldung-einrichten/", wanted | {"places_other": "-1"}).status_code == 422
    assert client.post(f"{here}anmeldung-einrichten/", wanted).status_code == 302
    found.refresh_from_db()
    assert (found.approves, found.asks, found.places.get(contingent="state_police").capacity) == (True, ["listing", "meal", "needs"], 1)
    shown = client.get(f"{here}anmeldung-einrichten/").content.decode()
    assert 'value="01.04.2027 08:00"' in shown
    assert said(shown).count("Eine Höchstzahl hält keine Plätze frei.") == 1
    more = client.post(f"{here}anmeldung-einrichten/", wanted | {"places_state_police": "3"})
    assert "Eine Höchstzahl ist größer als die Zahl der Plätze." in said(more.content.decode())

    ada = {"name": "Ada", "email": "ada@stadt.example", "participant_type": "other", "meal": "vegan", "needs": "Rollstuhl"}
    answer = Client().post(f"{here}anmelden/", ada)
    assert answer.status_code == 200
    row = Registration.objects.get()
    confirm(row, by=ANYONE)
    assert "Ihre Anmeldung liegt den Einladenden vor." in said(client.get(path_of(row)).content.decode())
    assert "Zu entscheiden Ada , andere Zusagen Ablehnen" in said(client.get(f"{here}anmeldungen/").content.decode())
    done = client.post(f"{here}anmeldungen/1/zusagen/", follow=True)
    assert "Ada: angemeldet." in said(done.content.decode())
    assert client.post(f"{here}anmeldungen/1/unfug/").status_code == 404
    entered = client.post(f"{here}anmeldungen/neu/", {"name": "Ben", "participant_type": "speaker", "meal": "vegan"}, follow=True)
    assert "Ben ist angemeldet." in said(entered.content.decode())
    full = client.post(f"{here}anmeldungen/neu/", {"name": "Cem", "participant_type": "speaker"}, follow=True)
    assert "Alle Plätze sind vergeben: Cem steht auf der Warteliste." in said(full.content.decode())
    assert "Landespolizei 0 von höchstens 1 Plätzen vergeben" in said(full.content.decode())
    page = said(client.get(f"{here}bedarf/").content.decode())
    assert "Für die Küche vegan 2 Wer was braucht Ada Rollstuhl" in page
    write_notes()
    assert Entry.objects.filter(kind="gatherings", key=found.reference, action="read").count() == 1


def test_those_who_could_share_a_car_stand_side_by_side_until_the_names_go(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council", COUNCIL)
    found = gathering(8, terms=EVERYTHING)
    here = f"{found.get_absolute_url()}bedarf/"
    assert "Noch hat niemand etwas angegeben." in said(client.get(here).content.decode())
    goerlitz = Municipality.objects.get(pk=GOERLITZ)
    for name, travel, organisation, place in (
        ("Ada", "car_with_room", "Stadtverwaltung", goerlitz),
        ("Ben", "lift_wanted", "Offene Tür e. V.", None),
        ("Cem", "public", "", None),
        ("Eva", "public", "", None),
        ("Fin", "", "", None),
    ):
        address = f"{name.lower()}@stadt.example"
        confirm(register(found, Applicant(name, address, "municipality", place, Details(organisation, travel=travel)), by=ANYONE), by=ANYONE)
    register(found, Applicant("Gil", "gil@stadt.example", "other", None, Details(travel="car")), by=ANYONE)  # has not confirmed
    page = said(client.get(here).content.decode())
    assert "Anreise Bahn oder Bus 2 Auto, kann jemanden mitnehmen 1 sucht eine Mitfahrgelegenheit 1 keine Angabe 1 Wer jemanden" in page
    assert "Wer jemanden mitnehmen kann Ada – Görlitz Wer eine Mitfahrgelegenheit sucht Ben – Offene Tür e. V." in page
    assert "Essen, Bedarf, Anreise" in said(client.get(f"{found.get_absolute_url()}anmeldungen/").content.decode())
    rows = [line.split(";") for line in client.get(f"{found.get_absolute_url()}anmeldungen.csv").content.decode("utf-8-sig").splitlines()]
    assert "Auto, kann jemanden mitnehmen" in str(rows)
    with clock.moved_to(BEGINS + dt.timedelta(days=57)):
        orders.order("retention.delete", by=SYSTEM)
        work_off()
        assert "Noch hat niemand etwas angegeben." in said(client.get(here).content.decode())
        assert set(found.registrations.values_list("travel", flat=True)) == {""}


def test_whoever_is_brought_comes_from_where_those_come_who_bring_her() -> None:
    found = gathering(4, terms=EVERYTHING)
    ada = register(found, Applicant("Ada", "ada@stadt.example", "other", None, Details("Offene Tür e. V.")), ["Ben"], by=ANYONE)
    confirm(ada, by=ANYONE)
    Registration.objects.filter(name="Ben").update(travel="lift_wanted", organisation="")
    assert travelling_of(found).looking == (("Ben", "Offene Tür e. V."),)


def test_whoever_registers_brings_others_changes_what_she_said_and_sees_who_agreed_to_be_seen(client: Client) -> None:
    found = gathering(4, terms=EVERYTHING)
    here = f"{found.get_absolute_url()}anmelden/"
    ada = {"name": "Ada", "email": "ada@stadt.example", "participant_type": "municipality", "organisation": "Görlitz"}
    answer = client.post(here, ada | {"companions": "\n".join(["x"] * 21)})
    assert field_errors(answer).keys() == {"companions"}
    assert client.post(here, ada | {"companions": " Ben \n\nCem", "travel": "public"}).status_code == 200
    row, ben, cem = Registration.objects.order_by("number")
    assert (ben.name, ben.municipality_id, ben.organisation, cem.email, cem.writes_to) == ("Ben", GOERLITZ, "Görlitz", "", "ada@stadt.example")
    assert client.get(f"{path_of(row)}teilnehmende/").status_code == 404
    client.post(path_of(row), {"action": "bestaetigen"})
    page = said(client.get(path_of(row)).content.decode())
    assert "Wen Sie mitbringen Ben : angemeldet Cem : angemeldet" in page
    assert "Noch hat niemand zugestimmt." in said(client.get(f"{path_of(row)}teilnehmende/").content.decode())
    form = client.get(f"{path_of(row)}aendern/").content.decode()
    assert 'value="Görlitz"' in form
    assert "lassen sich hier nicht ändern: Melden Sie sich dafür ab und neu an" in said(form)
    assert "Wer noch mitkommt, meldet sich mit eigener E-Mail-Adresse selbst an." in said(form)
    changed = {"name": "Ada Muster", "organisation": "Stadt Görlitz", "listed": "on", "travel": "car"}
    assert client.post(f"{path_of(row)}aendern/", changed | {"name": ""}).status_code == 422
    client.post(f"{path_of(row)}aendern/", changed)
    assert "Ada Muster – Stadt Görlitz" in said(client.get(f"{path_of(ben)}teilnehmende/").content.decode())
    client.post(path_of(row), {"action": "alle-abmelden"})
    assert set(standing(found).values()) == {"cancelled"}
    assert client.post(f"{path_of(row)}aendern/", changed).status_code == 422
