# SPDX-License-Identifier: EUPL-1.2
"""Pages and files of press sheets, from the first draft to the release."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from asskomm.alliance.domain.events import withdraw_event
from asskomm.alliance.models import Event
from asskomm.core.clock import BERLIN
from asskomm.core.documents import FORMATS
from asskomm.core.documents.frame import FUNDED
from asskomm.core.documents.pdf import as_pdf
from asskomm.core.visibility import SYSTEM, Principal, Visibility
from asskomm.publishing.documents.press import press_document
from asskomm.publishing.domain import press as verbs
from asskomm.publishing.models import PressQuote, PressSheet
from tests.core.documents.samples import faults, pages
from tests.making import FRANKENBERG, GOERLITZ, event
from tests.reading import by_class, cells, field_errors, headings, links, said

pytestmark = pytest.mark.django_db
START, DAY = dt.date(2022, 9, 14), dt.date(2023, 9, 14)
SignIn = Callable[..., Principal]


def drafted() -> PressSheet:
    event("consultation", "01.05.2022", GOERLITZ)
    event("consultation", "01.05.2023", FRANKENBERG, visibility=Visibility.PRIVATE)
    event("budget_provided", "01.02.2022", measures=(("year", 2022),), amount="1000000")
    event("budget_provided", "01.02.2023", measures=(("year", 2023),), amount="1100000")
    return verbs.draft_sheet(START, DAY, by=SYSTEM)


def test_from_the_draft_to_the_release(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    event("consultation", "01.05.2022", GOERLITZ)
    assert client.post("/presse/neu/", {"start": "14.09.2022", "day": "14.09.2023"}).status_code == 302
    sheet = PressSheet.objects.get()
    page = sheet.get_absolute_url()
    words = {"headline": "Neu", "text": "Eins.\r\n\r\nZwei.", "embargo_until": "01.02.2999 10:00", "funded": "on"}
    assert client.post(f"{page}aendern/", words).status_code == 302
    assert client.post(f"{page}zitat/", {"speaker": "Kim Muster", "text": "Gut."}).status_code == 302
    quote = PressQuote.objects.get()
    client.post(f"{page}zitat/{quote.pk}/", {"speaker": "Kim Muster", "function": "Leitung", "text": "Sehr gut."})
    assert by_class(client.post(f"{page}freigeben/", follow=True), "note-error") == ["Das Zitat von Kim Muster wartet noch auf Freigabe."]
    assert by_class(client.post(f"{page}zitat/{quote.pk}/freigeben/", follow=True), "note-success") == ["Die Freigabe ist vermerkt."]
    assert by_class(client.post(f"{page}freigeben/", follow=True), "note-success") == ["Die Medieninformation ist freigegeben."]
    sheet.refresh_from_db()
    assert (sheet.headline, sheet.text, sheet.released) == ("Neu", "Eins.\n\nZwei.", True)
    assert sheet.embargo_until == dt.datetime(2999, 2, 1, 10, tzinfo=BERLIN)
    assert client.get(f"{page}aendern/").status_code == 403
    client.logout()
    assert [client.get(address).status_code for address in (page, f"{page}medieninformation.pdf", f"{page}kennzahlen/agreements/")] == [404, 404, 404]


def test_the_page_shows_values_changes_charts_and_files(client: Client) -> None:
    sheet = verbs.release_sheet(drafted(), by=SYSTEM)
    response = client.get(sheet.get_absolute_url())
    assert headings(response) == ["Zahlen der Allianz Sichere Sächsische Kommunen, Stand 14. September 2023"]
    assert cells(response)[:2] == [["Kennzahl", "14.09.2022", "14.09.2023", "Veränderung"], ["Beratene Kommunen", "1", "2", "+ 1"]]
    assert cells(response)[6] == ["Fördermittel des Jahres (2023)", "1.000.000 €", "1.100.000 €", "+ 100.000 €"]
    assert response.content.count(b"<svg") == 6
    assert [link for link in links(response) if "medieninformation." in link] == [
        reverse("publishing:press_download", args=[sheet.reference, ending]) for ending in FORMATS
    ]
    assert by_class(response, "badge") == ["Als PDF", "Als DOCX", "Als ODT", "Als HTML"]


def test_the_page_says_what_was_corrected_later(client: Client) -> None:
    sheet = verbs.release_sheet(drafted(), by=SYSTEM)
    event("consultation", "01.06.2023", "14521470")
    text = client.get(sheet.get_absolute_url()).content.decode()
    assert "Beratene Kommunen am 14.09.2023: veröffentlicht 2, nach heutigem Wissen 3" in " ".join(text.split())


def test_the_page_says_which_rows_came_and_went_as_far_as_the_reader_may_see_them(client: Client) -> None:
    sheet = verbs.release_sheet(drafted(), by=SYSTEM)
    for counted in Event.objects.filter(kind="consultation"):
        withdraw_event(counted, by=SYSTEM)
    event("consultation", "02.05.2023", "14521470")
    event("consultation", "03.05.2023", "14521390", visibility=Visibility.PRIVATE)
    text = said(client.get(sheet.get_absolute_url()).content.decode())
    wanted = (
        "Beratene Kommunen: neu gezählt 02.05.2023 Beratung · Pfaffroda 1 weitere nicht öffentlich. "
        "nicht mehr gezählt 01.05.2022 Beratung · Görlitz 1 weitere nicht öffentlich."
    )
    assert wanted in text, text[text.index("Seit der Freigabe") :][:600]


def test_background_and_contact_are_written_on_the_form_and_shown(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    page = drafted().get_absolute_url()
    words = {"headline": "x", "text": "x", "background": "Eins.\r\n\r\nZwei.", "contact": "Kim\r\nTelefon 0351 1"}
    assert client.post(f"{page}aendern/", words).status_code == 302
    sheet = PressSheet.objects.get()
    assert (sheet.background, sheet.contact) == ("Eins.\n\nZwei.", "Kim\nTelefon 0351 1")
    shown = said(client.get(page).content.decode())
    assert ("Hintergrund Eins. Zwei." in shown, "Kontakt für Rückfragen Kim Telefon 0351 1" in shown) == (True, True)


def test_evidence_shows_the_counted_events_that_the_reader_may_see(client: Client) -> None:
    sheet = verbs.release_sheet(drafted(), by=SYSTEM)
    event("consultation", "01.06.2023", "14521470")
    response = client.get(f"{sheet.get_absolute_url()}kennzahlen/municipalities_advised/")
    text = response.content.decode()
    assert ("Görlitz" in text, "Frankenberg" in text, "Pfaffroda" in text, "1 weitere nicht öffentlich." in text) == (True, False, False, True)
    assert by_class(response, "number") == ["2"]
    assert client.get(f"{sheet.get_absolute_url()}kennzahlen/unfug/").status_code == 404


@pytest.mark.parametrize("ending", FORMATS)
def test_files_are_public_after_the_release(client: Client, ending: str) -> None:
    sheet = drafted()
    address = reverse("publishing:press_download", args=[sheet.reference, ending])
    assert client.get(address).status_code == 404
    sheet = verbs.release_sheet(sheet, by=SYSTEM)
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, FORMATS[ending].media_type)
    assert response["Content-Disposition"] == f'attachment; filename="medieninformation-{sheet.number}.{ending}"'


def test_there_is_no_other_format(client: Client) -> None:
    sheet = verbs.release_sheet(drafted(), by=SYSTEM)
    assert client.get(f"{sheet.get_absolute_url()}medieninformation.exe").status_code == 404


@pytest.mark.parametrize("state", ["empty", "draft", "full"])
def test_the_document_is_without_a_fault(state: str) -> None:
    sheet = verbs.draft_sheet(START, DAY, by=SYSTEM) if state == "empty" else drafted()
    if state == "full":
        quote = verbs.add_quote(sheet, speaker="Kim #Muster", function="*Leitung*", text="Gut $gesagt$.", by=SYSTEM)
        verbs.release_quote(quote, by=SYSTEM)
        event("consultation", "01.05.2022", GOERLITZ, example=True)
        sheet = verbs.refresh_figures(sheet, by=SYSTEM)
        sheet = verbs.release_sheet(sheet, by=SYSTEM)
    assert faults(as_pdf(press_document(sheet))) == []


def test_the_document_says_what_it_must(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    event("consultation", "01.05.2022", GOERLITZ, example=True)
    sheet = verbs.draft_sheet(START, DAY, by=SYSTEM)
    until = dt.datetime(2999, 2, 1, 10, tzinfo=BERLIN)
    sheet = verbs.edit_sheet(sheet, headline="Titel", text="Wort.", embargo_until=until, funded=True, by=SYSTEM)
    verbs.add_quote(sheet, speaker="Kim", function="", text="Gut.", by=SYSTEM)
    client.cookies["sprache"] = "en"  # the sheet is German whatever the screen is
    found = pages(client.get(f"{sheet.get_absolute_url()}medieninformation.pdf").content)
    text = " ".join(found).replace("\u00ad ", "")
    assert ["Entwurf · Beispiel, frei erfunden" in page for page in found] == [True] * len(found)
    wanted = ("Sperrfrist: 1. Februar 2999, 10:00 Uhr", "„Gut.“", "Kim (wartet auf Freigabe)", FUNDED, "Seite 1 von", "Beratene Kommunen")
    assert [words for words in wanted if words not in text] == []


def test_only_the_state_council_opens_the_forms(client: Client, sign_in: SignIn) -> None:
    sheet = verbs.release_sheet(drafted(), by=SYSTEM)
    page = sheet.get_absolute_url()
    assert [client.get(address).status_code for address in ("/presse/neu/", f"{page}aendern/")] == [302, 302]
    sign_in("coordinator", GOERLITZ)
    forms = [client.get(address).status_code for address in ("/presse/neu/", f"{page}aendern/", f"{page}zitat/")]
    buttons = [client.post(f"{page}{button}/").status_code for button in ("freigeben", "zahlen")]
    assert (forms, buttons) == ([403, 403, 403], [403, 403])
    assert client.get(f"{page}freigeben/").status_code == 405


def test_forms_say_what_is_wrong(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    response = client.post("/presse/neu/", {"start": "gestern", "day": ""})
    assert (response.status_code, list(field_errors(response))) == (422, ["start", "day"])
    response = client.post("/presse/neu/", {"start": "14.09.2023", "day": "14.09.2022"})
    assert field_errors(response)["__all__"][0].startswith("Der Zeitraum muss vor dem Stichtag beginnen")
    sheet = verbs.draft_sheet(START, DAY, by=SYSTEM)
    response = client.post(f"{sheet.get_absolute_url()}aendern/", {"headline": "x", "text": "x", "embargo_until": "bald"})
    assert field_errors(response) == {"embargo_until": ["Schreiben Sie Tag und Uhrzeit, zum Beispiel 14.09.2023 10:00."]}


def test_quotes_can_be_taken_off_and_figures_fetched(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    sheet = drafted()
    quote = verbs.add_quote(sheet, speaker="Kim", function="", text="Gut.", by=SYSTEM)
    page = sheet.get_absolute_url()
    assert by_class(client.post(f"{page}zitat/{quote.pk}/entfernen/", follow=True), "note-success") == ["Das Zitat ist entfernt."]
    assert by_class(client.post(f"{page}zahlen/", follow=True), "note-success") == ["Die Zahlen sind von heute."]
    assert PressQuote.objects.count() == 0


def test_the_list_names_states_to_those_who_write(client: Client, sign_in: SignIn) -> None:
    released = verbs.release_sheet(drafted(), by=SYSTEM)
    verbs.draft_sheet(START, DAY, by=SYSTEM)
    assert len([link for link in links(client.get("/presse/")) if link == released.get_absolute_url()]) == 1
    assert [len(by_class(client.get("/presse/"), "when")), by_class(client.get("/presse/"), "when")[0][:8]] == [1, released.number]
    sign_in("state_council")
    assert len(by_class(client.get("/presse/"), "when")) == 2
