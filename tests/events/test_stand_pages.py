# SPDX-License-Identifier: EUPL-1.2
"""Stands and posters on the pages of both sides: applied for without an account, decided, placed, shown to everybody, printed."""

import datetime as dt
import io
from collections.abc import Callable
from html.parser import HTMLParser

import pymupdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from typing_extensions import override

from asskomm.core.clock import clock
from asskomm.core.mail.models import Mail
from asskomm.core.ui.logs import cleaned
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from asskomm.events.domain import applying
from asskomm.events.domain.applying import Shown, change_stand, hand_in_poster, withdraw_stand
from asskomm.events.domain.fairs import assign_spots, draw_hall
from asskomm.events.domain.gatherings import call_off
from asskomm.events.domain.poster_files import SHELF
from asskomm.events.domain.stand_decisions import accept_stands, refuse_stands
from asskomm.events.domain.stand_letters import path_of_stand
from asskomm.events.models import Fair, Gathering, Spot, Stand, StandFile
from tests.core.documents.samples import faults
from tests.events.making import BEFORE, fair, gathering, photo, show
from tests.making import FRANKENBERG
from tests.reading import Page, cells, field_errors, headings, links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
SENT = {
    "kind": "poster",
    "organisation": "Stadt Musterau",
    "title": "Sichere Wege",
    "summary": "Was half.",
    "name": "Ada Muster",
    "email": "ada@stadt.example",
    "tables": "1",
    "power": "on",
    "note": "Rollup",
    "agreed": "on",
}
OPEN_TAGS = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "rect", "path", "circle", "line"}


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


class Nesting(HTMLParser):
    """Holds that every element is closed where it was opened, and that no name is given twice."""

    def __init__(self, markup: str) -> None:
        """Read it."""
        super().__init__()
        self.open: list[str] = []
        self.names: list[str] = []
        self.feed(markup)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names += [str(value) for name, value in attrs if name == "id"]
        if tag not in OPEN_TAGS:
            self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag not in OPEN_TAGS:
            assert self.open.pop() == tag


def at(found: Gathering, page: str = "") -> str:
    return f"{found.get_absolute_url()}staende/{page}"


def well_formed(response: Page) -> str:
    nesting = Nesting(response.content.decode())
    assert (nesting.open, len(set(nesting.names))) == ([], len(nesting.names))
    return said(response.content.decode())


def placed(found: Gathering) -> Stand:
    """Give a poster that has a place in the hall and a picture."""
    stand = show(found, kind="poster", power=True)
    accept_stands(found, [stand.reference], by=SYSTEM)
    draw_hall(found, 2, 1, [(1, 1), (1, 2)], by=SYSTEM)
    assign_spots(found, {stand.reference: 2}, by=SYSTEM)
    hand_in_poster(stand, "p.png", io.BytesIO(photo("PNG")), "Ein Platz bei Nacht", by=ANYONE)
    return Stand.objects.with_all().get(pk=stand.pk)


def text_of(response: Page) -> str:
    with pymupdf.open(stream=response.content, filetype="pdf") as document:  # type: ignore[no-untyped-call]
        return " ".join(" ".join(page.get_text() for page in document).split())


