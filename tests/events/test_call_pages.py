# SPDX-License-Identifier: EUPL-1.2
"""From the call to the session, on the pages of whoever proposes, whoever reviews and whoever decides."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from asskomm.core.clock import clock
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.calling import close_call
from asskomm.events.domain.co_speaking import name_co_speaker
from asskomm.events.domain.deciding import decide
from asskomm.events.domain.invitation_letters import path_of
from asskomm.events.domain.proposal_letters import path_of_co_speaker, path_of_proposal
from asskomm.events.domain.reviewing import name_reviewer
from asskomm.events.enums import ProposalState
from asskomm.events.interfaces import proposal_pages
from asskomm.events.models import Call, CoSpeaker, Gathering, Invitation, Proposal, Review, Reviewer
from asskomm.people.models import Account
from tests.events.calling import agreed, call, draft, proposed, written
from tests.events.making import BEFORE, gathering
from tests.making import FRANKENBERG, GOERLITZ
from tests.reading import Page, cells, field_errors, headings, links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
LATE = BEFORE.replace(month=6, day=2, hour=0)
SAID = {
    "name": "Ada Muster",
    "email": "Ada@Stadt.example",
    "organisation": "Görlitz",
    "kind": "talk",
    "title": "Graffiti",
    "abstract": "Was half.",
    "technology": "Beamer",
    "photo_consent": "on",
}
HANDED_IN = {**SAID, "action": "einreichen"}
CALLING = {"text": "Was half?", "closes_on": "01.06.2027", "kinds": ["talk", "panel"]}
VOID = {"meta", "link", "input", "br", "img", "hr", "path", "rect", "circle", "use", "line", "polyline"}


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    cache.clear()
    with clock.moved_to(BEFORE):
        yield


class Whole(HTMLParser):
    """Holds that every element that begins ends, and that ids stand once."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def whole(page: Page, status: int = 200) -> str:
    """Hold that a page is whole, and give what it says."""
    assert page.status_code == status
    parser = Whole()
    parser.feed(page.content.decode())
    assert (parser.open, len(parser.ids)) == ([], len(set(parser.ids)))
    return said(page.content.decode())


def account_of(principal: Principal) -> Account:
    return Account.objects.get(pk=principal.account or 0)


def at(found: Call | Gathering, page: str = "") -> str:
    row = found.gathering if isinstance(found, Call) else found
    return f"{row.get_absolute_url()}aufruf/{page}"


def test_the_organiser_calls_changes_closes_and_opens_again(client: Client, sign_in: SignIn) -> None:
    found = gathering(None)
    sign_in("state_council")
    plan = client.get(f"{found.get_absolute_url()}programm/bearbeiten/")
    assert at(found, "einrichten/") in links(plan)
    assert [client.get(at(found, page)).status_code for page in ("", "vorschlaege/", "fragen/", "begutachtende/")] == [404] * 4
    assert "Zur Mitwirkung aufrufen" in whole(client.get(at(found, "einrichten/")))
    wrong = client.post(at(found, "einrichten/"), {"text": "", "closes_on": "gestern"})
    assert (wrong.status_code, set(field_errors(wrong))) == (422, {"text", "closes_on", "kinds"})
    assert client.post(at(found, "einrichten/"), CALLING)["Location"] == at(found, "vorschlaege/")
    page = whole(client.get(at(found, "vorschlaege/")))
    for words in ("Der Aufruf ist offen, bis zum 01.06.2027.", "Gesucht Vortrag, Podium", "Angefangen, nicht eingereicht 0", "Noch ist nichts eingereicht."):
        assert words in page
    assert at(found) in links(client.get(at(found, "vorschlaege/")))
    late = client.post(at(found, "einrichten/"), {**CALLING, "closes_on": "01.01.2028"})
    assert late.context["form"].non_field_errors() == ["Der letzte Tag liegt zwischen heute und dem Beginn der Veranstaltung."]
    assert "Einen Beitrag vorschlagen (bis 01.06.2027)" in whole(client.get(found.get_absolute_url()))
    assert "Der Aufruf ist geschlossen." in whole(client.post(at(found, "schliessen/"), follow=True))
    assert "Einen Beitrag vorschlagen" not in whole(client.get(found.get_absolute_url()))
    assert "Der Aufruf ist wieder offen." in whole(client.post(at(found, "oeffnen/"), follow=True))
    client.post(at(found, "schliessen/"))
    with clock.moved_to(LATE):
        assert "Nennen Sie zuerst einen neuen." in whole(client.post(at(found, "oeffnen/"), follow=True))
    assert "wiederhergestellt" in whole(client.get(f"/verlauf/calls/{found.reference}/"))


