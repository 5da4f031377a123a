# SPDX-License-Identifier: EUPL-1.2
"""The page of the search, the box in every head, and the API."""

from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.estimates import Estimate
from asskomm.core.search.domain.queries.wanted import LONGEST_QUERY
from tests.core.search.conftest import Shelf
from tests.making import GOERLITZ, event
from tests.reading import Page, by_class, headings, links, said

pytestmark = pytest.mark.django_db


def hits(response: Page) -> list[str]:
    return by_class(response, "hit-title")


def statuses(response: Page) -> list[str]:
    import re

    return [said(part) for part in re.findall(r'<p role="status">(.*?)</p>', response.content.decode(), re.DOTALL)]


def test_hits_lead_to_their_pages_with_their_words_marked(client: Client) -> None:
    response = client.get("/suche/", {"q": "Seifhennersdorf"})
    assert headings(response) == ["Suche"]
    assert hits(response) == ["Seifhennersdorf Kommunen"]
    assert "<mark>Seifhennersdorf</mark>" in response.content.decode()
    assert "/kommunen/14626530/" in links(response)
    assert statuses(response) == ["1 Treffer"]


def test_a_made_up_event_says_so(client: Client) -> None:
    event("consultation", "2022-01-01", GOERLITZ, note="Zebrafink", example=True)
    assert hits(client.get("/suche/", {"q": "Zebrafink"})) == ["Beratung, Görlitz, 01.01.2022 Ereignisse Beispiel, frei erfunden"]


def test_markup_in_documents_and_queries_stays_text(client: Client, shelf: Shelf) -> None:
    shelf.put("d", "<script>Zebrafink</script>", "<b>Zebrafink</b>")
    html = client.get("/suche/", {"q": "<i>Zebrafink"}).content.decode()
    assert "&lt;script&gt;<mark>Zebrafink</mark>&lt;/script&gt;" in html
    assert ("<script>Zebra" in html, "<i>Zebra" in html) == (False, False)


def test_the_page_without_a_query_says_what_to_do(client: Client) -> None:
    response = client.get("/suche/")
    assert "Geben Sie ein, was Sie suchen" in response.content.decode()
    assert (hits(response), statuses(response)) == ([], [])


def test_nothing_found_says_what_helps(client: Client, sign_in: Callable[..., object]) -> None:
    response = client.get("/suche/", {"q": "Qqqqqqqq"})
    assert statuses(response) == ["Zu „Qqqqqqqq“ haben wir nichts gefunden."]
    assert "Manches sehen nur Mitglieder der Allianz:" in response.content.decode()
    sign_in("coordinator", "14626110")
    assert "Manches sehen nur Mitglieder der Allianz:" not in client.get("/suche/", {"q": "Qqqqqqqq"}).content.decode()


def test_a_misspelt_word_is_answered_with_what_was_meant(client: Client) -> None:
    response = client.get("/suche/", {"q": "Seifhenersdorf"})
    assert by_class(response, "note") == ["„Seifhenersdorf“ steht nirgends. Meinten Sie Seifhennersdorf ? Das wird hier gezeigt."]
    assert hits(response) == ["Seifhennersdorf Kommunen"]


def test_only_stop_words_ask_for_another_word(client: Client) -> None:
    assert statuses(client.get("/suche/", {"q": "der und die"})) == ["Diese Wörter stehen in jedem Text. Nehmen Sie ein Wort dazu, das sagt, worum es geht."]


def test_some_words_only_are_said_to_be_some(client: Client) -> None:
    assert by_class(client.get("/suche/", {"q": "Seifhennersdorf Olbernhau"}), "note") == [
        "Nichts enthält alle Wörter zusammen. Hier steht, was einige davon enthält."
    ]