def test_from_the_offer_to_the_gallery(client: Client, sign_in: SignIn) -> None:
    found, public = gathering(None), Client()
    sign_in("state_council")
    assert at(found, "einrichten/") in links(client.get(found.get_absolute_url()))
    wrong = client.post(at(found, "einrichten/"), {"stands": "2", "posters": "1", "apply_until": "30.09.2027"})
    assert (wrong.status_code, "höchstens bis zu dem Tag" in said(wrong.content.decode())) == (422, True)
    offered = client.post(at(found, "einrichten/"), {"stands": "2", "posters": "1", "apply_until": "30.06.2027", "note": "Im Foyer."}, follow=True)
    assert headings(offered) == ["Bewerbungen um Stände und Poster"]
    assert "Infostand 0 von 2 Plätzen vergeben Poster 0 von 1 Plätzen vergeben" in well_formed(offered)
    assert "Stände und Poster ansehen, selbst etwas zeigen" in said(public.get(found.get_absolute_url()).content.decode())
    assert "Bewerben Sie sich bis zum 30.06.2027, ohne Konto." in well_formed(public.get(at(found)))
    well_formed(public.get(at(found, "bewerben/")))
    answers = [public.post(at(found, "bewerben/"), SENT) for _click in range(2)]
    assert [(answer.status_code, headings(answer)) for answer in answers] == [(200, ["Danke, Ihre Bewerbung liegt vor"])] * 2
    row, mail = Stand.objects.get(), Mail.objects.get()
    assert (row.organisation, row.needs, path_of_stand(row) in mail.text) == ("Stadt Musterau", "1 Tisch, mit Strom, Rollup", True)
    assert "Sichere Wege" not in said(public.get(at(found)).content.decode())
    listed = well_formed(client.get(at(found, "bewerbungen/")))
    assert "Poster, Stadt Musterau · Ada Muster, ada@stadt.example · 1 Tisch, mit Strom, Rollup" in listed
    decided = [said(client.post(at(found, "bewerbungen/zusagen/"), {"stand": row.reference}, follow=True).content.decode()) for _click in range(2)]
    assert ["Zugesagt: 1. Die E-Mails sind unterwegs." in decided[0], "Es hat sich nichts geändert." in decided[1]] == [True, True]
    page = well_formed(public.get(at(found)))
    assert [word in page for word in ("Sichere Wege", "Stadt Musterau", "Was half.", "Ada Muster", "Rollup")] == [True, True, True, False, False]
    refused = client.post(at(found, "bewerbungen/ablehnen/"), {"stand": row.reference}, follow=True)
    assert "Abgelehnt: 1. Die E-Mails sind unterwegs." in said(refused.content.decode())
    assert client.post(at(found, "bewerbungen/loeschen/"), {"stand": row.reference}).status_code == 404


def test_too_many_are_refused_together_in_one_sentence(client: Client, sign_in: SignIn) -> None:
    found = fair(stands=1)
    rows = [show(found, title) for title in "AB"]
    sign_in("state_council")
    told = said(client.post(at(found, "bewerbungen/zusagen/"), {"stand": [row.reference for row in rows]}, follow=True).content.decode())
    assert "Frei sind noch 1 von 1 Plätzen, zugesagt werden sollten 2. Es ist niemandem zugesagt." in told
    assert Stand.objects.accepted().count() == 0


def test_what_the_form_wants_and_a_trap(client: Client) -> None:
    found = fair()
    page = client.post(at(found, "bewerben/"), {"title": "Nur das"})
    assert (page.status_code, sorted(field_errors(page))) == (422, ["agreed", "email", "kind", "name", "organisation", "summary", "tables"])
    assert ("Nur das" in page.content.decode(), "Ohne diese Zustimmung" in page.content.decode()) == (True, True)
    trapped = client.post(at(found, "bewerben/"), SENT | {"website": "https://werbung.example"})
    assert (headings(trapped), Stand.objects.count(), Mail.objects.count()) == (["Danke, Ihre Bewerbung liegt vor"], 0, 0)
    only = fair(stands=3, posters=0)
    assert [choice for choice, _label in client.get(at(only, "bewerben/")).context["form"].fields["kind"].choices] == ["stand"]
    assert field_errors(client.post(at(only, "bewerben/"), SENT)).keys() == {"kind"}
    with clock.moved_to(BEFORE + dt.timedelta(days=90)):
        assert "zurzeit nicht" in well_formed(client.get(at(found, "bewerben/")))
        assert client.post(at(found, "bewerben/"), SENT).status_code == 409


