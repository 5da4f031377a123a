# SPDX-License-Identifier: EUPL-1.2
"""Before and after: what is printed, certificates that can be checked when the names are gone, and numbers that stay."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.jobs.domain import orders
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.attendance import Note, check_in
from asskomm.events.domain.letters import path_of
from asskomm.events.domain.registering import Applicant, confirm, register
from asskomm.events.domain.walk_ins import walk_in
from asskomm.events.models import Attendance, AttendanceCount, Certificate, DoorPass, Gathering
from tests.core.documents.samples import faults, pages
from tests.events.making import BEFORE, BEGINS, come, gathering
from tests.making import work_off
from tests.reading import said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
AFTER = BEGINS + dt.timedelta(days=1)


@pytest.fixture
def found() -> Gathering:
    """A gathering that is over: Ada Müller and a guest were there, Ben was not."""
    with clock.moved_to(BEFORE):
        made = gathering(5)
        people = [Applicant(name, email, "municipality") for name, email in (("Ada Müller", "ada@stadt.example"), ("Ben", "ben@stadt.example"))]
        rows = [confirm(register(made, person, by=ANYONE), by=ANYONE) for person in people]
        confirm(come(made, "Cem", "state_police"), by=ANYONE)
    with clock.moved_to(BEGINS):
        check_in(rows[0], Note(BEGINS), by=SYSTEM)
        walk_in(made, Applicant("Dana Gast", "", "other"), Note(BEGINS), by=SYSTEM)
    return made


def test_the_list_for_the_door_goes_by_family_name(client: Client, sign_in: SignIn, found: Gathering) -> None:
    sign_in("state_council")
    pdf = client.get(f"{found.get_absolute_url()}einlassliste.pdf").content
    text = pages(pdf)[0]
    assert sorted(["Ben", "Cem", "Dana Gast", "Ada Müller"], key=text.index) == ["Ben", "Cem", "Dana Gast", "Ada Müller"]
    assert (text.count("☐"), faults(pdf)) == (4, [])


def test_papers_are_files_in_known_formats(client: Client, sign_in: SignIn, found: Gathering) -> None:
    sign_in("state_council")
    address = found.get_absolute_url()
    answers = [client.get(f"{address}{name}.pdf") for name in ("namensschilder-l4785", "leere-schilder-a7", "namensschilder-b5", "leere-schilder-b5")]
    assert [(answer.status_code, answer.content[:4] == b"%PDF") for answer in answers] == [(200, True), (200, True), (404, False), (404, False)]


def test_a_certificate_is_checked_by_whoever_has_the_paper_and_types_the_name(client: Client, sign_in: SignIn, found: Gathering) -> None:
    ada, ben = found.registrations.get(name="Ada Müller"), found.registrations.get(name="Ben")
    own = f"{path_of(ada)}teilnahmebestaetigung.pdf"
    with clock.moved_to(BEGINS):
        assert client.get(own).status_code == 404  # it is not over
    with clock.moved_to(AFTER):
        assert "Teilnahmebestätigung (PDF)" in said(client.get(path_of(ada)).content.decode())
        assert [client.get(address).status_code for address in (f"{path_of(ben)}teilnahmebestaetigung.pdf", own.replace(ada.reference, ben.reference))] == [
            404
        ] * 2
        pdf = client.get(own).content
        client.get(own)
        assert (Certificate.objects.count(), faults(pdf), len(pages(pdf))) == (1, [], 1)
        text = pages(pdf)[0]
        number = text.split("/bestaetigung/")[1].split("/")[0].replace("\u00ad ", "").replace(" ", "")
        assert ("Ada Müller hat" in text, "7 Stunden" in text, "Seite 1 von 1" in text, len(number)) == (True, True, True, 20)
        sign_in("state_council")
        together = client.get(f"{found.get_absolute_url()}teilnahmebestaetigungen.pdf").content
        assert (len(pages(together)), faults(together), Certificate.objects.count()) == (2, [], 2)
        assert ["Seite 1 von 1" in page for page in pages(together)] == [True, True]
        client.logout()
    with clock.moved_to(AFTER + dt.timedelta(days=57)):
        orders.order("retention.delete", by=SYSTEM)
        work_off()
        assert client.get(own).status_code == 404
        page = client.get(f"/bestaetigung/{number}/").content.decode()
        assert ("Fachtag (Fachtag)" in said(page), "Müller" in page, "Ada" in page) == (True, False, False)
        answers = [
            said(client.post(f"/bestaetigung/{number.upper()}/", {"name": name}).content.decode()) for name in ("ada  mueller", "ADA MÜLLER", "Ben", "Ada")
        ]
        assert ["✓ Ja" in answer for answer in answers] == [True, True, False, False]
        assert ["✕ Nein" in answer for answer in answers] == [False, False, True, True]
        assert [client.post(f"/bestaetigung/{number}/", {"name": ""}).status_code, client.get("/bestaetigung/123/").status_code] == [422, 404]


def test_eight_weeks_later_the_numbers_stay_and_nothing_else(client: Client, sign_in: SignIn, found: Gathering) -> None:
    sign_in("state_council")
    table = "Kommune 2 1 0 Landespolizei 1 0 0 andere 1 1 1"
    with clock.moved_to(AFTER):
        assert table in said(client.get(f"{found.get_absolute_url()}am-tag/").content.decode())
    for _night in range(2):
        with clock.moved_to(AFTER + dt.timedelta(days=57)):
            orders.order("retention.delete", by=SYSTEM)
            work_off()
            assert table in said(client.get(f"{found.get_absolute_url()}am-tag/").content.decode())
    assert (Attendance.objects.count(), DoorPass.objects.count(), AttendanceCount.objects.count()) == (0, 0, 3)
    assert set(found.registrations.values_list("name", "email", "shredded")) == {("", "", True)}
