# SPDX-License-Identifier: EUPL-1.2
"""Who is offered as one person entered twice, in whichever direction, and that whoever is two is not asked about again."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.core.audit.models import Entry
from asskomm.core.merging.domain.merging import merge, part
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.people.domain.different_persons import compare_again, keep_apart
from asskomm.people.domain.queries.doubled_persons import Why, doubled_persons
from asskomm.people.models import Account, DifferentPersons, Person
from tests.making import GOERLITZ, member
from tests.reading import said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


def person(name: str, phone: str = "", email: str = "") -> Person:
    given, _blank, family = name.partition(" ")
    made = Person.objects.create(given_name=given, family_name=family, phone=phone)
    if email:
        Account.objects.create(email=email, person=made)
    return made


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Kim Meier", "KIM Meier", Why.SAME_NAME),
        ("Kim Müller", "Kim Mueller", Why.SAME_NAME),
        ("Kim Meier", "Kim Meyer", Why.LIKE_NAME),
        ("Kim Maier", "Kim Mayr", Why.LIKE_NAME),
        ("Stephan Schmidt", "Stefan Schmitt", Why.LIKE_NAME),
        ("Petra Mustermann", "Petra Musterman", Why.LIKE_NAME),
        ("Petra Mustermann", "Petra Mutsermann", Why.LIKE_NAME),
        ("Meier Kim", "Kim Meyer", Why.SWAPPED),
        ("Petra Schmidt", "Peter Schmidt", None),
        ("Anna Weber", "Anna Wagner", None),
        ("Kim Meier", "Pat Schulze", None),
    ],
)
def test_names_that_are_written_or_sound_alike(one: str, other: str, why: Why | None) -> None:
    first, second = person(one), person(other)
    assert [(pair.one, pair.other, pair.why) for pair in doubled_persons()] == ([(first, second, why)] if why else [])


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("Petra Schmidt", "0351 564-30900"), ("Petra Lange", "+49 (0)351 56430900"), True),
        (("Petra Schmidt", "0351 564-30900"), ("Pat Lange", "0351 564-30900"), False),  # colleagues at one telephone
        (("Petra Schmidt", "30"), ("Petra Lange", "30"), False),  # an extension
        (("Petra Schmidt", ""), ("Petra Lange", ""), False),
        (("Petra Schmidt", "", "petra.schmidt@alt.example"), ("Petra Lange", "", "Petra.Schmidt@neu.example"), True),
        (("Petra Schmidt", "", "post@alt.example"), ("Pat Lange", "", "post@neu.example"), False),
    ],
)
def test_the_same_telephone_or_mailbox_speaks_for_it_where_a_part_of_the_name_does(one: tuple[str, ...], other: tuple[str, ...], *, alike: bool) -> None:
    person(*one)
    person(*other)
    assert [pair.why for pair in doubled_persons()] == ([Why.REACHED_ALIKE] if alike else [])


def test_each_pair_comes_once_and_the_older_row_first() -> None:
    first, second, third = person("Meyer Kim"), person("Kim Meier"), person("Kim Meier")
    assert [(pair.one, pair.other) for pair in doubled_persons()] == [(first, second), (first, third), (second, third)]


def test_whoever_is_two_is_not_asked_about_again_until_that_is_taken_back(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    one, other = person("Kim Meier"), person("Kim Meyer")
    assert "Der Name klingt ähnlich oder ist fast gleich geschrieben." in said(client.get("/doppelt/").content.decode())
    for kept, gone in ((other, one), (one, other)):  # whichever way round, and twice
        client.post("/doppelt/personen/verschieden/", {"kept": kept.pk, "gone": gone.pk})
    pair = DifferentPersons.objects.get()
    assert ((pair.one, pair.other), doubled_persons()) == ((one, other), [])
    assert "Kim Meier und Kim Meyer wieder vergleichen" in said(client.get("/doppelt/").content.decode())
    assert Entry.objects.filter(kind="persons", key=str(one.pk), action="confirmed").count() == 1
    client.post(f"/doppelt/personen/verschieden/{pair.pk}/zuruecknehmen/")
    assert ([found.one for found in doubled_persons()], DifferentPersons.objects.count()) == ([one], 0)


def test_either_of_the_two_can_stay(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    older, newer = person("Kim Meier"), person("Kim Meyer")
    client.post("/doppelt/personen/", {"kept": newer.pk, "gone": older.pk})
    assert list(Person.objects.filter(family_name__startswith="Me")) == [newer]


def test_what_was_said_of_two_holds_again_when_they_are_parted() -> None:
    one, other = person("Kim Meier"), person("Kim Meyer")
    keep_apart(one, other, by=SYSTEM)
    done = merge("persons", kept=one.pk, gone=other.pk, by=SYSTEM)
    part(done, by=SYSTEM)
    assert doubled_persons() == []


def test_nobody_else_says_so_and_nobody_is_different_from_herself() -> None:
    one, other = person("Kim Meier"), person("Kim Meyer")
    stranger = member("coordinator", GOERLITZ)[1]
    with pytest.raises(PermissionDenied):
        keep_apart(one, other, by=stranger)
    with pytest.raises(PermissionDenied):
        compare_again(keep_apart(one, other, by=SYSTEM), by=stranger)
    with pytest.raises(ValueError, match="herself"):
        keep_apart(one, one, by=SYSTEM)