@pytest.mark.parametrize("query", ["x" * 100_000, "wort " * 10_000, "\x00", "G\x00örlitz", "%", "'", '"', "*", "NEAR(a b)", "a:b", "ﷺ" * 50, "\u0308", "🦓"])
def test_no_query_is_a_fault(client: Client, query: str) -> None:
    response = client.get("/suche/", {"q": query})
    assert response.status_code == 200
    assert len(response.context["text"]) <= LONGEST_QUERY
    assert client.get("/api/search", {"q": query}).status_code == 200


@pytest.mark.parametrize("page", ["0", "x", "-1"])
def test_a_wrong_page_number_is_refused(client: Client, page: str) -> None:
    assert client.get("/suche/", {"q": "Görlitz", "seite": page}).status_code == 400
    assert client.get("/api/search", {"q": "Görlitz", "page": page}).status_code == 400


def test_sources_are_chosen_by_a_link_that_keeps_the_query(client: Client) -> None:
    response = client.get("/suche/", {"q": "Görlitz", "seite": "2"})
    assert "?q=G%C3%B6rlitz&amp;in=organisations" in links(response)
    chosen = client.get("/suche/", {"q": "Görlitz", "in": "organisations"})
    assert {hit.rsplit(" ", 1)[1] for hit in hits(chosen)} == {"Organisationen"}
    assert len(chosen.context["choices"]) == len(response.context["choices"])


def test_pages_are_leafed_through(client: Client) -> None:
    first, second = (client.get("/suche/", {"q": "Sachsen", "seite": page}) for page in ("1", "2"))
    assert len(hits(first)) == 20
    assert hits(first) != hits(second)
    assert f"Seite 2 von {first.context['page'].pages}" in second.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_has_a_fixed_number_of_queries(client: Client, count: int, django_assert_num_queries: Callable[..., object]) -> None:
    for number in range(count):
        event("consultation", f"2022-01-0{number + 1}", GOERLITZ, note="Zebrafink")
    client.get("/suche/", {"q": "Zebrafink"})
    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        assert len(hits(client.get("/suche/", {"q": "Zebrafink"}))) == count


def test_every_page_has_the_box_and_the_search_has_one_only(client: Client) -> None:
    for address, boxes in (("/", 1), ("/kennzahlen/", 1), ("/suche/", 0)):
        assert client.get(address).content.decode().count('class="head-search"') == boxes
    assert client.get("/suche/").content.decode().count('action="/suche/"') == 1


def test_the_page_in_english_says_which_words_are_german(client: Client) -> None:
    client.cookies["sprache"] = "en"
    html = client.get("/suche/", {"q": "Seifhennersdorf"}).content.decode()
    assert '<html lang="en">' in html
    assert 'lang="de"><mark>Seifhennersdorf</mark>' in html


def test_the_api_answers_alike(client: Client) -> None:
    answer = client.get("/api/search", {"q": "Seifhenersdorf"}).json()
    counts = {"municipalities": 1, "fields": 0, "organisations": 0, "events": 0, "gatherings": 0, "minutes": 0, "press": 0, "handbook": 0}
    assert answer == {
        "count": 1,
        "page": 1,
        "page_size": 20,
        "next": None,
        "previous": None,
        "sources": {key: Estimate(count).as_json() for key, count in counts.items()},
        "all_words": True,
        "corrections": [{"typed": "Seifhenersdorf", "meant": ["Seifhennersdorf"]}],
        "items": [
            {
                "source": "municipalities",
                "key": "14626530",
                "title": "Seifhennersdorf",
                "excerpt": "Stadt, Landkreis Görlitz · PLZ 02782 · Gemeindeschlüssel 14626530",
                "url": "/kommunen/14626530/",
                "language": "de",
                "example": False,
            }
        ],
    }


def test_the_api_says_what_it_does_not_know(client: Client) -> None:
    assert client.get("/api/search").json()["detail"] == "Der Parameter „q“ fehlt."
    unknown = client.get("/api/search", {"q": "a", "source": "xyz"})
    assert unknown.status_code == 400
    assert unknown.json()["detail"].startswith("Den Bereich „xyz“ gibt es nicht. Vorhanden: municipalities,")
