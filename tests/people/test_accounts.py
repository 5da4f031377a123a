# SPDX-License-Identifier: EUPL-1.2
"""Verbs: appoint, end, set a password; each refusal is a sentence."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.accounts import AppointmentError, appoint, end_functions, find_organisation, set_password
from asskomm.people.domain.load import load_organisations
from asskomm.people.enums import FunctionRole, OrganisationKind, RelationKind
from asskomm.people.example import PEOPLE, load_example_people
from asskomm.people.models import Account, Function, Organisation, Person, Relation
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, body, member

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 9, 14)


def _appoint(role: str = "coordinator", organisation: str = FRANKENBERG, email: str = "Kim@Example.org") -> Account:
    return appoint(email=email, given_name="Kim", family_name="Muster", role=FunctionRole(role), organisation=body(organisation), start=DAY, by=SYSTEM)


def test_an_appointment_makes_person_account_and_function() -> None:
    account = _appoint()
    assert (account.email, str(account), account.has_usable_password(), account.is_active) == ("kim@example.org", "Kim Muster", False, True)
    (function,) = account.person.functions.all()
    assert (function.organisation, function.role, function.start, function.end) == (body(FRANKENBERG), "coordinator", DAY, None)
    assert str(function) == "Koordinator/in, Frankenberg/Sa."
    function.title = "Stabsstelle"
    assert str(function) == "Stabsstelle, Frankenberg/Sa."


def test_a_known_address_gets_one_more_function_whatever_its_case() -> None:
    first, second = _appoint(), _appoint("mayor", GOERLITZ, "KIM@EXAMPLE.ORG")
    assert first == second == Account.objects.get_by_natural_key("kIM@example.org")
    assert Person.objects.count() == 1
    assert list(first.person.functions.values_list("role", flat=True)) == ["coordinator", "mayor"]


@pytest.mark.parametrize(
    ("role", "fitting"),
    [
        ("coordinator", {"municipality", "town_association"}),
        ("mayor", {"municipality"}),
        ("district", {"district"}),
        ("state_council", {"state_council"}),
        ("police", {"police_directorate", "police_station", "police_prevention", "federal_police", "criminal_police"}),
        ("partner", set(OrganisationKind.values)),
        ("coach", set(OrganisationKind.values)),
        ("administrator", set(OrganisationKind.values)),
    ],
)
def test_a_role_fits_its_kinds_of_organisations(role: str, fitting: set[str]) -> None:
    for kind in set(OrganisationKind.values) - set(Organisation.objects.values_list("kind", flat=True)):
        Organisation.objects.create(kind=kind, name=f"Eine für alle: {kind}")
    accepted = set()
    for kind in OrganisationKind.values:
        organisation = Organisation.objects.filter(kind=kind)[0]
        try:
            appoint(email=f"{kind}@example.org", given_name="K", family_name="M", role=FunctionRole(role), organisation=organisation, start=DAY, by=SYSTEM)
            accepted.add(kind)
        except AppointmentError as fault:
            assert str(fault) == f"Die Rolle „{FunctionRole(role).label}“ passt nicht zu „{organisation}“."  # noqa: PT017 -- the table has both
    assert accepted == fitting


@pytest.mark.parametrize("email", ["", "kim", "kim@", "kim@example", "k im@example.org", "kim@example.org\n"])
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(AppointmentError) as refusal:
        _appoint(email=email)
    assert str(refusal.value) == f"„{email}“ ist keine E-Mail-Adresse."
    assert not Person.objects.exists()


def test_ending_ends_what_is_open_on_that_day() -> None:
    account = _appoint()
    for start, end in ((DAY, DAY + dt.timedelta(days=9)), (dt.date(2020, 1, 1), dt.date(2021, 1, 1)), (DAY + dt.timedelta(days=2), None)):
        Function.objects.create(person=account.person, organisation=body(GOERLITZ), role="mayor", start=start, end=end)
    assert end_functions(email="KIM@example.org", last_day=DAY, by=SYSTEM) == 2
    assert sorted(account.person.functions.values_list("start", "end"), key=str) == [
        (dt.date(2020, 1, 1), dt.date(2021, 1, 1)),
        (DAY, DAY),
        (DAY, DAY),
        (DAY + dt.timedelta(days=2), None),
    ]
    assert end_functions(email="kim@example.org", last_day=DAY, by=SYSTEM) == 0


def test_nobody_ends_or_gets_a_password_without_an_account() -> None:
    for verb in (
        lambda: end_functions(email="wer@example.org", last_day=DAY, by=SYSTEM),
        lambda: set_password(email="wer@example.org", password="lang genug dafür", by=SYSTEM),
    ):
        with pytest.raises(AppointmentError) as refusal:
            verb()
        assert str(refusal.value) == "Einen Zugang für „wer@example.org“ gibt es nicht."


def test_a_password_is_set() -> None:
    _appoint()
    set_password(email="KIM@example.org", password="Regenschirm am Markt", by=SYSTEM)
    assert Account.objects.get().check_password("Regenschirm am Markt")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("kurz", "Dieses Passwort ist zu kurz. Es muss mindestens 12 Zeichen enthalten."),
        ("x" * 11, "Dieses Passwort ist zu kurz. Es muss mindestens 12 Zeichen enthalten."),
        ("1qaz2wsx3edc", "Dieses Passwort steht in Listen gestohlener Passwörter. Nehmen Sie ein anderes."),
        ("", "Dieses Passwort ist zu kurz. Es muss mindestens 12 Zeichen enthalten."),
    ],
)
def test_a_weak_password_is_refused(password: str, sentence: str) -> None:
    _appoint()
    with pytest.raises(AppointmentError) as refusal:
        set_password(email="kim@example.org", password=password, by=SYSTEM)
    assert str(refusal.value) == sentence
    assert not Account.objects.get().has_usable_password()


@pytest.mark.parametrize(
    ("text", "found"),
    [(COUNCIL, COUNCIL), ("14626110", "Görlitz"), ("Görlitz", "Görlitz"), ("14522", "Landkreis Mittelsachsen"), ("Erzgebirgskreis", "Erzgebirgskreis")],
)
def test_an_organisation_is_found_by_name_and_by_key(text: str, found: str) -> None:
    assert str(find_organisation(text)) == found


@pytest.mark.parametrize(("text", "why"), [("Bernsdorf", "nicht eindeutig"), ("Hamburg", "nicht bekannt"), ("", "nicht bekannt"), ("14511", "nicht bekannt")])
def test_another_organisation_is_refused(text: str, why: str) -> None:
    with pytest.raises(AppointmentError) as refusal:
        find_organisation(text)
    assert str(refusal.value) == f"Die Organisation „{text}“ ist {why}. Bei Kommunen hilft der achtstellige Schlüssel."


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Function.objects.update(end=DAY - dt.timedelta(days=1)),
        lambda: Relation.objects.update(start=DAY, end=DAY - dt.timedelta(days=1)),
        lambda: Relation.objects.create(subject=body(GOERLITZ), kind="part_of", target=body(GOERLITZ)),
        lambda: Organisation.objects.create(kind="ministry", name="Sächsisches Staatsministerium des Innern"),
        lambda: Organisation.objects.create(kind="municipality", name="Ohne Ort"),
        lambda: Organisation.objects.create(kind="district", name="Ohne Kreis"),
        lambda: Organisation.objects.filter(name="Institut B3").update(district="14511"),
        lambda: Account.objects.create(email="kim@example.org", person=Person.objects.create(given_name="K", family_name="M")),
    ],
)
def test_the_database_refuses_what_cannot_be(wrong: object) -> None:
    _appoint()
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong()  # type: ignore[operator]


def test_a_day_alone_is_in_order() -> None:
    _appoint()
    assert Function.objects.update(end=DAY) == 1
    assert Relation.objects.update(start=DAY, end=DAY) == Relation.objects.count()


def test_relations_hold_from_day_to_day() -> None:
    relation = Relation.objects.create(
        subject=body(GOERLITZ), kind="member_of", target=body("Institut B3"), start=dt.date(2020, 1, 1), end=dt.date(2020, 12, 31)
    )
    days = [dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2020, 12, 31), dt.date(2021, 1, 1)]
    assert [Relation.objects.on(day).filter(pk=relation.pk).exists() for day in days] == [False, True, True, False]
    assert str(relation) == "Görlitz ist Mitglied von Institut B3"


def test_the_bodies_that_exist_anyway_are_added_once_and_never_changed() -> None:
    Organisation.objects.filter(municipality=GOERLITZ).update(name="Stadtverwaltung Görlitz")
    before = [list(model.objects.order_by("pk").values()) for model in (Organisation, Relation)]
    load_organisations()
    assert [list(model.objects.order_by("pk").values()) for model in (Organisation, Relation)] == before
    counts = {kind: Organisation.objects.filter(kind=kind).count() for kind in ("municipality", "district", "police_directorate")}
    assert counts == {"municipality": 428, "district": 10, "police_directorate": 5}
    members = Relation.objects.filter(kind=RelationKind.MEMBER_OF, target__name="Städtebund Silberberg")
    assert members.count() == 5
    assert {str(m.subject.municipality_id) for m in members} == {"14521035", "14521355", "14521370", "14521530", "14521550"}


def test_example_people_are_added_once_one_for_each_role() -> None:
    load_example_people()
    load_example_people()
    assert sorted(Function.objects.values_list("role", flat=True)) == sorted(FunctionRole.values)
    assert {account.email for account in Account.objects.all()} == {person.email for person in PEOPLE}
    assert not any(account.has_usable_password() for account in Account.objects.all())
    assert all(person.email.endswith("@beispiel.example") for person in PEOPLE)


def test_a_member_of_the_tests_is_one_of_the_program() -> None:
    account, principal = member("coach", "Institut B3")
    assert (principal.account, principal.organisations) == (account.pk, frozenset({body("Institut B3").pk}))
