# SPDX-License-Identifier: EUPL-1.2
"""How far a municipality is, for how long it has stood there beside others, and who sees that."""

import datetime as dt
import random
from collections.abc import Callable
from statistics import median

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from asskomm.alliance.domain.queries.progress import Pace, progress, slow_steps
from asskomm.alliance.domain.queries.ways import STEPS
from asskomm.alliance.models import Event
from asskomm.core.clock import BERLIN, add_months, clock
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from asskomm.territory.models import Municipality
from tests.making import FRANKENBERG, GOERLITZ, event, member, place
from tests.reading import headings, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
ON = dt.date(2024, 3, 1)
KINDS = (*STEPS[:6], "first_contact", "council_reactivated", "conference_held")
SAME = {"first_contact": "consultation", "council_reactivated": "council_constituted"}


def alike(count: int) -> list[str]:
    """Give municipalities of Frankenberg's size class, without Frankenberg."""
    same = Municipality.objects.on(ON).filter(size_class=place(FRANKENBERG).size_class).exclude(pk=FRANKENBERG)
    return list(same.order_by("ags").values_list("ags", flat=True)[:count])


def pace(ags: str = FRANKENBERG, principal: Principal = ANYONE) -> Pace | None:
    return progress(place(ags), principal, ON).pace


def numbers(found: Pace | None) -> tuple[str, float | None, float | None, int | None] | None:
    if found is None:
        return None
    median_and_base = (found.usual.value, found.usual.base) if found.usual else (None, None)
    return (found.after.key, found.since.value, *median_and_base)


def test_it_says_for_how_long_and_after_how_many_months_others_went_on() -> None:
    a, b, c, d = alike(4)
    event("consultation", "2023-01-15", FRANKENBERG, a, b, c, d)
    for months, ags in ((2, a), (5, b), (9, c)):
        event("agreement_signed", add_months(dt.date(2023, 1, 15), months).isoformat(), ags)
    found = pace()
    assert numbers(found) == ("consultation", 13, 5, 3)
    assert found is not None
    assert (found.is_long, found.same_size) == (True, True)


def test_what_takes_no_longer_than_elsewhere_is_not_long() -> None:
    a, b, c = alike(3)
    event("consultation", "2020-01-01", a, b, c)
    event("agreement_signed", "2022-01-01", a, b, c)
    event("consultation", "2022-03-01", FRANKENBERG)
    found = pace()
    assert (numbers(found), found is not None and found.is_long) == (("consultation", 24, 24, 3), False)


def test_where_fewer_than_three_went_on_nothing_is_compared_and_nothing_is_long() -> None:
    a, b = alike(2)
    event("consultation", "2020-01-01", FRANKENBERG, a, b)
    event("agreement_signed", "2020-02-01", a, b)
    found = pace()
    assert (numbers(found), found is not None and found.is_long) == (("consultation", 50, None, None), False)
    event("consultation", "2020-01-01", GOERLITZ)
    event("agreement_signed", "2020-07-01", GOERLITZ)
    found = pace()
    assert (numbers(found), found is not None and found.same_size) == (("consultation", 50, 1, 3), False)


def test_whoever_has_not_begun_has_no_pace_and_an_open_list() -> None:
    event("consultation", "2020-01-01", GOERLITZ)
    found = progress(place(FRANKENBERG), ANYONE, ON)
    assert found.pace is None
    assert [(line.kind.key, line.taken, line.is_usual) for line in found.lines] == [(key, None, key == "consultation") for key in STEPS]


def test_the_list_has_each_step_once_with_its_first_event() -> None:
    a, b, c = alike(3)
    first = event("first_contact", "2020-01-01", FRANKENBERG, a, b, c)
    event("consultation", "2021-01-01", FRANKENBERG)
    signed = event("agreement_signed", "2021-05-01", FRANKENBERG, a, b, c)
    event("coaching_started", "2022-01-01", a, b, c)
    lines = progress(place(FRANKENBERG), ANYONE, ON).lines
    assert {line.kind.key: line.taken for line in lines if line.taken} == {"consultation": first, "agreement_signed": signed}
    assert [line.kind.key for line in lines if line.is_usual] == ["coaching_started"]


def test_what_the_reader_may_not_see_does_not_count() -> None:
    a, b, c = alike(3)
    event("consultation", "2020-01-01", FRANKENBERG, a, b, c)
    event("agreement_signed", "2020-03-01", a, b, c, visibility=Visibility.ALLIANCE)
    assert numbers(pace()) == ("consultation", 50, None, None)
    assert numbers(pace(principal=member("coordinator", FRANKENBERG)[1])) == ("consultation", 50, 2, 3)


def _months(first: dt.date, last: dt.date) -> int:
    """Count the days of that number up to a day, one month after the other."""
    months = (divmod(first.year * 12 + first.month - 1 + number, 12) for number in range(1, 1000))
    return sum((year, month + 1, first.day) <= (last.year, last.month, last.day) for year, month in months)


