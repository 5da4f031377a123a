# SPDX-License-Identifier: EUPL-1.2
"""What was usual next elsewhere, and from whom nothing was heard for long."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.alliance.domain.queries.unseen import unseen_since_long
from asskomm.alliance.domain.queries.usual_next import usual_next
from asskomm.core.clock import BERLIN, clock
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from asskomm.people.domain.functions import end_function
from asskomm.people.domain.organisations import write_profile
from asskomm.people.models import Function
from asskomm.territory.models import Municipality
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, body, event, member, place
from tests.reading import cells, headings, links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


def alike(count: int) -> list[str]:
    """Give municipalities of Frankenberg's size class, without Frankenberg."""
    same = Municipality.objects.on(clock.today()).filter(size_class=place(FRANKENBERG).size_class).exclude(pk=FRANKENBERG)
    return list(same.order_by("ags").values_list("ags", flat=True)[:count])


def found(ags: str = FRANKENBERG, principal: Principal = ANYONE) -> list[tuple[str, float | None, float | None, str]]:
    steps = usual_next(place(ags), principal).steps
    return [(step.kind.key, step.did.value, step.of.value, step.place.ags) for step in steps]


def test_counts_what_followed_the_last_step_in_the_same_size_class() -> None:
    a, b, c, d = alike(4)
    event("consultation", "2020-01-01", FRANKENBERG, a, b, c, d)
    event("agreement_signed", "2021-01-01", FRANKENBERG, a, b, c, d)
    event("council_constituted", "2021-05-01", a)
    event("council_reactivated", "2021-06-01", b)
    event("coaching_started", "2021-04-01", c)
    event("council_constituted", "2022-04-01", c)
    event("council_constituted", "2021-02-01", GOERLITZ)
    event("agreement_signed", "2021-01-01", GOERLITZ)
    usual = usual_next(place(FRANKENBERG), ANYONE)
    assert (str(usual.after), usual.same_size) == ("Kooperationsvereinbarung unterzeichnet", True)
    assert found() == [("council_constituted", 2, 3, b), ("coaching_started", 1, 3, c)]


def test_what_one_has_already_is_passed_over() -> None:
    a, b, c = alike(3)
    event("coaching_started", "2019-01-01", FRANKENBERG)
    event("consultation", "2020-01-01", FRANKENBERG, a, b, c)
    event("coaching_started", "2020-02-01", a, b, c)
    event("analysis_started", "2020-03-01", a, b, c)
    assert found() == [("analysis_started", 3, 3, c)]


def test_with_fewer_than_three_of_the_size_all_sizes_are_counted() -> None:
    a, b = alike(2)
    event("consultation", "2020-01-01", FRANKENBERG, GOERLITZ, a, b)
    event("agreement_signed", "2020-03-01", a, b, GOERLITZ)
    assert usual_next(place(FRANKENBERG), ANYONE).same_size is False
    assert found() == [("agreement_signed", 3, 3, GOERLITZ)]


def test_whoever_has_not_begun_sees_how_others_began_and_nothing_where_nobody_has() -> None:
    assert found() == []
    event("consultation", "2020-01-01", GOERLITZ)
    assert found() == [("consultation", 1, 1, GOERLITZ)]


def test_what_the_reader_may_not_see_is_not_counted() -> None:
    (a,) = alike(1)
    event("consultation", "2020-01-01", a, visibility=Visibility.ALLIANCE)
    event("agreement_signed", "2020-02-01", GOERLITZ, visibility=Visibility.PRIVATE)
    assert found() == []
    assert found(principal=member("coordinator", FRANKENBERG)[1]) == [("consultation", 1, 1, a)]