def test_many_applications_end_with_a_sentence(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asskomm.events.domain.applying.MOST_STANDS", 0)
    page = client.post(at(fair(), "bewerben/"), SENT)
    assert (page.status_code, page.context["form"].non_field_errors()) == (422, ["Es kamen schon sehr viele Bewerbungen. Wenden Sie sich an die Einladenden."])


def test_by_her_link_she_changes_hands_in_and_withdraws(client: Client) -> None:
    found = fair()
    row = show(found, kind="poster")
    link = path_of_stand(row)
    page = client.get(link)
    well_formed(page)
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 Plan")
    without = client.post(link, SENT | {"poster": file})
    assert (without.status_code, list(field_errors(without))) == (422, ["alternative"])
    wrong = client.post(link, SENT | {"poster": SimpleUploadedFile("plan.pdf", photo()), "alternative": "x"})
    assert field_errors(wrong).keys() == {"poster"}
    broken = client.post(link, SENT | {"poster": SimpleUploadedFile("plan.jpg", photo()[:600]), "alternative": "x"})
    assert (broken.status_code, list(field_errors(broken))) == (422, ["poster"])
    file.seek(0)
    saved = client.post(link, SENT | {"title": "Neue Wege", "poster": file, "alternative": "Ein Plan"}, follow=True)
    assert "Danke, es ist gespeichert." in well_formed(saved)
    assert (Stand.objects.get().title, StandFile.objects.get().alternative) == ("Neue Wege", "Ein Plan")
    own = client.get(f"{link}poster/")
    assert (b"".join(own.streaming_content), own["Content-Disposition"]) == (b"%PDF-1.7 Plan", f'attachment; filename="poster-{row.reference}.pdf"')  # type: ignore[attr-defined]
    client.post(link, SENT | {"alternative": "Ein Stadtplan"})
    assert StandFile.objects.get().alternative == "Ein Stadtplan"
    client.post(link, SENT | {"alternative": "", "remove": "on"})
    assert (StandFile.objects.count(), client.get(f"{link}poster/").status_code) == (0, 404)
    assert "Rückgängig machen lässt sich das nicht." in well_formed(client.get(f"{link}zurueckziehen/"))
    for _click in range(2):
        assert client.post(f"{link}zurueckziehen/")["Location"] == link
    assert "Sie haben Ihre Bewerbung zurückgezogen." in well_formed(client.get(link))
    assert (client.post(link, SENT).status_code, client.get(f"{link}zurueckziehen/")["Location"]) == (409, link)


def test_a_stand_has_no_file_and_what_she_reads_when_it_is_late(client: Client) -> None:
    found = fair()
    row = show(found)
    link = path_of_stand(row)
    assert "poster" not in client.get(link).context["form"].fields
    refuse_stands(found, [row.reference], by=SYSTEM)
    assert "Leider haben die Einladenden keinen Platz für Sie." in said(client.get(link).content.decode())
    accept_stands(found, [row.reference], by=SYSTEM)
    with clock.moved_to(found.ends_at):
        page = client.get(link)
        assert ("hier lässt sich nichts mehr ändern" in said(page.content.decode()), f"{link}zurueckziehen/" in links(page)) == (True, True)
    call_off(found, by=SYSTEM)
    assert "Diese Veranstaltung ist abgesagt." in said(client.get(link).content.decode())
    assert "Diese Veranstaltung ist abgesagt." in said(client.get(at(found)).content.decode())
    Stand.objects.update(shredded=True)
    assert client.get(link).status_code == 404


def test_what_changed_meanwhile_is_told_and_what_is_gone_too(client: Client) -> None:
    row = show(fair())
    link = path_of_stand(row)
    seen = client.get(link).context["form"]["seen"].value()
    client.post(link, SENT | {"title": "Erster", "seen": seen})
    second = client.post(link, SENT | {"title": "Zweiter", "seen": seen})
    assert (second.status_code, "Inzwischen hat jemand anders gespeichert." in second.content.decode()) == (422, True)


def test_whoever_withdraws_meanwhile_is_told_that_nothing_was_saved(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    row = show(fair())

    def late(stand: Stand, said: Shown, *, by: Principal) -> Stand:
        withdraw_stand(stand, by=by)
        return change_stand(stand, said, by=by)

    monkeypatch.setattr(applying, "change_stand", late)
    page = client.post(path_of_stand(row), SENT)
    assert (page.status_code, page.context["form"].non_field_errors()) == (422, ["Das lässt sich nicht mehr ändern. Wenden Sie sich an die Einladenden."])


def test_links_cannot_be_guessed_and_stand_in_no_log(client: Client) -> None:
    row, other = show(fair()), show(fair())
    word = path_of_stand(other).split("/")[-2]
    for foreign in (f"/stand/{row.reference}/{word}/", f"/stand/{row.reference}/0/", "/stand/222222222222/0/"):
        assert {client.get(foreign + page).status_code for page in ("", "zurueckziehen/", "poster/")} == {404}
        assert {client.post(foreign + page, SENT).status_code for page in ("", "zurueckziehen/")} == {404}
    assert row.reference not in cleaned(f"GET {path_of_stand(row)} HTTP/1.1")
    assert set(Stand.objects.values_list("state", flat=True)) == {"applied"}


def test_a_poster_is_shown_with_its_words_and_given_as_a_file(client: Client) -> None:
    found = fair()
    row = placed(found)
    page = client.get(at(found))
    well_formed(page)
    assert 'alt="Ein Platz bei Nacht"' in page.content.decode()
    preview, file = client.get(at(found, f"{row.reference}/vorschau.jpg")), client.get(at(found, f"{row.reference}/poster/"))
    assert (preview["Content-Type"], preview["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert b"".join(preview.streaming_content) == SHELF.path_of(row.file.preview).read_bytes()  # type: ignore[attr-defined]
    assert file["Content-Disposition"] == f'attachment; filename="poster-{row.reference}.jpg"'
    assert b"".join(file.streaming_content) == SHELF.path_of(row.file.reference).read_bytes()  # type: ignore[attr-defined]
    hand_in_poster(row, "p.pdf", io.BytesIO(b"%PDF-1"), "Ein Plan in Worten", by=ANYONE)
    assert "Das Poster in Worten : Sichere Wege Ein Plan in Worten Poster „Sichere Wege“ (PDF)" in well_formed(client.get(at(found)))
    assert client.get(at(found, f"{row.reference}/vorschau.jpg")).status_code == 404
    refuse_stands(found, [row.reference], by=SYSTEM)
    assert client.get(at(found, f"{row.reference}/poster/")).status_code == 404
    SHELF.path_of(StandFile.objects.get().reference).unlink()
    accept_stands(found, [row.reference], by=SYSTEM)
    assert client.get(at(found, f"{row.reference}/poster/")).status_code == 404


def test_the_hall_is_drawn_filled_and_printed(client: Client, sign_in: SignIn) -> None:
    found = fair()
    row, other = show(found, power=True), show(found, "Licht", organisation="Verein")
    sign_in("state_council")
    assert "Noch gibt es keinen Plan." in well_formed(client.get(at(found, "hallenplan/vergeben/")))
    accept_stands(found, [row.reference, other.reference], by=SYSTEM)
    assert "Noch gibt es keinen Plan." in well_formed(Client().get(at(found, "hallenplan/")))
    drawn = client.post(at(found, "hallenplan/zeichnen/"), {"columns": "3", "rows": "1"}, follow=True)
    assert [str(spot) for spot in Spot.objects.all()] == ["1", "2", "3"]
    well_formed(drawn)
    client.post(at(found, "hallenplan/zeichnen/"), {"columns": "3", "rows": "2", "cell_1_1": "on", "cell_1_3": "on"})
    assert list(Spot.objects.values_list("row", "column")) == [(1, 1), (1, 3), (2, 1), (2, 2), (2, 3)]
    assert client.post(at(found, "hallenplan/zeichnen/"), {"columns": "21", "rows": "1"}).status_code == 422
    twice = {f"stand_{row.reference}": "2", f"stand_{other.reference}": "2"}
    wrong = client.post(at(found, "hallenplan/vergeben/"), twice)
    assert (wrong.status_code, wrong.context["form"].non_field_errors()) == (422, ["Platz 2 ist zweimal vergeben."])
    well_formed(client.post(at(found, "hallenplan/vergeben/"), {f"stand_{row.reference}": "2", f"stand_{other.reference}": ""}, follow=True))
    taken = client.post(at(found, "hallenplan/zeichnen/"), {"columns": "1", "rows": "1", "cell_1_1": "on"})
    assert "Auf Platz 2 steht „Sichere Wege“." in said(taken.content.decode())
    public = Client().get(at(found, "hallenplan/"))
    well_formed(public)
    assert cells(public)[1:] == [["2", "Sichere Wege", "Stadt Musterau", "Infostand", "ja"], ["–", "Licht", "Verein", "Infostand", "nein"]]
    assert [faults(client.get(at(found, page)).content) for page in ("hallenplan.pdf", "aufbau.pdf")] == [[], []]
    printed = text_of(Client().get(at(found, "hallenplan.pdf")))
    assert [word in printed for word in ("Hallenplan: Fachtag", "Sichere Wege", "Strom", "Ada Muster")] == [True, True, True, False]
    paper = text_of(client.get(at(found, "aufbau.pdf")))
    assert [word in paper for word in ("Tische zusammen: 2.", "mit Strom: 1.", "Ada Muster")] == [True, True, True]
    table = client.get(at(found, "bewerbungen.csv")).content.decode("utf-8-sig")
    assert [word in table for word in ("Sichere Wege", "Ada Muster", "ada@stadt.example")] == [True, True, True]
    assert client.get(at(found, "bewerbungen.exe")).status_code == 404


def test_two_who_plan_the_hall_at_the_same_time(client: Client, sign_in: SignIn) -> None:
    found = fair()
    row = show(found)
    accept_stands(found, [row.reference], by=SYSTEM)
    draw_hall(found, 2, 1, [(1, 1), (1, 2)], by=SYSTEM)
    sign_in("state_council")
    told = "Inzwischen hat jemand anders gespeichert."
    drawn = {"columns": "2", "rows": "1", "cell_1_1": "on", "seen": client.get(at(found, "hallenplan/zeichnen/")).context["form"]["seen"].value()}
    given = {f"stand_{row.reference}": "2", "seen": client.get(at(found, "hallenplan/vergeben/")).context["form"]["seen"].value()}
    assign_spots(found, {row.reference: 1}, by=SYSTEM)
    draw_hall(found, 2, 2, [(1, 1), (1, 2)], by=SYSTEM)
    for page, sent in (("zeichnen/", drawn), ("vergeben/", given)):
        answer = client.post(at(found, f"hallenplan/{page}"), sent)
        assert (answer.status_code, told in answer.content.decode()) == (422, True), page
        well_formed(answer)
    assert str(Stand.objects.get().spot) == "1"


def test_an_empty_hall_is_printed_too_and_no_markup_gets_through(client: Client, sign_in: SignIn) -> None:
    found = fair()
    draw_hall(found, 1, 1, [(1, 1)], by=SYSTEM)
    assert "Hallenplan: Fachtag" in text_of(client.get(at(found, "hallenplan.pdf")))
    row = show(found, "<b>Fett</b>", organisation="<i>Schräg</i>", note="<u>Unten</u>", summary="<s>Weg</s>")
    accept_stands(found, [row.reference], by=SYSTEM)
    sign_in("state_council")
    for page in ("", "bewerbungen/", "hallenplan/", "hallenplan/vergeben/"):
        markup = client.get(at(found, page)).content.decode()
        assert [tag in markup for tag in ("<b>", "<i>", "<u>", "<s>")] == [False] * 4, page


def test_others_see_and_do_nothing(client: Client, sign_in: SignIn) -> None:
    found, without = fair(), gathering(None)
    row = placed(found)
    pages = ("einrichten/", "bewerbungen/", "bewerbungen.csv", "hallenplan/zeichnen/", "hallenplan/vergeben/", "aufbau.pdf")
    posted = ("einrichten/", "bewerbungen/zusagen/", "bewerbungen/ablehnen/", "hallenplan/zeichnen/", "hallenplan/vergeben/")
    assert {client.get(at(found, page)).status_code for page in pages} | {client.post(at(found, page)).status_code for page in posted} == {302}
    sign_in("coordinator", FRANKENBERG)
    assert {client.get(at(found, page)).status_code for page in pages} | {client.post(at(found, page)).status_code for page in posted} == {403}
    hidden = fair(visibility=Visibility.PRIVATE)
    secret = placed(hidden)
    public = ("", "hallenplan/", "hallenplan.pdf", "bewerben/", f"{secret.reference}/poster/", f"{secret.reference}/vorschau.jpg")
    assert {client.get(at(hidden, page)).status_code for page in (*pages, *public)} | {client.post(at(hidden, page)).status_code for page in posted} == {404}
    sign_in("state_council")
    assert {client.get(at(without, page)).status_code for page in (*pages[1:], *public[:4])} == {404}
    assert client.get(at(hidden, f"{row.reference}/poster/")).status_code == 404
    assert (Stand.objects.get(pk=row.pk).state, Fair.objects.count()) == ("accepted", 2)


def test_pages_are_read_in_a_fixed_number_of_queries(client: Client, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    found = fair(stands=5, posters=5)
    placed(found)
    sign_in("state_council")
    client.get(at(found))
    counted = {"": 9, "bewerbungen/": 10, "hallenplan/": 9}
    for page, number in counted.items():
        with django_assert_num_queries(number):
            client.get(at(found, page))
    accept_stands(found, [show(found, title).reference for title in "ABC"], by=SYSTEM)
    for page, number in counted.items():
        with django_assert_num_queries(number):
            client.get(at(found, page))