def _brute(own: str, places: list[str]) -> tuple[int, float | None, int | None] | None:
    """Work the same out from the events alone, one municipality after the other."""
    rows = [(e.first_day, e.pk, SAME.get(e.kind_id, e.kind_id), m.ags) for e in Event.objects.current() for m in e.municipalities.all()]
    first = {
        ags: {key: min((d, pk) for d, pk, k, m in rows if m == ags and k == key) for key in {k for _d, _pk, k, m in rows if m == ags} & set(STEPS)}
        for ags in places
    }
    if not first[own]:
        return None
    last = max(first[own], key=lambda key: first[own][key])
    waited: dict[bool, list[int]] = {True: [], False: []}
    for ags in places:
        later = [when for key, when in first[ags].items() if last in first[ags] and key not in first[own] and when > first[ags][last]]
        if ags != own and later:
            for same in {True, False} if place(ags).size_class == place(own).size_class else {False}:
                waited[same].append(_months(first[ags][last][0], min(later)[0]))
    taken = waited[True] if len(waited[True]) >= 3 else waited[False]
    shown = (median(taken), len(taken)) if len(taken) >= 3 else (None, None)
    return (_months(first[own][last][0], ON), *shown)


@pytest.mark.parametrize("seed", range(6))
def test_it_is_what_one_works_out_by_hand(seed: int) -> None:
    chance = random.Random(seed)
    places = [FRANKENBERG, GOERLITZ, *alike(8)]
    for ags in places:
        for kind in chance.sample(KINDS, chance.randint(0, 6)):
            day = dt.date(2019, 1, 1) + dt.timedelta(days=chance.randrange(1800))
            event(kind, day.isoformat(), ags)
    for own in places:
        found = numbers(pace(own))
        assert (found and found[1:]) == _brute(own, places)
    beyond = {own: stands.beyond for own in places if (stands := pace(own)) and stands.is_long}
    slow = slow_steps(ANYONE, ON, 20)
    assert {found.place.ags: found.pace.beyond for found in slow} == beyond
    assert [found.pace for found in slow] == [pace(found.place.ags) for found in slow]
    assert [found.place.ags for found in slow] == sorted(beyond, key=lambda ags: (-beyond[ags], ags))
    assert slow_steps(ANYONE, ON, 1) == slow[:1]


def test_it_asks_the_same_number_of_questions_however_many_there_are(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    def asked(*places: str) -> None:
        event("consultation", "2020-01-01", *places)
        event("agreement_signed", "2020-05-01", *places)

    a, b, c, d, *more = alike(30)
    event("consultation", "2021-01-01", FRANKENBERG)
    at = place(FRANKENBERG)
    for places in ((a, b, c), (d, *more)):
        asked(*places)
        with django_assert_num_queries(8):
            progress(at, SYSTEM, ON)


def test_the_list_asks_the_same_number_of_questions_however_many_there_are(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    a, b, c, d, *more = alike(30)
    event("consultation", "2020-01-01", FRANKENBERG, a, b, c, d, *more)
    for places in ((a, b, c), tuple(more[:20])):
        event("agreement_signed", "2020-05-01", *places)
        with django_assert_num_queries(4):
            found = slow_steps(SYSTEM, ON, 3)
        assert [(slow.pace.since.value, slow.pace.usual and slow.pace.usual.base) for slow in found] == [(50, 3 if len(places) == 3 else 23)] * 3


def test_the_state_council_reads_where_a_step_takes_long(client: Client, sign_in: SignIn) -> None:
    a, b, c = alike(3)
    event("consultation", "2023-01-15", FRANKENBERG, a, b, c)
    event("agreement_signed", "2023-06-20", a, b, c)
    sign_in("state_council")
    with clock.moved_to(dt.datetime.combine(ON, dt.time(12), BERLIN)):
        page = said(client.get("/netzwerk/lange-nichts-gehoert/").content.decode())
    told = "Frankenberg/Sa. : Seit 13 Monaten nach „Beratung“; in vergleichbaren Kommunen folgte der nächste Schritt nach 5 Monaten (Median von 3)."
    assert f"Wo ein Schritt länger dauert als üblich {told}" in page


def test_intern_says_it_to_the_house_and_the_state_council(client: Client, sign_in: SignIn) -> None:
    a, b, c = alike(3)
    event("consultation", "2023-01-15", FRANKENBERG, a, b, c)
    event("agreement_signed", "2023-06-20", a, b, c)
    told = (
        "Wie weit die Kommune ist Seit 13 Monaten nach „Beratung“; in vergleichbaren Kommunen folgte der nächste Schritt nach 5 Monaten (Median von 3). "
        "Das ist länger als üblich. Beratung: 15.01.2023"
    )
    path, seen = f"/kommunen/{FRANKENBERG}/", {}
    with clock.moved_to(dt.datetime.combine(ON, dt.time(12), BERLIN)):
        for role, house in (("coordinator", FRANKENBERG), ("state_council", None), ("mayor", GOERLITZ), ("coach", FRANKENBERG)):
            sign_in(role, *([house] if house else []))
            page = client.get(path)
            text = said(page.content.decode())
            seen[role] = told in text
            assert ("Wie weit die Kommune ist" in headings(page, 3)) is seen[role]
            assert ("Kooperationsvereinbarung unterzeichnet: üblich als Nächstes" in text) is seen[role]
        client.logout()
        assert "länger als üblich" not in said(client.get(path).content.decode())
    assert seen == {"coordinator": True, "state_council": True, "mayor": False, "coach": False}
