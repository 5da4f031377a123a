# SPDX-License-Identifier: EUPL-1.2
"""From the invitation to the answer by the link, on the pages of both sides."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from asskomm.core.audit.domain.reading import write_notes
from asskomm.core.audit.models import Entry
from asskomm.core.backup.domain.taking import kept_files
from asskomm.core.clock import clock
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.events.domain.contributing import decline_invitation, hand_in_slides, settle_slides
from asskomm.events.domain.expenses import claim_of
from asskomm.events.domain.gatherings import call_off
from asskomm.events.domain.invitation_letters import path_of
from asskomm.events.domain.inviting import withdraw_invitation
from asskomm.events.domain.programme import Slot, place_session
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.slides import KINDS, MOST_MEGABYTES
from asskomm.events.models import Gathering, Invitation, Session, Slides, Speaker
from tests.events.making import BEFORE, BEGINS, accept, gathering, invite, pdf
from tests.making import FRANKENBERG
from tests.reading import cells, field_errors, headings, links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
SAID = {
    "title": "Graffiti heute",
    "abstract": "Was half.",
    "biography": "Leitet das Amt.",
    "technology": "Beamer",
    "photo_consent": "on",
    "fee": "1.250,50",
    "travel": "Zug, eine Nacht",
    "documented": "on",
}
TOLD = "Diese Datei ist keine PDF-, ODP- oder PPTX-Datei. Speichern Sie die Folien in einem dieser Formate, am besten als PDF."


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def plan_of(found: Gathering) -> str:
    return f"{found.get_absolute_url()}programm/bearbeiten/"


def page_of(row: Invitation) -> str:
    return f"{row.session.gathering.get_absolute_url()}programm/einladungen/{row.reference}/"


def archive(*names: str, mimetype: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "x")
    return written.getvalue()


PPTX = ("[Content_Types].xml", "ppt/presentation.xml")


def test_from_the_invitation_to_the_answer(client: Client, sign_in: SignIn) -> None:
    found = gathering(2)
    sign_in("state_council")
    asked = {"name": "Ada Muster", "email": "Ada@Stadt.example ", "topic": "Graffiti", "kind": "talk", "note": "Sie wissen es.", "answer_until": "01.06.2027"}
    invite_page = f"{found.get_absolute_url()}programm/einladungen/neu/"
    assert [client.post(invite_page, asked).status_code for _click in range(2)] == [302, 302]
    row = Invitation.objects.get()
    assert (row.speaker.name, row.speaker.email, row.session.title, row.session.starts_at) == ("Ada Muster", "ada@stadt.example", "Graffiti", None)
    mail = Mail.objects.get()
    assert (mail.subject, mail.address.email) == ("Einladung: Bitte wirken Sie bei einer Veranstaltung mit", "ada@stadt.example")
    link = path_of(row)
    assert link in mail.text
    assert "Sie wissen es." in mail.text
    assert "Bitte antworten Sie bis zum 01.06.2027." in mail.text
    assert "Ada Muster : noch keine Antwort Graffiti (Antwort bis 01.06.2027)" in said(client.get(plan_of(found)).content.decode())
    assert "Eingeladen 1 noch keine Antwort" in said(client.get(plan_of(found)).content.decode())
    public = Client()
    page = public.get(link)
    assert (page.status_code, page["Cache-Control"]) == (200, "max-age=0, no-cache, no-store, must-revalidate, private")
    assert [field.name for field in page.context["form"].first] == ["title", "abstract", "biography", "technology", "photo_consent"]
    answers = [public.post(link, {**SAID, "slides": pdf(), "seen": page.context["form"]["seen"].value()}) for _click in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, link)] * 2
    session, speaker = Session.objects.get(), Speaker.objects.get()
    assert (session.title, session.abstract, speaker.biography, speaker.photo_consent) == ("Graffiti heute", "Was half.", "Leitet das Amt.", True)
    row.refresh_from_db()
    assert (row.state, row.technology, claim_of(row).fee, claim_of(row).travel) == ("accepted", "Beamer", Decimal("1250.50"), "Zug, eine Nacht")
    kept = Slides.objects.get()
    assert (kept.file_name, kept.ending, kept.documented) == ("folien.pdf", "pdf", True)
    trail = Entry.objects.exclude(kind__in=("gatherings", "persons")).order_by("pk").values_list("kind", "action")
    made = [("speakers", "created"), ("sessions", "created"), ("invitations", "created")]
    assert list(trail) == [*made, ("sessions", "changed"), ("speakers", "changed"), ("invitations", "confirmed"), ("invitations", "changed")]
    told = said(client.get(page_of(row)).content.decode())
    for word in ("Graffiti heute Stand zugesagt", "Beamer", "dürfen gezeigt werden", "1.250,50 €", "Zug, eine Nacht", "folien.pdf"):
        assert word in told
    write_notes()
    assert list(Entry.objects.filter(action="read").values_list("kind", "key")) == [("invitations", row.reference)]
    file = client.get(f"{page_of(row)}folien/")
    assert (b"".join(file.streaming_content), file["Content-Type"]) == (b"%PDF-1.7\nFolien", "application/pdf")  # type: ignore[attr-defined]
    assert file["Content-Disposition"] == f'attachment; filename="folien-{session.reference}.pdf"'
    assert b"".join(public.get(f"{link}folien/").streaming_content) == b"%PDF-1.7\nFolien"  # type: ignore[attr-defined]


def test_a_wrong_file_gets_one_sentence_and_nothing_else_is_lost(client: Client) -> None:
    row = invite(gathering(2))
    big = b"%PDF-" + b" " * (MOST_MEGABYTES * 1024 * 1024)
    wrong = {
        "folien.ppt": (b"\xd0\xcf\x11\xe0", TOLD),
        "folien.pdf": (archive(*PPTX), TOLD),
        "folien.pptx": (b"%PDF-1.7", TOLD),
        "daten.pptx": (archive("[Content_Types].xml", "xl/workbook.xml"), TOLD),
        "makro.pptx": (archive(*PPTX, "ppt/vbaProject.bin"), TOLD),
        "kaputt.pptx": (b"PK\x03\x04kaputt", TOLD),
        "text.odp": (archive(mimetype="application/vnd.oasis.opendocument.text"), TOLD),
        "leer.pdf": (b"", "Die Datei ist leer."),
        "gross.pdf": (big, "Die Datei ist größer als 15 MB. Speichern Sie die Folien mit kleineren Bildern oder als PDF."),
    }
    for name, (content, sentence) in wrong.items():
        answer = client.post(path_of(row), SAID | {"slides": SimpleUploadedFile(name, content)})
        assert (answer.status_code, field_errors(answer)) == (422, {"slides": [sentence]}), name
        typed = {field.name: field.value() for field in answer.context["form"]}
        assert {key: typed[key] for key in SAID} == SAID | {"photo_consent": True, "documented": True}
        assert answer.context["form"].unfolded is True
    assert (Slides.objects.exists(), Invitation.objects.get().state) == (False, "invited")


def test_what_is_taken_is_told_by_its_content(client: Client) -> None:
    row = invite(gathering(2))
    for name, content in {"a.PPTX": archive(*PPTX), "b.odp": archive("content.xml", mimetype=KINDS["odp"]), "c.pdf": b"%PDF-1.4"}.items():
        assert client.post(path_of(row), SAID | {"slides": SimpleUploadedFile(name, content)}).status_code == 302
        kept = Slides.objects.get()
        assert (kept.file_name, kept.ending) == (name, name.lower()[2:])
    assert client.post(path_of(row), SAID | {"remove": "on"}).status_code == 302
    assert (Slides.objects.exists(), client.get(f"{path_of(row)}folien/").status_code) == (False, 404)


def test_two_tabs_at_the_same_time(client: Client) -> None:
    row = accept(invite(gathering(2)))
    shown = client.get(path_of(row)).context["form"]["seen"].value()
    assert client.post(path_of(row), SAID | {"title": "Erster", "seen": shown}).status_code == 302
    second = client.post(path_of(row), SAID | {"title": "Zweiter", "seen": shown})
    told = "Inzwischen hat jemand anders gespeichert. Ihre Eingaben stehen noch da und gelten, wenn Sie noch einmal speichern."
    assert (second.status_code, second.context["form"].non_field_errors()) == (422, [f"{told} Gespeichert ist jetzt: Titel: „Erster“."])
    again = second.context["form"]["seen"].value()
    assert client.post(path_of(row), SAID | {"title": "Zweiter", "seen": again}).status_code == 302
    assert Session.objects.get().title == "Zweiter"


def test_she_says_no_and_then_yes(client: Client) -> None:
    row = accept(invite(gathering(2)), fee="100", technology="Beamer")
    assert "wirken dann bei „Graffiti heute“ nicht mit" in said(client.get(f"{path_of(row)}absagen/").content.decode())
    assert [client.post(f"{path_of(row)}absagen/")["Location"] for _click in range(2)] == [path_of(row)] * 2
    row = Invitation.objects.get()
    assert (row.state, row.technology, bool(claim_of(row)), row.session.speakings.count()) == ("declined", "", False, 0)
    assert Entry.objects.filter(kind="invitations", action="ended").count() == 1
    page = client.get(path_of(row))
    assert "Sie haben abgesagt. Möchten Sie doch mitwirken, dann sagen Sie hier zu." in said(page.content.decode())
    assert f"{path_of(row)}absagen/" not in links(page)
    assert client.post(path_of(row), SAID).status_code == 302
    row = Invitation.objects.get()
    assert (row.state, row.session.speakings.count()) == ("accepted", 1)


def test_after_the_beginning_only_slides_and_two_weeks_after_the_end_nothing(client: Client) -> None:
    row, other = accept(invite(gathering(2))), invite(gathering(2))
    end = row.session.gathering.ends_at
    with clock.moved_to(BEGINS):
        page = client.get(path_of(row))
        assert [field.name for field in page.context["form"].folded] == ["slides", "documented"]
        assert client.post(path_of(row), {"title": "Neu", "slides": pdf()}).status_code == 302
        assert (Session.objects.get(pk=row.session_id).title, Slides.objects.count()) == ("Graffiti heute", 1)
        assert "hier lässt sich nichts mehr ändern" in said(client.get(path_of(other)).content.decode())
        late = client.post(path_of(other), SAID)
        assert late.context["form"].non_field_errors() == ["Folien lassen sich hier nicht mehr abgeben. Wenden Sie sich an die Einladenden."]
        assert client.get(f"{path_of(other)}absagen/")["Location"] == path_of(other)
        answer = client.post(f"{path_of(other)}absagen/", follow=True)
        assert "Das lässt sich nicht mehr ändern. Wenden Sie sich an die Einladenden." in said(answer.content.decode())
    with clock.moved_to(end + dt.timedelta(days=14) - dt.timedelta(minutes=1)):
        assert client.post(path_of(row), {"documented": "on"}).status_code == 302
        assert Slides.objects.get().documented is True
    with clock.moved_to(end + dt.timedelta(days=14)):
        assert {client.get(path_of(row) + page).status_code for page in ("", "absagen/", "folien/")} == {404}


def test_a_link_that_is_not_ours_leads_nowhere(client: Client) -> None:
    row, other = accept(invite(gathering(2))), invite(gathering(2))
    hand_in_slides(row, "a.pdf", io.BytesIO(b"%PDF-1"), documented=False, by=SYSTEM)
    word = path_of(other).split("/")[-2]
    for foreign in (f"/mitwirken/{row.reference}/{word}/", f"/mitwirken/{row.reference}/0/", "/mitwirken/222222222222/0/"):
        assert {client.get(foreign + page).status_code for page in ("", "absagen/", "folien/")} == {404}
        assert {client.post(foreign + page, SAID).status_code for page in ("", "absagen/")} == {404}
    withdraw_invitation(row, by=SYSTEM)
    gone = client.get(path_of(row))
    assert (gone.status_code, headings(gone)) == (410, ["Diese Einladung gilt nicht mehr"])
    assert client.post(path_of(row), SAID).status_code == 410
    assert client.get(f"{path_of(row)}folien/").status_code == 404
    call_off(other.session.gathering, by=SYSTEM)
    assert "Diese Veranstaltung ist abgesagt." in said(client.get(path_of(other)).content.decode())
    assert client.post(path_of(other), SAID).status_code == 422


def test_others_see_and_do_nothing(client: Client, sign_in: SignIn) -> None:
    row, other = accept(invite(gathering(2)), fee="100"), invite(gathering(2))
    hand_in_slides(row, "a.pdf", io.BytesIO(b"%PDF-1"), documented=False, by=SYSTEM)
    base = f"{row.session.gathering.get_absolute_url()}programm/einladungen/"
    pages = ["neu/", "honorar-und-reise/", *(f"{row.reference}/{page}" for page in ("", "zuruecknehmen/", "folien/"))]
    posted = ("neu/", f"{row.reference}/zuruecknehmen/", f"{row.reference}/noch-einmal/")
    assert {client.get(base + page).status_code for page in pages} == {302}
    sign_in("coordinator", FRANKENBERG)
    assert {client.get(base + page).status_code for page in pages} == {403}
    assert {client.post(base + page).status_code for page in posted} == {403}
    sign_in("state_council")
    foreign = f"{other.session.gathering.get_absolute_url()}programm/einladungen/{row.reference}/"
    assert {client.get(foreign + page).status_code for page in ("", "zuruecknehmen/", "folien/")} == {404}
    assert {client.post(foreign + page).status_code for page in ("zuruecknehmen/", "noch-einmal/")} == {404}
    assert Invitation.objects.get(pk=row.pk).state == "accepted"


def test_the_organiser_sends_again_and_takes_back(client: Client, sign_in: SignIn) -> None:
    row = invite(gathering(2))
    sign_in("state_council")
    with clock.moved_to(BEFORE + dt.timedelta(minutes=1)):
        answers = [said(client.post(f"{page_of(row)}noch-einmal/", follow=True).content.decode()) for _click in range(2)]
    assert ["Der Link ist noch einmal unterwegs." in answer for answer in answers] == [True, True]
    assert Mail.objects.count() == 2
    asked = said(client.get(f"{page_of(row)}zuruecknehmen/").content.decode())
    assert "Ada Muster steht nicht mehr bei „Graffiti“" in asked
    page = client.post(f"{page_of(row)}zuruecknehmen/", follow=True)
    assert "Graffiti Stand zurückgenommen" in said(page.content.decode())
    assert f"{page_of(row)}zuruecknehmen/" not in links(page)
    refused = said(client.post(f"{page_of(row)}noch-einmal/", follow=True).content.decode())
    assert "Diese Einladung ist beendet." in refused
    assert (Session.objects.count(), Mail.objects.count()) == (1, 2)


def test_what_the_form_wants(client: Client, sign_in: SignIn) -> None:
    found = gathering(2)
    sign_in("state_council")
    page = f"{found.get_absolute_url()}programm/einladungen/neu/"
    assert field_errors(client.post(page, {"name": "Ada", "email": "ada", "kind": "talk"})).keys() == {"email", "topic"}
    late = {"name": "Ada", "email": "ada@stadt.example", "kind": "talk", "topic": "X", "answer_until": "15.09.2027"}
    between = "Der Tag, bis zu dem Sie eine Antwort möchten, liegt zwischen heute und dem Beginn der Veranstaltung."
    assert client.post(page, late).context["form"].non_field_errors() == [between]
    first = invite(found)
    joined = client.post(page, {"name": "Ben", "email": "ben@stadt.example", "kind": "talk", "session": first.session.reference})
    assert (joined.status_code, Session.objects.count()) == (302, 1)
    assert [str(speaking) for speaking in first.session.speakings.all()] == ["Ada Muster", "Ben"]
    foreign = invite(gathering(2)).session.reference
    assert field_errors(client.post(page, late | {"session": foreign})).keys() == {"session"}


def test_fees_together_are_read_in_a_fixed_number_of_queries(client: Client, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    found = gathering(2)
    sign_in("state_council")
    costs = f"{found.get_absolute_url()}programm/einladungen/honorar-und-reise/"
    assert "Noch hat niemand etwas angegeben." in said(client.get(costs).content.decode())
    accept(invite(found, "Ada"), fee="100", travel="Zug")
    decline_invitation(accept(invite(found, "Zoe", "Nein"), fee="999"), by=SYSTEM)
    with django_assert_num_queries(6):
        page = client.get(costs)
    assert cells(page)[1:] == [["Ada", "Graffiti heute", "100 €", "Zug"]]
    accept(invite(found, "Ben", "Licht"), "Licht", fee="50.50")
    accept(invite(found, "Cora", "Wege"), "Wege")
    with django_assert_num_queries(6):
        page = client.get(costs)
    assert cells(page)[1:] == [["Ada", "Graffiti heute", "100 €", "Zug"], ["Ben", "Licht", "50,50 €", "–"]]
    assert "Honorare zusammen 150,50 €" in said(page.content.decode())
    write_notes()
    assert list(Entry.objects.filter(action="read").values_list("kind", "key")) == [("gatherings", found.reference)] * 3


def test_files_lie_where_the_backup_takes_them() -> None:
    row = accept(invite(gathering(2)))
    kept = hand_in_slides(row, "a.pdf", io.BytesIO(b"%PDF-1"), documented=False, by=SYSTEM)
    path = dict(kept_files())[f"files/slides/{kept.reference}"]
    assert (path, path.read_bytes()) == (Path(settings.DATA_FOLDER) / "files" / "slides" / kept.reference, b"%PDF-1")


def test_slides_are_shown_to_all_when_it_is_over_and_she_allows_it(client: Client) -> None:
    found = gathering(2)
    shown, kept = accept(invite(found)), accept(invite(found, "Ben", "Licht"), "Licht")
    rows = [hand_in_slides(row, "a.pdf", io.BytesIO(b"%PDF-1"), documented=row == shown, by=SYSTEM) for row in (shown, kept)]
    for row in (shown, kept):
        place_session(row.session, Slot(BEGINS, BEGINS + dt.timedelta(hours=1)), by=SYSTEM)
    release_programme(found, knowing_conflicts=True, by=SYSTEM)
    pages = [f"{found.get_absolute_url()}programm/beitrag/{row.session.reference}/" for row in (shown, kept)]
    files = [f"{page}folien/{row.reference}/" for page, row in zip(pages, rows, strict=True)]
    assert [client.get(file).status_code for file in files] == [404, 404]
    with clock.moved_to(found.ends_at):
        assert [file in links(client.get(page)) for page, file in zip(pages, files, strict=True)] == [True, False]
        assert b"".join(client.get(files[0]).streaming_content) == b"%PDF-1"  # type: ignore[attr-defined]
        assert [client.get(file).status_code for file in (files[1], f"{pages[1]}folien/{rows[0].reference}/")] == [404, 404]
        settle_slides(shown, documented=False, by=SYSTEM)
        assert client.get(files[0]).status_code == 404