def test_the_organiser_asks_questions_of_her_own(client: Client, sign_in: SignIn) -> None:
    found = call()
    sign_in("state_council")
    rows = {"frage-TOTAL_FORMS": "2", "frage-INITIAL_FORMS": "0", "frage-0-text": "Wie lange?", "frage-0-kind": "choice", "frage-0-required": "on"}
    wrong = client.post(at(found, "fragen/"), {**rows, "frage-0-choices": "30", "frage-1-text": "", "frage-1-kind": "text"})
    assert "Bei „Wie lange?“ gibt es nichts zu wählen." in whole(wrong, 422)
    answer = client.post(at(found, "fragen/"), {**rows, "frage-0-choices": "30\n60", "frage-1-text": "", "frage-1-kind": "text"})
    assert answer["Location"] == at(found, "vorschlaege/")
    assert [(one.text, one.kind, one.choices, one.required) for one in found.questions.all()] == [("Wie lange?", "choice", ["30", "60"], True)]
    assert "Wen fragen?" not in whole(client.get(at(found, "fragen/")))
    question = f"question_{found.questions.get().pk}"
    missing = Client().post(at(found), HANDED_IN)
    assert field_errors(missing) == {question: ["Bitte beantworten Sie diese Frage."]}
    assert Client().post(at(found), {**HANDED_IN, question: "30"}).status_code == 302
    row = Proposal.objects.get()
    assert "Wie lange? 30" in whole(client.get(at(found, f"vorschlaege/{row.reference}/")))
    assert Client().get(path_of_proposal(row)).context["form"][question].value() == "30"


def test_from_the_first_word_to_the_session(client: Client, sign_in: SignIn) -> None:
    found = call()
    page = client.get(at(found))
    assert "Was hat bei Ihnen geholfen?" in whole(page)
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    kept = client.post(at(found), {"name": "A"}, headers={"X-Draft": "1"}).json()
    row = Proposal.objects.get()
    assert kept["link"] == path_of_proposal(row)
    body = {"name": "Ada Muster", "email": "ada@", "title": "Graffiti", "seen": kept["seen"]}
    seen = client.post(kept["link"], body, headers={"X-Draft": "1"}).json()["seen"]
    row.refresh_from_db()
    assert (row.name, row.email, row.title, written()) == ("Ada Muster", "", "Graffiti", [])  # an address that does not fit yet is left out
    client.post(kept["link"], {**body, "email": "ada@stadt.example", "seen": seen}, headers={"X-Draft": "1"})
    assert written() == [("proposal_begun", "ada@stadt.example")]
    again = client.get(kept["link"])
    assert (whole(again).count("Das ist ein Entwurf"), again.context["form"]["title"].value()) == (1, "Graffiti")
    missing = client.post(kept["link"], {**HANDED_IN, "kind": "", "abstract": ""})
    assert (missing.status_code, field_errors(missing)) == (422, {"kind": ["Das fehlt noch."], "abstract": ["Das fehlt noch."]})
    assert [client.post(kept["link"], HANDED_IN).status_code for _click in range(2)] == [302, 302]
    assert written() == [("proposal_begun", "ada@stadt.example"), ("proposal_submitted", "ada@stadt.example")]
    assert "Ihr Vorschlag ist eingereicht. Bis zum 01.06.2027 können Sie ihn ändern." in whole(client.get(kept["link"]))
    sign_in("state_council")
    listed = client.get(at(found, "vorschlaege/"))
    assert ["Graffiti Vortrag, Ada Muster, Görlitz", "eingereicht", "–", "0", "–"] in cells(listed)
    assert "1 eingereicht" in whole(listed)
    read = whole(client.get(at(found, f"vorschlaege/{row.reference}/")))
    for words in ("Von Ada Muster, Görlitz", "ada@stadt.example", "Technik Beamer", "dürfen gezeigt werden", "Noch hat niemand bewertet."):
        assert words in read
    chosen = {"proposals": [row.reference], "decision": "accepted"}
    preview = whole(client.post(at(found, "entscheiden/"), chosen))
    for words in ("Entscheiden: angenommen", "E-Mails, die hinausgehen: 1.", "[hier steht der eigene Link]", "der Beitrag „Graffiti“ ist angenommen."):
        assert words in preview
    assert (Proposal.objects.get().state, len(written())) == ("submitted", 2)
    told = whole(client.post(at(found, "entscheiden/"), {**chosen, "senden": "ja"}, follow=True))
    assert "Ein Vorschlag ist entschieden, die E-Mails sind unterwegs." in told
    told = whole(client.post(at(found, "entscheiden/"), {**chosen, "senden": "ja"}, follow=True))
    assert "Darüber war schon entschieden. Es ging keine E-Mail hinaus." in told
    assert "Darüber ist schon entschieden." in whole(client.post(at(found, "entscheiden/"), chosen))
    assert written()[2:] == [("proposal_accepted", "ada@stadt.example")]
    invitation = Invitation.objects.with_all().get()
    standing = client.get(kept["link"])
    assert "Ihr Beitrag ist angenommen." in whole(standing)
    assert path_of(invitation) in links(standing)
    assert Client().get(path_of(invitation)).context["form"]["technology"].value() == "Beamer"
    assert client.post(kept["link"], HANDED_IN).status_code == 409


