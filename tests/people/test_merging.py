# SPDX-License-Identifier: EUPL-1.2
"""Two organisations that are one: pages, addresses, who sees what, and the way back."""

from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.alliance.domain import projection_anew
from asskomm.alliance.models import Event
from asskomm.core.merging.domain.merging import merge, part
from asskomm.core.merging.models import Merge
from asskomm.core.search.models import IndexedDocument
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.people.domain.load import load_organisations
from asskomm.people.models import Function, Organisation, Profile, Relation
from tests.making import GOERLITZ, body, event, member
from tests.reading import links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


@pytest.fixture
def two() -> tuple[Organisation, Organisation]:
    """One association under two names, each with an event of its own that only it sees."""
    first, second = (Organisation.objects.create(kind="association", name=name) for name in ("Sicheres Görlitz e. V.", "Verein Sicheres Görlitz"))
    for number, one in enumerate((first, second), 1):
        event("agreement_signed", f"2023-05-0{number}", GOERLITZ, owner=one.name, visibility="private", parties=(one,), note=f"Notiz {number}")
    Relation.objects.create(subject=first, kind="member_of", target=second)
    Relation.objects.create(subject=second, kind="member_of", target=body("Landespräventionsrat Sachsen"))
    return first, second


def test_the_members_of_both_see_the_events_of_both(two: tuple[Organisation, Organisation]) -> None:
    first, second = two
    readers = [member("coach", one.name, email=f"kim{one.pk}@example.org")[0] for one in two]

    def seen() -> list[int]:
        from asskomm.people.domain.queries.principals import principal_of_key

        return [Event.objects.current().visible_to(principal_of_key(reader.pk)).count() for reader in readers]

    assert seen() == [1, 1]
    done = merge("organisations", kept=first.pk, gone=second.pk, by=SYSTEM)
    assert (seen(), projection_anew.differences()) == ([2, 2], [])
    assert list(Relation.objects.filter(subject=first).values_list("target__name", flat=True)) == ["Landespräventionsrat Sachsen"]
    part(done, by=SYSTEM)
    assert (seen(), projection_anew.differences(), Relation.objects.count() - Relation.objects.exclude(subject__in=two).count()) == ([1, 1], [], 2)


def test_the_second_one_is_found_nowhere_and_its_address_leads_to_the_first(two: tuple[Organisation, Organisation], client: Client) -> None:
    first, second = two
    done = merge("organisations", kept=first.pk, gone=second.pk, by=SYSTEM)
    assert client.get(f"/organisationen/{second.pk}/")["Location"] == f"/organisationen/{first.pk}/"
    assert "Verein Sicheres Görlitz" not in said(client.get("/organisationen/?art=association").content.decode())
    indexed = IndexedDocument.objects.filter(source="organisations", key=str(second.pk))
    assert indexed.count() == 0
    assert "Sicheres Görlitz e. V." in IndexedDocument.objects.get(source="events", key=Event.objects.get(note="Notiz 2").reference).text
    part(done, by=SYSTEM)
    assert (client.get(f"/organisationen/{second.pk}/").status_code, IndexedDocument.objects.filter(source="organisations", key=str(second.pk)).count()) == (
        200,
        1,
    )


def test_the_state_council_merges_and_parts(two: tuple[Organisation, Organisation], client: Client, sign_in: SignIn) -> None:
    first, second = two
    sign_in("state_council")
    assert f"/organisationen/{first.pk}/zusammenfuehren/" in links(client.get(f"/organisationen/{first.pk}/"))
    assert client.post(f"/organisationen/{first.pk}/zusammenfuehren/", {"other": ""}).status_code == 422
    assert client.post(f"/organisationen/{first.pk}/zusammenfuehren/", {"other": second.pk})["Location"] == f"/organisationen/{first.pk}/"
    assert "Verein Sicheres Görlitz wieder trennen" in said(client.get(f"/organisationen/{first.pk}/").content.decode())
    client.post(f"/zusammenfuehrungen/{Merge.objects.get().pk}/trennen/")
    assert Organisation.objects.filter(pk__in=[first.pk, second.pk]).count() == 2


@pytest.mark.parametrize("role", [None, "coordinator", "administrator", "coach"])
def test_nobody_else_does(two: tuple[Organisation, Organisation], client: Client, role: str | None) -> None:
    first, second = two
    if role:
        client.force_login(member(role, GOERLITZ if role == "coordinator" else first.name)[0])
    status = 403 if role else 302
    assert client.post(f"/organisationen/{first.pk}/zusammenfuehren/", {"other": second.pk}).status_code == status
    done = merge("organisations", kept=first.pk, gone=second.pk, by=SYSTEM)
    assert client.post(f"/zusammenfuehrungen/{done.pk}/trennen/").status_code == status
    assert Merge.objects.filter(undone_at__isnull=True).count() == 1


def test_bodies_of_places_and_of_other_kinds_stay_apart(two: tuple[Organisation, Organisation], client: Client, sign_in: SignIn) -> None:
    first, _second = two
    sign_in("state_council")
    assert client.get(f"/organisationen/{body(GOERLITZ).pk}/zusammenfuehren/").status_code == 403
    other = {"other": body("Polizeidirektion Dresden").pk}
    assert client.post(f"/organisationen/{first.pk}/zusammenfuehren/", other).status_code == 422


def test_a_shipped_organisation_that_was_merged_stays_so_when_everything_is_loaded_anew() -> None:
    twin = Organisation.objects.create(kind="police_directorate", name="PD Dresden")
    directorate = body("Polizeidirektion Dresden")
    merge("organisations", kept=twin.pk, gone=directorate.pk, by=SYSTEM)
    before = Organisation.everything.count()
    load_organisations()
    assert (Organisation.everything.count(), Function.objects.filter(organisation=directorate).count()) == (before, 0)


def test_what_an_organisation_says_of_itself_is_kept_where_the_other_says_nothing(two: tuple[Organisation, Organisation]) -> None:
    first, second = two
    Profile.objects.create(organisation=second, phone="03581 000000")
    done = merge("organisations", kept=first.pk, gone=second.pk, by=SYSTEM)
    assert Profile.objects.get(organisation=first).phone == "03581 000000"
    part(done, by=SYSTEM)
    assert Profile.objects.get().organisation_id == second.pk
    Profile.objects.create(organisation=first, phone="03581 111111")
    merge("organisations", kept=first.pk, gone=second.pk, by=SYSTEM)
    assert Profile.objects.get(organisation=first).phone == "03581 111111"
