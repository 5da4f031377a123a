# SPDX-License-Identifier: EUPL-1.2
"""Organisations that are added, how they are reached, and which are probably entered twice."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.core.merging import MergeError
from asskomm.core.merging.domain.merging import merge, part
from asskomm.core.merging.models import Merge
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.people.domain.different_persons import keep_apart
from asskomm.people.domain.functions import change_function
from asskomm.people.domain.organisations import OrganisationError, add_organisation, write_profile
from asskomm.people.domain.queries.doubled_persons import Pair, Why, doubled_persons
from asskomm.people.domain.queries.duplicates import core_of, doubled_organisations, similar_organisations
from asskomm.people.domain.queries.principals import principal_of_key
from asskomm.people.enums import OrganisationKind
from asskomm.people.models import DifferentPersons, Function, Organisation, Person, Profile
from tests.making import FRANKENBERG, GOERLITZ, body, member
from tests.reading import field_errors, links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
REACHED = {"email": "praevention@goerlitz.example", "phone": "03581 670", "website": "https://goerlitz.example/", "introduction": "Wir hören zu."}


def test_an_association_is_added_once_and_found_at_once(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    answer = client.post("/organisationen/neu/", {"kind": "association", "name": "  Sicheres   Görlitz e. V. "})
    made = Organisation.objects.get(name="Sicheres Görlitz e. V.")
    assert answer["Location"] == made.get_absolute_url()
    again = client.post("/organisationen/neu/", {"kind": "association", "name": "Verein sicheres Görlitz"})
    assert field_errors(again) == {"name": ["Meinen Sie „Sicheres Görlitz e. V.“? Dann gibt es sie schon."]}
    anyway = client.post("/organisationen/neu/", {"kind": "association", "name": "Verein sicheres Görlitz", "anyway": "on"})
    assert anyway.status_code == 302
    with pytest.raises(OrganisationError, match="gibt es schon"):
        add_organisation(OrganisationKind.ASSOCIATION, "SICHERES GÖRLITZ E. V.", by=SYSTEM)
    assert made.get_absolute_url() in links(client.get("/suche/", {"q": "Sicheres Görlitz"}))


def test_which_kinds_can_be_added_by_whom(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    offered = {value for value, _label in client.get("/organisationen/neu/").context["form"].fields["kind"].choices}
    assert offered == set(OrganisationKind.values) - {"municipality", "district", "state_council", "ministry"}
    with pytest.raises(PermissionDenied):
        add_organisation(OrganisationKind.MINISTRY, "Ministerium", by=member("coordinator", FRANKENBERG)[1])
    with pytest.raises(PermissionDenied):
        add_organisation(OrganisationKind.SCHOOL, "Schule", by=member("police", "Polizeidirektion Görlitz")[1])
    for kind, name, why in ((OrganisationKind.MUNICIPALITY, "Neustadt", "amtlichen Verzeichnis"), (OrganisationKind.SCHOOL, " ", "einen Namen")):
        with pytest.raises(OrganisationError, match=why):
            add_organisation(kind, name, by=SYSTEM)


def test_the_public_reads_what_was_released_and_nothing_newer(client: Client, sign_in: SignIn) -> None:
    town = body(GOERLITZ)
    mayor = member("mayor", GOERLITZ)[0]

    def seen() -> tuple[bool, bool]:
        public, inside = Client(), Client()
        inside.force_login(mayor)
        texts = [said(reader.get(town.get_absolute_url()).content.decode()) for reader in (public, inside)]
        return REACHED["phone"] in texts[0], REACHED["phone"] in texts[1]

    sign_in("coordinator", GOERLITZ)
    address = f"/organisationen/{town.pk}/erreichbarkeit/"
    client.post(address, {**REACHED, "action": "save"})
    assert seen() == (False, True)
    client.post(address, {**REACHED, "action": "release"})
    assert seen() == (True, True)
    client.post(address, {**REACHED, "phone": "0", "action": "save"})
    assert (seen(), Profile.objects.get().changed_since_release) == ((True, False), True)
    client.post(f"{address}zuruecknehmen/")
    assert (seen()[0], Profile.objects.get().released_at) == (False, None)
    assert client.post(address, {**REACHED, "email": "keine", "action": "save"}).status_code == 422


@pytest.mark.parametrize(("role", "organisation"), [("coordinator", FRANKENBERG), ("police", "Polizeidirektion Görlitz"), ("partner", GOERLITZ)])
def test_others_do_not_speak_for_a_municipality(client: Client, sign_in: SignIn, role: str, organisation: str) -> None:
    principal = sign_in(role, organisation)
    address = f"/organisationen/{body(GOERLITZ).pk}/erreichbarkeit/"
    assert (client.get(address).status_code, client.post(f"{address}zuruecknehmen/").status_code) == (403, 403)
    with pytest.raises(PermissionDenied):
        write_profile(body(GOERLITZ), **REACHED, by=principal)


def test_names_that_mean_the_same() -> None:
    first = Organisation.objects.create(kind="association", name="Sicheres Görlitz e. V.")
    Organisation.objects.create(kind="association", name="Mehr Licht gGmbH")
    second = Organisation.objects.create(kind="association", name="Verein Sicheres Goerlitz")
    assert core_of("Sicheres Görlitz e. V.") == core_of("Görlitz sicheres")
    assert similar_organisations("Sichers Görlitz", "association") == [first, second]
    assert (similar_organisations("Sicheres Görlitz", "school"), similar_organisations("e. V.", "association")) == ([], [])
    assert doubled_organisations() == [(first, second)]


def test_two_persons_who_are_one_become_one_and_two_again(client: Client, sign_in: SignIn) -> None:
    one, other = (member("coordinator", key, email=f"kim{n}@example.org")[0] for n, key in enumerate((GOERLITZ, FRANKENBERG)))
    colleague = member("mayor", FRANKENBERG)[0]
    mayor = Function.objects.select_related("organisation", "person").get(person=colleague.person)
    change_function(mayor, title="", share=None, funded_until=None, deputy=other.person, by=SYSTEM)
    assert doubled_persons() == [Pair(one.person, other.person, Why.SAME_NAME)]
    sign_in("state_council")
    page = said(client.get("/doppelt/").content.decode())
    assert [f"Zusammenführen, Kim Muster-coordinator ({where}) bleibt" in page for where in ("oben", "unten")] == [True, True]
    client.post("/doppelt/personen/", {"kept": one.person_id, "gone": other.person_id})
    mayor.refresh_from_db()
    assert (principal_of_key(one.pk).municipalities, principal_of_key(other.pk).municipalities) == (frozenset({GOERLITZ, FRANKENBERG}), frozenset())
    assert (mayor.deputy_id, doubled_persons(), Person.objects.filter(pk=other.person_id).exists()) == (one.person_id, [], False)
    with pytest.raises(MergeError, match="schon mit einer anderen zusammengeführt"):
        merge("persons", kept=one.person_id, gone=other.person_id, by=SYSTEM)
    client.post(f"/zusammenfuehrungen/{Merge.objects.get().pk}/trennen/")
    mayor.refresh_from_db()
    assert (principal_of_key(one.pk).municipalities, principal_of_key(other.pk).municipalities) == (frozenset({GOERLITZ}), frozenset({FRANKENBERG}))
    assert mayor.deputy_id == other.person_id


def test_whoever_stands_in_for_herself_after_a_merge_stands_in_for_nobody() -> None:
    one, other = (member(role, GOERLITZ, email=f"{role}@example.org")[0] for role in ("coordinator", "mayor"))
    function = Function.objects.select_related("organisation", "person").get(person=one.person)
    change_function(function, title="", share=None, funded_until=None, deputy=other.person, by=SYSTEM)
    done = merge("persons", kept=one.person_id, gone=other.person_id, by=SYSTEM)
    assert Function.objects.get(pk=function.pk).deputy is None
    part(done, by=SYSTEM)
    assert Function.objects.get(pk=function.pk).deputy_id == other.person_id


def test_whoever_had_herself_as_deputy_under_two_names_stands_in_for_nobody() -> None:
    one, other = (member(role, GOERLITZ, email=f"{role}@example.org")[0] for role in ("mayor", "coordinator"))
    function = Function.objects.select_related("organisation", "person").get(person=other.person)
    change_function(function, title="", share=None, funded_until=None, deputy=one.person, by=SYSTEM)
    done = merge("persons", kept=one.person_id, gone=other.person_id, by=SYSTEM)
    function.refresh_from_db()
    assert (function.person_id, function.deputy_id) == (one.person_id, None)
    part(done, by=SYSTEM)
    function.refresh_from_db()
    assert (function.person_id, function.deputy_id) == (other.person_id, one.person_id)


def test_a_person_without_sign_in_gets_that_of_the_other() -> None:
    account = member("coordinator", GOERLITZ)[0]
    twin = Person.objects.create(given_name="Kim", family_name="Muster-coordinator")
    done = merge("persons", kept=twin.pk, gone=account.person_id, by=SYSTEM)
    assert principal_of_key(account.pk).municipalities == {GOERLITZ}
    account.refresh_from_db()
    assert account.person_id == twin.pk
    part(done, by=SYSTEM)
    account.refresh_from_db()
    assert account.person_id != twin.pk


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_nobody_else_sees_or_merges_what_is_doubled(client: Client, sign_in: SignIn, role: str) -> None:
    sign_in(role, GOERLITZ if role == "coordinator" else "Landespräventionsrat Sachsen")
    assert (client.get("/doppelt/").status_code, client.post("/doppelt/personen/", {"kept": 1, "gone": 2}).status_code) == (403, 403)
    one, other = (Person.objects.create(given_name="Kim", family_name="Meier") for _twice in range(2))
    pair = keep_apart(one, other, by=SYSTEM)
    answers = [client.post("/doppelt/personen/verschieden/", {"kept": one.pk, "gone": other.pk})]
    answers += [client.post(f"/doppelt/personen/verschieden/{pair.pk}/zuruecknehmen/")]
    assert ([answer.status_code for answer in answers], DifferentPersons.objects.count()) == ([403, 403], 1)


def test_gone_persons_are_refused_in_a_sentence(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    page = client.post("/doppelt/personen/", {"kept": 0, "gone": 0}, follow=True)
    assert "Diese Personen gibt es nicht mehr." in said(page.content.decode())