def test_the_desk_shows_it_with_the_example_and_its_contact(client: Client, sign_in: SignIn) -> None:
    made = event("consultation", "2020-01-01", GOERLITZ)
    reached = {"email": "stelle@goerlitz.example", "phone": "03581 1", "website": "", "introduction": ""}
    write_profile(body(GOERLITZ), **reached, by=SYSTEM)
    sign_in("coordinator", FRANKENBERG)
    page = client.get("/schreibtisch/")
    box = said(page.content.decode()).partition("Als Nächstes üblich")[2].partition("Termine")[0]
    assert "Zuletzt: Görlitz , 01.01.2020 · Telefon 03581 1 · stelle@goerlitz.example" in box
    assert {"tel:035811", "mailto:stelle@goerlitz.example"} <= set(links(page))
    assert headings(page, 2) == ["Neu hier? In 30 Minuten startklar", "Fällig", "Als Nächstes üblich", "Termine", "Ihre Ansprechpartner"]
    assert {f"/kommunen/{GOERLITZ}/", made.get_absolute_url()} <= set(links(page))


def test_nothing_heard_for_twelve_months(client: Client, sign_in: SignIn) -> None:
    event("consultation", "2019-05-01", GOERLITZ)
    event("consultation", "2020-05-01", GOERLITZ)
    event("consultation", "2019-05-02", FRANKENBERG)
    event("consultation", "2021-03-01", *alike(1))
    at = dt.date(2022, 3, 1)
    assert [(heard.place.ags, heard.day) for heard in unseen_since_long(SYSTEM, at)] == [(FRANKENBERG, dt.date(2019, 5, 2)), (GOERLITZ, dt.date(2020, 5, 1))]
    sign_in("state_council")
    with clock.moved_to(dt.datetime(2022, 3, 1, 12, tzinfo=BERLIN)):
        rows = cells(client.get("/netzwerk/lange-nichts-gehoert/"))
    assert rows[1:] == [
        ["Frankenberg/Sa.", "Landkreis Mittelsachsen", "02.05.2019", "alle zwölf Monate", "Beratung", "–"],
        ["Görlitz", "Landkreis Görlitz", "01.05.2020", "alle zwölf Monate", "Beratung", "–"],
    ]


@pytest.mark.parametrize(
    ("role", "organisation", "status"), [("mayor", GOERLITZ, 403), ("police", "Polizeidirektion Görlitz", 403), ("state_council", COUNCIL, 200)]
)
def test_only_the_state_council_sees_the_list(client: Client, sign_in: SignIn, role: str, organisation: str, status: int) -> None:
    sign_in(role, organisation)
    assert client.get("/netzwerk/lange-nichts-gehoert/").status_code == status


def test_what_is_internal_is_seen_by_the_house_and_the_state_council_only(client: Client, sign_in: SignIn) -> None:
    event("agreement_signed", "2021-05-01", GOERLITZ, valid_until=dt.date(2099, 1, 1))
    path = f"/kommunen/{GOERLITZ}/"

    def internal() -> bool:
        return "Intern" in headings(client.get(path), 2)

    seen = {"public": internal()}
    for role, house in (("coordinator", GOERLITZ), ("mayor", FRANKENBERG), ("police", "Polizeidirektion Görlitz"), ("district", "Landkreis Görlitz")):
        sign_in(role, house)
        seen[role] = internal()
    sign_in("state_council")
    seen["state_council"] = internal()
    assert [role for role, yes in seen.items() if yes] == ["coordinator", "state_council"]


def test_it_says_when_something_was_heard_last_and_what_ends_when(client: Client, sign_in: SignIn) -> None:
    event("agreement_signed", "2021-05-01", GOERLITZ, valid_until=dt.date(2030, 6, 30))
    event("consultation", "2022-03-02", GOERLITZ)
    coordinator = Function.objects.select_related("person", "organisation").get(person=member("coordinator", GOERLITZ)[0].person)
    end_function(coordinator, last_day=dt.date(2029, 12, 31), by=SYSTEM)
    sign_in("state_council")
    with clock.moved_to(dt.datetime(2030, 3, 1, 12, tzinfo=BERLIN)):
        page = said(client.get(f"/kommunen/{GOERLITZ}/").content.decode())
    internal = page.partition("Das sehen nur die Kommune und der Landespräventionsrat.")[2]
    assert internal.startswith(
        " Zuletzt gehört am 02.03.2022, Austausch alle zwölf Monate"
        " 31.12.2029 Die Koordinierungsstelle (Görlitz) ist frei. Person eintragen 30.06.2030 Es endet:"
    )
    assert "Was die Freigabe umfasst Die Kommune gibt Erreichbarkeit und Vorstellung frei." in internal