def test_without_a_script_there_are_two_buttons(client: Client) -> None:
    found = call()
    empty = client.post(at(found), {"action": "entwurf"})
    assert (empty.status_code, empty.context["form"].non_field_errors()) == (422, ["Füllen Sie mindestens ein Feld aus."])
    answer = client.post(at(found), {"title": "Graffiti", "action": "entwurf"}, follow=True)
    assert "Der Entwurf ist gespeichert." in whole(answer)
    wrong = client.post(path_of_proposal(Proposal.objects.get()), {"title": "Graffiti", "email": "ada@", "action": "entwurf"})
    assert field_errors(wrong).keys() == {"email"}
    assert "Danke, Ihr Vorschlag ist eingereicht." in whole(client.post(at(found), HANDED_IN, follow=True))
    assert (Proposal.objects.count(), written()) == (2, [("proposal_submitted", "ada@stadt.example")])


def test_what_cannot_be_kept_is_said_to_the_script(client: Client) -> None:
    found = call()
    row, late = draft(found), draft(found, title="Spät")
    shown = client.get(path_of_proposal(row)).context["form"]["seen"].value()
    client.post(path_of_proposal(row), {"title": "Erster", "seen": shown})
    second = client.post(path_of_proposal(row), {"title": "Zweiter", "seen": shown}, headers={"X-Draft": "1"})
    assert (second.status_code, "Titel: „Erster“" in second.json()["told"]) == (409, True)
    assert client.post(at(found), {}, headers={"X-Draft": "1"}).json() == {"told": "Füllen Sie mindestens ein Feld aus."}
    with clock.moved_to(LATE):
        assert client.post(path_of_proposal(late), {"title": "X"}, headers={"X-Draft": "1"}).status_code == 409
        assert "Dieser Entwurf ist nicht eingereicht und wird gelöscht." in whole(client.get(path_of_proposal(late)))


def test_a_call_that_is_closed_takes_nothing(client: Client) -> None:
    found = call()
    close_call(found, by=SYSTEM)
    assert "Zurzeit werden keine Vorschläge angenommen." in whole(client.get(at(found)))
    assert (client.post(at(found), HANDED_IN).status_code, Proposal.objects.count()) == (409, 0)
    assert client.get(at(call(gathering(None, published=False)))).status_code == 404


