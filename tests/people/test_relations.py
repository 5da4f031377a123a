# SPDX-License-Identifier: EUPL-1.2
"""Relations between organisations: who may, what is refused, what the pages show, and until when."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.core.clock import BERLIN, clock
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, allowed
from asskomm.people.domain.relations import RelationError, end_relation, relate
from asskomm.people.enums import RelationKind
from asskomm.people.models import Relation
from tests.making import FRANKENBERG, GOERLITZ, body, member

pytestmark = pytest.mark.django_db
POLICE = "Polizeidirektion Görlitz"
SignIn = Callable[..., Principal]


def test_who_may_relate_whom() -> None:
    town = body(GOERLITZ)
    readers = [
        member("state_council")[1],
        member("mayor", GOERLITZ)[1],
        member("coordinator", FRANKENBERG)[1],
        member("police", POLICE)[1],
        member("administrator")[1],
        ANYONE,
        SYSTEM,
    ]
    assert [allowed("people.relate", reader, town) for reader in readers] == [True, True, False, False, False, False, True]
    with pytest.raises(PermissionDenied):
        relate(town, RelationKind.MEMBER_OF, body("Städtebund Silberberg"), by=ANYONE)


def test_begin_and_end() -> None:
    police, town = body(POLICE), body(GOERLITZ)
    relation = relate(police, RelationKind.COMPETENT_FOR, town, start=dt.date(2020, 1, 1), by=SYSTEM)
    with pytest.raises(RelationError, match="schon eingetragen"):
        relate(police, RelationKind.COMPETENT_FOR, town, by=SYSTEM)
    with pytest.raises(RelationError, match="vor ihrem Beginn"):
        end_relation(relation, last_day=dt.date(2019, 12, 31), by=SYSTEM)
    assert end_relation(relation, last_day=dt.date(2023, 5, 1), by=SYSTEM).end == dt.date(2023, 5, 1)
    with pytest.raises(RelationError, match="schon beendet"):
        end_relation(relation, last_day=dt.date(2023, 5, 1), by=SYSTEM)
    assert [list(Relation.objects.on(day).filter(subject=police)) for day in (dt.date(2023, 5, 1), dt.date(2023, 5, 2))] == [[relation], []]
    assert relate(police, RelationKind.COMPETENT_FOR, town, by=SYSTEM).pk != relation.pk


def test_nobody_is_related_to_herself() -> None:
    with pytest.raises(RelationError, match="nicht zu sich selbst"):
        relate(body(POLICE), RelationKind.PART_OF, body(POLICE), by=SYSTEM)


def test_the_pages_from_form_to_end(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    police, town = body(POLICE), body(GOERLITZ)
    address = f"/organisationen/{police.pk}/beziehung/"
    assert client.get(address).status_code == 200
    form = {"kind": "competent_for", "target": str(town.pk), "start": "01.01.2020"}
    with clock.moved_to(dt.datetime(2024, 5, 1, 12, tzinfo=BERLIN)):
        shown = client.post(address, form, follow=True)
        assert "Die Beziehung ist eingetragen." in shown.content.decode()
        assert POLICE in client.get(f"/kommunen/{GOERLITZ}/").content.decode()
        again = client.post(address, form)
        assert (again.status_code, "Diese Beziehung ist schon eingetragen." in again.content.decode()) == (422, True)
        relation = Relation.objects.get(subject=police)
        ended = client.post(f"/beziehungen/{relation.pk}/beenden/", follow=True)
        assert "Die Beziehung endet heute." in ended.content.decode()
        twice = client.post(f"/beziehungen/{relation.pk}/beenden/", follow=True)
        assert "Diese Beziehung ist schon beendet." in twice.content.decode()
    relation.refresh_from_db()
    assert (relation.start, relation.end) == (dt.date(2020, 1, 1), dt.date(2024, 5, 1))
    with clock.moved_to(dt.datetime(2024, 5, 2, 12, tzinfo=BERLIN)):
        assert POLICE not in client.get(f"/kommunen/{GOERLITZ}/").content.decode()


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        ("31.02.2023", "Den Tag „31.02.2023“ gibt es nicht."),
        ("2023", "„2023“ ist kein Tag. Schreiben Sie zum Beispiel 14.09.2023."),
        ("01.01.1970", "01.01.1970 liegt vor 1990. Bitte das Jahr prüfen."),
    ],
)
def test_a_wrong_day_is_refused_at_its_field(client: Client, sign_in: SignIn, start: str, sentence: str) -> None:
    sign_in("state_council")
    response = client.post(f"/organisationen/{body(POLICE).pk}/beziehung/", {"kind": "part_of", "target": str(body(GOERLITZ).pk), "start": start})
    assert (response.status_code, response.context["form"].errors["start"]) == (422, [sentence])


def test_others_are_refused(client: Client, sign_in: SignIn) -> None:
    relation = relate(body(POLICE), RelationKind.COMPETENT_FOR, body(GOERLITZ), by=SYSTEM)
    pages = [f"/organisationen/{body(POLICE).pk}/beziehung/", f"/beziehungen/{relation.pk}/beenden/"]
    assert [client.post(page).status_code for page in pages] == [302, 302]
    sign_in("coordinator", FRANKENBERG)
    assert [client.post(page).status_code for page in pages] == [403, 403]
    relation.refresh_from_db()
    assert relation.end is None


def test_the_public_sees_who_is_competent_but_no_people(client: Client, sign_in: SignIn) -> None:
    relate(body(POLICE), RelationKind.COMPETENT_FOR, body(GOERLITZ), by=SYSTEM)
    member("coordinator", GOERLITZ)
    public = client.get(f"/kommunen/{GOERLITZ}/").content.decode()
    assert (POLICE in public, "Muster-coordinator" in public) == (True, False)
    sign_in("coach", "Institut B3")
    assert "Muster-coordinator" in client.get(f"/kommunen/{GOERLITZ}/").content.decode()
