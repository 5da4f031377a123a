# SPDX-License-Identifier: EUPL-1.2
"""Badges at the door: each is printed once, whoever comes later stands in the line by herself, and a lost one comes again."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.attendance import Note
from asskomm.events.domain.badge_printing import take_badges, want_badge_again
from asskomm.events.domain.registering import Applicant
from asskomm.events.domain.walk_ins import walk_in
from asskomm.events.models import Gathering
from tests.core.documents.samples import faults, pages
from tests.events.making import BEFORE, BEGINS, come, confirmed, gathering
from tests.making import FRANKENBERG
from tests.reading import field_errors, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
ON = {"on": "l4785", "used": "0"}


@pytest.fixture
def found() -> Gathering:
    """A gathering for which Ada and Ben have a place, and Cem has not confirmed his."""
    with clock.moved_to(BEFORE):
        made = gathering(9)
        confirmed(made, "Ada", "Ben")
        come(made, "Cem")
    return made


def test_each_badge_is_printed_once_and_whoever_comes_later_stands_in_the_line(found: Gathering) -> None:
    with clock.moved_to(BEGINS):
        assert [row.name for row in take_badges(found, by=SYSTEM)] == ["Ada", "Ben"]
        assert take_badges(found, by=SYSTEM) == []
        walk_in(found, Applicant("Dora", "", "other"), Note(BEGINS), by=SYSTEM)
        want_badge_again(found.registrations.get(name="Ben"), by=SYSTEM)
        assert [row.name for row in take_badges(found, by=SYSTEM)] == ["Ben", "Dora"]
    for verb in (lambda: take_badges(found, by=ANYONE), lambda: want_badge_again(found.registrations.all()[0], by=ANYONE)):
        with pytest.raises(PermissionDenied):
            verb()


def test_the_page_at_the_printer(client: Client, sign_in: SignIn, found: Gathering) -> None:
    page = f"{found.get_absolute_url()}schilder/"
    assert client.get(page).status_code == 302
    sign_in("state_council")
    shown = said(client.get(page).content.decode())
    assert ("Ohne Schild: 2" in shown, "Ada" in shown, "Cem" in shown) == (True, True, False)
    assert field_errors(client.post(page, {"on": "a6", "used": "4"})) == {"used": ["Auf diesem Bogen sind nur 4 Felder."]}
    paper = client.post(page, ON | {"used": "3"})
    assert (paper["Content-Type"], faults(paper.content), len(pages(paper.content))) == ("application/pdf", [], 1)
    assert ["Ada" in pages(paper.content)[0], "Cem" in pages(paper.content)[0]] == [True, False]
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert ("Alle haben ein Schild." in said(part), "<h1" in part) == (True, False)
    assert "Alle haben schon ein Schild." in said(client.post(page, ON, follow=True).content.decode())
    lost = found.registrations.get(name="Ada")
    assert [word in said(client.get(page, {"q": "Ada"}).content.decode()) for word in ("noch einmal drucken", "Ada")] == [True, True]
    assert "wird noch einmal gedruckt" in said(client.post(f"{page}noch-einmal/", {"key": lost.reference}, follow=True).content.decode())
    assert "Ohne Schild: 1" in said(client.get(page).content.decode())
    sign_in("coordinator", FRANKENBERG)
    assert [client.get(page).status_code, client.post(page, ON).status_code, client.post(f"{page}noch-einmal/").status_code] == [403] * 3