def test_many_drafts_from_one_address_end_somewhere(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    found = call()
    monkeypatch.setattr(proposal_pages, "MOST_AN_HOUR", 2)
    answers = [client.post(at(found), {"title": str(number)}).status_code for number in range(3)]
    assert (answers, Proposal.objects.count()) == ([302, 302, 422], 2)
    assert client.post(path_of_proposal(Proposal.objects.all()[0]), {"title": "Weiter"}).status_code == 302
    with override_settings(COSTLY_PER_MINUTE=1):
        assert [client.get(at(found)).status_code for _try in range(2)][-1] == 429


def test_she_takes_it_back_by_her_link(client: Client) -> None:
    found = call()
    begun, row = draft(found), proposed(found)
    for one, words in ((begun, "Der Entwurf wird sofort gelöscht"), (row, "Niemand entscheidet dann mehr darüber.")):
        assert words in whole(client.get(f"{path_of_proposal(one)}zurueckziehen/"))
    assert client.post(f"{path_of_proposal(begun)}zurueckziehen/")["Location"] == found.gathering.get_absolute_url()
    assert client.get(path_of_proposal(begun)).status_code == 404
    assert "Ihr Vorschlag ist zurückgezogen." in whole(client.post(f"{path_of_proposal(row)}zurueckziehen/", follow=True))
    assert client.post(path_of_proposal(row), HANDED_IN).status_code == 302
    decide(found, [row.reference], ProposalState.ACCEPTED, by=SYSTEM)
    assert "Sie sagen damit Ihren Beitrag ab" in whole(client.get(f"{path_of_proposal(row)}zurueckziehen/"))
    with clock.moved_to(found.gathering.starts_at):
        assert "Wenden Sie sich an die Einladenden." in whole(client.post(f"{path_of_proposal(row)}zurueckziehen/", follow=True))


def test_those_named_agree_or_take_their_name_away(client: Client) -> None:
    found = call()
    row = proposed(found)
    page = f"{path_of_proposal(row)}mitwirkende/"
    assert "sagt selbst zu" in whole(client.get(page))
    for name in ("Ben", "Cora"):
        assert client.post(page, {"name": name, "email": f"{name}@dorf.example"}).status_code == 302
    assert client.post(page, {"name": "Ben", "email": "ben@dorf.example"}).context["form"].non_field_errors() == ["Diese Adresse haben Sie schon genannt."]
    ben, cora = CoSpeaker.objects.order_by("pk")
    assert "Ben ben@dorf.example: gefragt, noch keine Antwort" in whole(client.get(path_of_proposal(row)))
    asked = whole(client.get(path_of_co_speaker(ben)))
    assert "Ben, Ada Muster möchte diesen Beitrag mit Ihnen anbieten." in asked
    assert "Danke, Sie sind als mitwirkend genannt." in whole(client.post(path_of_co_speaker(ben), {"action": "zusagen"}, follow=True))
    assert headings(client.post(path_of_co_speaker(cora), {"action": "wegnehmen"})) == ["Ihr Name ist weg"]
    assert client.get(path_of_co_speaker(cora)).status_code == 404
    assert "ben@dorf.example: zugesagt" in whole(client.get(path_of_proposal(row)))
    decide(found, [row.reference], ProposalState.ACCEPTED, by=SYSTEM)
    assert "Der Beitrag ist angenommen, Sie wirken mit." in whole(client.get(path_of_co_speaker(ben)))
    assert "Absagen können Sie mit dem Link" in whole(client.post(path_of_co_speaker(ben), {"action": "wegnehmen"}, follow=True))
    assert (client.get(page).status_code, client.post(f"{page}{ben.reference}/entfernen/").status_code) == (404, 404)


def test_whoever_proposes_names_somebody_no_more(client: Client) -> None:
    row = proposed(call())
    ben = name_co_speaker(row, "Ben", "ben@dorf.example", by=ANYONE)
    assert client.get(f"{path_of_proposal(row)}mitwirkende/{ben.reference}/entfernen/").status_code == 405
    assert "Der Name ist weg." in whole(client.post(f"{path_of_proposal(row)}mitwirkende/{ben.reference}/entfernen/", follow=True))
    assert CoSpeaker.objects.exists() is False


def test_the_organiser_names_reviewers_and_they_judge(client: Client, sign_in: SignIn) -> None:
    found = call()
    row, near = proposed(found), proposed(found, "Cora", "Licht", organisation="Frankenberg/Sa.")
    agreed(row)
    kim = account_of(sign_in("coordinator", FRANKENBERG))
    assert [client.get(at(found, page)).status_code for page in ("begutachten/", f"begutachten/{row.reference}/")] == [404, 404]
    council = account_of(sign_in("state_council"))
    assert "Noch niemand." in whole(client.get(at(found, "begutachtende/")))
    for sent, field in (({"account": ""}, "account"), ({"email": "niemand@stadt.example"}, "email")):
        assert field_errors(client.post(at(found, "begutachtende/"), sent)).keys() == {field}
    assert "kann die Vorschläge jetzt lesen" in whole(client.post(at(found, "begutachtende/"), {"email": kim.email.upper()}, follow=True))
    assert f"{at(found)}begutachten/" in Mail.objects.get(kind="review_asked").text
    client.force_login(kim)
    assert at(found, "begutachten/") in links(client.get(found.gathering.get_absolute_url()))
    listed = client.get(at(found, "begutachten/"))
    assert cells(listed)[1:] == [
        ["Graffiti Ada Muster", "Vortrag", "noch offen"],
        ["Licht Cora, Frankenberg/Sa.", "Vortrag", "Sie gehören zur selben Organisation."],
    ]
    assert "Ada Muster, Ben Muster" in whole(client.get(at(found, f"begutachten/{row.reference}/")))
    closed = client.get(at(found, f"begutachten/{near.reference}/"))
    assert "Sie gehören zur selben Organisation. Deshalb bewerten Sie diesen Vorschlag nicht." in whole(closed)
    refused = client.post(at(found, f"begutachten/{near.reference}/"), {"score": "3"})
    assert (refused.status_code, Review.objects.count()) == (422, 0)
    page = at(found, f"begutachten/{row.reference}/")
    assert client.post(page, {"remark": "hm"}).context["form"].non_field_errors() == ["Wählen Sie, wie gut der Vorschlag passt."]
    assert client.post(page, {"score": "2", "remark": "gut"})["Location"] == at(found, "begutachten/")
    assert client.get(page).context["form"]["score"].value() == 2
    client.force_login(council)
    assert "Bewertungen: 1, im Mittel 2,0 von 3, Streuung –." in whole(client.get(at(found, f"vorschlaege/{row.reference}/")))
    assert cells(client.get(at(found, "vorschlaege/")))[1][1:] == ["eingereicht", "2,0", "1", "–"]
    reviewer = Reviewer.objects.get()
    assert "sind weg." in whole(client.post(at(found, f"begutachtende/{reviewer.pk}/entfernen/"), follow=True))
    assert Review.objects.exists() is False


def test_whoever_says_that_she_is_biased_gives_no_score(client: Client, sign_in: SignIn) -> None:
    found = call(nameless=True)
    row = proposed(found, organisation="Amt Ada")
    by = sign_in("coordinator", FRANKENBERG)
    name_reviewer(found, account_of(by), by=SYSTEM)
    for page in ("begutachten/", f"begutachten/{row.reference}/"):
        told = whole(client.get(at(found, page)))
        assert ("Graffiti" in told, "Ada" in told) == (True, False)
    client.post(at(found, f"begutachten/{row.reference}/"), {"score": "3", "biased": "on"})
    assert (Review.objects.get().score, cells(client.get(at(found, "begutachten/")))[1][2]) == (None, "befangen")
    decide(found, [row.reference], ProposalState.REFUSED, by=SYSTEM)
    assert "Über diesen Vorschlag ist schon entschieden." in whole(client.get(at(found, f"begutachten/{row.reference}/")))


def test_nothing_chosen_is_said_beside_the_list(client: Client, sign_in: SignIn) -> None:
    found = call()
    row = proposed(found)
    sign_in("state_council")
    answer = client.post(at(found, "entscheiden/"), {"decision": "accepted"})
    assert "Wählen Sie mindestens einen Vorschlag." in whole(answer, 422)
    assert client.get(at(found, "entscheiden/"))["Location"] == at(found, "vorschlaege/")
    foreign = proposed(call())
    assert client.post(at(found, "entscheiden/"), {"decision": "accepted", "proposals": foreign.reference}).status_code == 422
    with clock.moved_to(found.gathering.starts_at):
        chosen = {"decision": "accepted", "proposals": row.reference, "senden": "ja"}
        assert "Diese Veranstaltung hat schon begonnen." in whole(client.post(at(found, "entscheiden/"), chosen, follow=True))


def test_others_learn_not_even_that_there_are_proposals(client: Client, sign_in: SignIn) -> None:
    found, other = call(), call()
    row, foreign = proposed(found), proposed(other)
    begun = draft(found)
    kim = sign_in("coordinator", GOERLITZ)
    reviewer = name_reviewer(found, account_of(kim), by=SYSTEM)
    pages = ("einrichten/", "vorschlaege/", f"vorschlaege/{row.reference}/", "fragen/", "begutachtende/", "begutachten/", f"begutachten/{row.reference}/")
    posted = ("schliessen/", "oeffnen/", "entscheiden/", f"begutachtende/{reviewer.pk}/entfernen/")
    sign_in("coordinator", FRANKENBERG)
    assert {page: client.get(at(found, page)).status_code for page in pages} == dict.fromkeys(pages, 404)
    assert {page: client.post(at(found, page), CALLING).status_code for page in (*pages, *posted)} == dict.fromkeys((*pages, *posted), 404)
    assert {Client().get(at(found, page)).status_code for page in pages} == {302}
    assert {Client().post(at(found, page)).status_code for page in posted} == {302}
    sign_in("state_council")
    assert client.get(at(other, f"vorschlaege/{row.reference}/")).status_code == 404
    assert client.get(at(found, f"vorschlaege/{begun.reference}/")).status_code == 404  # nobody reads what is not handed in
    assert client.post(at(other, f"begutachtende/{reviewer.pk}/entfernen/")).status_code == 404
    assert client.get(at(found, f"begutachten/{row.reference}/")).status_code == 404
    word = path_of_proposal(foreign).split("/")[-2]
    for link in (f"/vorschlag/{row.reference}/{word}/", f"/vorschlag/{row.reference}/0/"):
        assert {client.get(link + page).status_code for page in ("", "zurueckziehen/", "mitwirkende/")} == {404}
        assert {client.post(link + page, HANDED_IN).status_code for page in ("", "zurueckziehen/", "mitwirkende/")} == {404}
    assert client.get(f"/vorschlag-gemeinsam/{row.reference}/{word}/").status_code == 404
    assert Proposal.objects.get(pk=row.pk).state == "submitted"


def test_the_list_asks_as_much_for_three_as_for_one(client: Client, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    found = call()
    sign_in("state_council")
    client.get(at(found, "vorschlaege/"))
    for number in (1, 3):
        while found.proposals.count() < number:
            proposed(found, f"N{found.proposals.count()}")
        with django_assert_num_queries(11):
            client.get(at(found, "vorschlaege/"))


def test_a_private_gathering_calls_only_its_own(client: Client, sign_in: SignIn) -> None:
    found = call(gathering(None, visibility="private"))
    assert client.get(at(found)).status_code == 404
    sign_in("state_council")
    assert client.get(at(found)).status_code == 200


def test_too_many_reviewers_are_refused_on_the_page(client: Client, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    found = call()
    kim = account_of(sign_in("coordinator", FRANKENBERG))
    sign_in("state_council")
    monkeypatch.setattr("asskomm.events.domain.reviewing.MOST", 0)
    answer = client.post(at(found, "begutachtende/"), {"email": kim.email})
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, ["Nennen Sie höchstens 0 Menschen."])
