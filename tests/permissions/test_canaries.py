# SPDX-License-Identifier: EUPL-1.2
"""Nobody meets a word that is not meant for her, on no page, in no file, in no answer; and everybody meets hers."""

import csv
import datetime as dt
import io
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from asskomm.alliance.domain.facts import now_known, read_facts, read_lives
from asskomm.alliance.domain.folding import Fact, fold
from asskomm.alliance.domain.queries.status import standing_on
from asskomm.alliance.enums import Layer
from asskomm.alliance.interfaces.drawing import RANK
from asskomm.alliance.models import Event, EventKind
from asskomm.core.audit.models import Content
from asskomm.core.clock import clock
from asskomm.core.documents import FORMATS
from asskomm.core.figures import FIGURES, OF_MUNICIPALITIES, Question
from asskomm.core.jobs.models import Job
from asskomm.core.provenance.models import Source
from asskomm.core.visibility import Principal, allowed
from asskomm.events.models import Gathering, Invitation, MeetingRoom, Picture, Proposal, Session, Speaker, Stand, Track
from asskomm.library.models import FieldOfAction
from asskomm.people.domain.tokens import issue_token
from asskomm.people.enums import Scope
from asskomm.people.models import Organisation
from asskomm.publishing.models import PressSheet
from tests.addresses import url_names
from tests.making import FRANKENBERG, GOERLITZ, OLBERNHAU, PFAFFRODA
from tests.permissions.bare_numbers import watching
from tests.permissions.crawling import Crawl
from tests.permissions.world import BETWEEN, CANARY, ROLES, World, build
from tests.permissions.world import canaries as canaries_of

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]  # every page has a test of its own; measured, following all links takes three times as long
PLACES = {GOERLITZ, FRANKENBERG, OLBERNHAU, PFAFFRODA, "14626", "14522", "14521"}
DAYS = ("01.02.2022", "15.02.2022", "15.06.2022", "02.05.2023", "01.03.2024")
PRESS_PAGES = ("", "aendern/", "zitat/", "kennzahlen/agreements/", "medieninformation.html")
GATHERING_PAGES = (
    *("", "termin.ics", "aendern/", "absagen/", "anmeldungen/", "anmelden/", "am-tag/", "einlass/", "einlass/?q=gast", "einlass/gast/", "einlass/dienst.js"),
    *("anmeldungen/neu/", "anmeldung-einrichten/", "bedarf/", "eigene-fragen/", "workshops/", "workshops/zuteilen/", "workshops.csv"),
    *("kommunen-einladen/", "wiederholen/", "reihe.ics", "tagesordnung/", "protokoll/", "protokoll/schreiben/", "protokoll.html", "dokumentation/"),
    *(f"staende/{page}" for page in ("", "hallenplan/", "hallenplan.pdf", "bewerben/", "einrichten/", "bewerbungen/", "bewerbungen.csv", "aufbau.pdf")),
    *("staende/hallenplan/zeichnen/", "staende/hallenplan/vergeben/", "dokumentation/bilder/"),
    *("auswertung/", "auswertung/beenden/", "auswertung.csv", "rueckmeldung-aushang.pdf"),
    *("zahlen/", "zahlen.json", "zahlen/eintragen/"),
    *(f"aufruf/{page}" for page in ("", "einrichten/", "fragen/", "vorschlaege/", "begutachtende/", "begutachten/")),
    *(
        "einlass/app.webmanifest",
        "einlass-links/",
        "schilder/",
        "schilder-gestalten/",
        "einlassliste.pdf",
        "namensschilder-a6.pdf",
        "leere-schilder-a6.pdf",
        "teilnahmebestaetigungen.pdf",
    ),
)
PAST_PAGES = (
    "",
    "anmeldungen/",
    "am-tag/",
    "zahlen/",
    "zahlen.json",
    "zahlen/eintragen/",
    "auswertung/",
    "protokoll/",
    "dokumentation/",
    "dokumentation/bilder/",
)
ON_BOTH = {"anyone", "coordinator of A", "district", "state council"}
"""Who follows every link on the second database too: what is asked of it differs between these; the rest of a page does not depend on it."""
FOLLOWING = [role if role in ON_BOTH else pytest.param(role, marks=pytest.mark.once) for role in ROLES]
PROGRAMME_PAGES = ("", "programm.ics", "einbetten/", "schedule.xml", "schedule.json", "bearbeiten/", "veroeffentlichen/")
INVITING_PAGES = ("neu/", "honorar-und-reise/")
INVITATION_PAGES = ("", "zuruecknehmen/", "folien/")
ADDING_PAGES = ("raum/", "themenreihe/", "mitwirkende/", "beitrag/")
SESSION_PAGES = ("beitrag/{}/", "beitrag/{}/termin.ics", "beitrag/{}/folien/222222222222/", "bearbeiten/beitrag/{}/", "bearbeiten/beitrag/{}/entfernen/")
SPEAKER_PAGES = ("mitwirkende/{}/", "mitwirkende/{}/termine.ics", "bearbeiten/mitwirkende/{}/", "bearbeiten/mitwirkende/{}/entfernen/")
PART_PAGES = ("bearbeiten/{}/{}/", "bearbeiten/{}/{}/entfernen/")
NOT_CRAWLED = {
    "alliance:confirm": "answers POST only; tried one by one below",
    "alliance:withdraw": "answers POST only; tried one by one below",
    "alliance:restore": "answers POST only; tried one by one below",
    "events:publish": "answers POST only; tried with the gatherings",
    "events:entrance_merge": "answers POST only; tried with the door",
    "events:badge_again": "answers POST only; tried with the badges",
    "events:revoke_door_pass": "answers POST only; tried with the door",
    "events:stands_decide": "answers POST only; tried with the stands",
    "events:documentation_release": "answers POST only; tried with the documentation",
    "events:minutes_release": "answers POST only; tried with the minutes",
    "events:action_tick": "answers POST only; tried with the minutes",
    "events:poll_settle": "answers POST only; tried with the polls",
    "events:feedback_ask": "answers POST only; tried with the feedback",
    "events:feedback_praise": "answers POST only; tried with the feedback",
    "events:session_place": "answers POST only; tried with the programmes",
    "events:invitation_again": "answers POST only; tried with the invitations",
    "events:call_close": "answers POST only; tried with the calls",
    "events:call_reopen": "answers POST only; tried with the calls",
    "events:decisions": "shows what was chosen in a form; tried with the calls",
    "events:reviewer_drop": "answers POST only; tried with the calls",
    "events:co_speaker_drop": "answers POST only; tried with the calls",
    "events:decide": "answers POST only; tried with the gatherings",
    "events:tick_off": "answers POST only; tried with the visits",
    "imports:batch": "shows a file of one's own; tried with the door",
    "imports:rejections": "gives a file of one's own; tried with the door",
    "imports:take_over": "answers POST only; tried with the door",
    "imports:undo": "answers POST only; tried with the door",
    "imports:drop": "answers POST only; tried with the door",
    "publishing:press_refresh": "answers POST only; tried with the press sheets",
    "publishing:press_release": "answers POST only; tried with the press sheets",
    "publishing:press_release_quote": "answers POST only; tried with the press sheets",
    "jobs:cancel": "answers POST only; tried with the jobs",
    "jobs:try_again": "answers POST only; tried with the jobs",
    "people:compare_again": "answers POST only; tried with the organisations",
    "people:keep_apart": "answers POST only; tried with the organisations",
    "people:merge_persons": "answers POST only; tried with the organisations",
    "people:withdraw_profile": "answers POST only; tried with the organisations",
    "people:part": "answers POST only; tried with the merging",
    "people:end_relation": "answers POST only; tried with the relations",
    "people:end_device": "answers POST only; tried with the devices",
    "people:end_other_devices": "answers POST only; tried with the devices",
    "people:example_sign_in": "answers POST only, in example folders only",
    "mail:inbox": "in example folders only; tried with the mails",
    "mail:unsubscribe": "its links stand in mails only; tried with the mails",
    "mail:write_again": "answers POST only; tried with the mails",
    "operation:metrics": "for monitoring only; tried with the checks",
    "operation:security": "without an address there is none; tried with the checks",
    "api:api-root": "a name for reversing only",
    "api:list_imports": "shares its address with api:hand_in",
    "api:drop": "shares its address with api:one_import",
    "api:take_over": "answers POST only; tried with the door",
    "api:enter_guest": "answers POST only; tried with the gatherings",
    "api:undo": "answers POST only; tried with the door",
    "publishing:drop_target": "answers POST only; tried with the targets",
    "events:badge_preview": "answers POST only; tried with the badges",
    "events:reviewer_limit": "answers POST only; tried with the reviewers",
    "people:subscribe": "answers POST only; tried with the dates",
    "people:unsubscribe": "answers POST only; tried with the dates",
    "people:revoke_token": "answers POST only; tried with the tokens",
    "mfa_authenticate": "between password and code; shows a form only",
    "mfa_reauthenticate_webauthn": "asks for a key; shows a form only",
    "mfa_edit_webauthn": "of one's own key, which the clients here have not",
    "mfa_remove_webauthn": "of one's own key, which the clients here have not",
    "mfa_login_webauthn": "answers programs of the sign-in page",
    "mfa_reauthenticate": "asks for a code; shows a form only",
}


WATCHED = ("anyone", "state council", "administrator")
NO_STATEMENT = {
    ("ui/pages.html", "number"): "the number of a page",
    ("ui/pages.html", "all"): "the number of the last page",
    ("ui/error.html", "status"): "a status of HTTP",
    ("imports/upload.html", "limit"): "a setting",
    ("events/reviewers.html", "track.pk"): "which box of a form",
    ("events/reviewers.html", "one.pk"): "whose box of a form",
    ("events/minutes_write.html", "forloop.counter"): "which row of a form",
    ("events/minutes_write.html", "number"): "which row of a form",
    ("events/questions.html", "forloop.counter"): "which row of a form",
    ("events/questions.html", "number"): "which row of a form",
    ("audit/history.html", "moment.entry.pk"): "which state is chosen",
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The same events and persons for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def crawled(world: World) -> Callable[[str], Crawl]:
    """What a role met when following every link, once for each role."""
    known: dict[str, Crawl] = {}

    def crawl(role: str) -> Crawl:
        if role not in known:
            watched: AbstractContextManager[set[tuple[str, str]]] = watching() if role in WATCHED else nullcontext(set())
            with watched as bare:
                known[role] = Crawl(client_of(world, role), PLACES).run(starts())
            known[role].bare = bare
        return known[role]

    return crawl


def client_of(world: World, role: str) -> Client:
    client = Client()
    if account := world.accounts[role]:
        client.force_login(account)
        if not world.principal(role).roles:
            assert client.get("/")["Location"] == "/einloggen/ohne-funktion/"  # without a function she is out from here on
    return client


def near(canary: str) -> str:
    """Give a word with a letter missing, so that the page does not say the canary because it was asked for."""
    return canary.removesuffix("q")


def searches() -> list[str]:
    """Give searches by kind and place, on all pages, and by misspelt canaries of notes and sources, closed versions included."""
    notes, sources = zip(*(canaries_of(event)[:2] for event in Event.objects.all()), strict=True)
    words = ["Beratung", "Kooperationsvereinbarung", "Präventionsrat", "Erstkontakt", "Coaching", "Görlitz", "Frankenberg", "Fachtag", "Landkreis"]
    pages = [f"/suche/?q={word}&seite={number}" for word in words for number in (1, 2)]
    return [*pages, *(f"/suche/?q={near(canary)}" for canary in notes), *(f"/api/search?q={near(canary)}" for canary in sources)]


def comparisons() -> Iterator[str]:
    """Give the first and the last state of each object with two states side by side."""
    entries = Content.objects.values_list("entry__kind", "entry__key", "entry").order_by("entry_id")
    for (kind, key), rows in itertools.groupby(sorted(entries), key=lambda row: row[:2]):
        numbers = [number for *_object, number in rows]
        if len(numbers) > 1:
            yield f"/verlauf/{kind}/{key}/vergleich/?a={numbers[0]}&b={numbers[-1]}"


WITHOUT_SEARCH = {
    "events:minutes_file": "a document to keep, as HTML",
    "publishing:draft": "a document to keep, as HTML",
    "publishing:press_download": "a document to keep, as HTML",
    "events:programme_embedded": "stands within the page of somebody else",
}
"""Pages without a box for the search, and why."""
TABLES = ("kommunen/v1", "ereignisse/v1", "kennzahlen/v1", "kennzahlen/v2")


def starts() -> list[str]:
    """Give the first page and every address that no link leads to."""
    references = Event.objects.values_list("reference", flat=True).distinct()
    bodies = Organisation.objects.filter(municipality__in=PLACES) | Organisation.objects.exclude(kind="municipality")
    return [
        "/",
        "/healthz",
        "/readyz",
        "/api/openapi.json",
        "/sprache/",
        *searches(),
        *comparisons(),
        *(f"/verlauf/?seite={number}" for number in (2, 3, 4)),
        "/einloggen/gesperrt/",
        "/handbuch/bilder/einloggen.png",
        "/einloggen/dienst/",
        "/einloggen/dienst/zurueck/",
        "/einloggen/link/unbekannt/",
        "/einloggen/ohne-funktion/",
        "/kalender/unbekannt.ics",
        *(f"/kommunen/?ort={word}" for word in ("goerlitz", "Auerbach", "Atlantis", "02826")),
        *(f"/kommunen/{key}/" for key in sorted(PLACES) if len(key) == 8),
        *(reverse("people:organisation", args=[body.pk]) for body in bodies),
        *(reverse("people:relate", args=[body.pk]) for body in bodies.filter(municipality__in=[GOERLITZ, FRANKENBERG])),
        *(f"/ereignisse/?art={kind.key}" for kind in EventKind.objects.all()[:3]),
        *(f"/netzwerk/tabelle/?thema={field.key}" for field in FieldOfAction.objects.all()[:2]),
        "/daten-einlesen/vorlage/events/",
        "/netzwerk/tabelle/?stand=02.05.2023&kreis=14626",
        *(f"/netzwerk/kommunen/tabelle.{form}?schicht=agreement" for form in ("csv", "excel.csv", "xlsx")),
        "/netzwerk/kommunen.geojson?kreis=14626",
        "/daten/kommunen/v1/2026-01-01.geojson",
        *(f"/daten/{key}/2026-01-01.{form}" for key in TABLES for form in ("csv", "excel.csv", "xlsx", "json")),
        "/kennzahlen/?stand=01.03.2024",
        *(f"/kennzahlen/{key}/?bekannt={BETWEEN}" for key in ("agreements", "agreement_documents", "municipalities_contacted", "conference_sessions")),
        *(f"/kennzahlen/municipalities_contacted/?nach={by.value}" for by in OF_MUNICIPALITIES),
        "/kennzahlen/?belegt=on&stand=01.03.2024",
        *api_addresses(most=3),
        "/api/figures?on=2024-03-01",
        "/api/figures?on=2024-03-01&documented=true",
        f"/api/figures?known_on={BETWEEN}",
        *(f"/api/figures/{key}?on=2024-03-01" for key in (figure.key for figure in FIGURES)),
        *(f"/ereignisse/{reference}/{page}" for reference in references for page in ("", "aendern/")),
        *(reverse(name) for name in ("mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_view_recovery_codes", "mfa_generate_recovery_codes")),
        *(
            reverse(name)
            for name in (
                "account_logout",
                "account_reauthenticate",
                "mfa_activate_totp",
                "mfa_add_webauthn",
                "mfa_list_webauthn",
                "people:ask_for_link",
                "people:confirm_by_link",
                "people:set_up",
            )
        ),
        *(f"/presse/{PressSheet.objects.exclude(serial=None)[0].reference}/medieninformation.{ending}" for ending in FORMATS),
        *(f"/presse/{reference}/{page}" for reference in PressSheet.objects.values_list("reference", flat=True) for page in PRESS_PAGES),
        *(reverse(name) for name in ("imports:upload", "provenance:sources", "alliance:enter", "people:account", "people:tokens", "publishing:press_new")),
        *(f"/veranstaltungen/{reference}/{page}" for reference in references_of(past=False) for page in GATHERING_PAGES),
        *(f"/veranstaltungen/{reference}/{page}" for reference in references_of(past=True) for page in PAST_PAGES),
        *(f"/kennzahlen/gathering_sessions/?zu={reference}" for reference in Gathering.objects.values_list("reference", flat=True)),
        *programme_addresses(),
        *(
            f"/veranstaltungen/{row.call.gathering.reference}/aufruf/{page}/{row.reference}/"
            for row in Proposal.objects.select_related("call__gathering")
            for page in ("vorschlaege", "begutachten")
        ),
        "/veranstaltungen/?frueher=ja",
        "/veranstaltungen/neu/",
        "/anmeldung/222222222222/0/teilnahmebestaetigung.pdf",
        "/einlass/222222222222/0/",
        "/veranstaltungen/termin-finden/",
        "/terminfindung/222222222222/0/",
        "/terminfindung/antwort/222222222222/0/",
        "/rueckmeldung/222222222222/0/",
        "/rueckmeldung/222222222222/0/222222222222/",
        "/bestaetigung/0/",
        *(f"/anmeldung/222222222222/0/{page}" for page in ("", "aendern/", "teilnehmende/", "workshops/")),
        *(f"/mitwirken/222222222222/0/{page}" for page in ("", "absagen/", "folien/")),
        *(f"/stand/222222222222/0/{page}" for page in ("", "zurueckziehen/", "poster/")),
        *stand_addresses(),
        *(f"/vorschlag/222222222222/0/{page}" for page in ("", "zurueckziehen/", "mitwirkende/")),
        "/vorschlag-gemeinsam/222222222222/0/",
        "/kennzahlen/agreements/ziel/",
        "/datenschutz/entwuerfe/",
        "/datenschutz/entwuerfe/verzeichnis.html",
        *(reverse(name) for name in ("people:desk", "people:dates", "alliance:unseen", "alliance:not_in_yet")),
        f"/netzwerk/kontakt/{GOERLITZ}/",
        *(f"/netzwerk/noch-nicht-dabei.{form}" for form in ("csv", "excel.csv", "xlsx")),
    ]


def references_of(*, past: bool) -> list[str]:
    """Give the gatherings that are over, or those that are not."""
    rows = Gathering.objects.filter(ends_at__lte=clock.now()) if past else Gathering.objects.filter(ends_at__gt=clock.now())
    return list(rows.order_by("pk").values_list("reference", flat=True))


def programme_addresses() -> list[str]:
    """Give the pages of every programme, its sessions and speakers, released or only planned."""
    at = "/veranstaltungen/{}/programm/{}".format
    pages = [*PROGRAMME_PAGES, *(f"bearbeiten/{page}" for page in ADDING_PAGES), *(f"einladungen/{page}" for page in INVITING_PAGES)]
    invited = Invitation.objects.select_related("session__gathering")
    return [
        *(at(reference, page) for reference in references_of(past=False) for page in pages),
        *(at(row.gathering.reference, page.format(row.reference)) for row in Session.objects.select_related("gathering") for page in SESSION_PAGES),
        *(f"/veranstaltungen/{row.gathering.reference}/workshops/{row.reference}/" for row in Session.objects.select_related("gathering")),
        *(at(row.gathering.reference, page.format(row.reference)) for row in Speaker.objects.select_related("gathering") for page in SPEAKER_PAGES),
        *(at(row.gathering.reference, page.format("raum", row.pk)) for row in MeetingRoom.objects.select_related("gathering") for page in PART_PAGES),
        *(at(row.gathering.reference, page.format("themenreihe", row.pk)) for row in Track.objects.select_related("gathering") for page in PART_PAGES),
        *(at(row.session.gathering.reference, f"einladungen/{row.reference}/{page}") for row in invited for page in INVITATION_PAGES),
    ]


def stand_addresses() -> list[str]:
    """Give the file of every poster and every picture, whoever may see them."""
    at = "/veranstaltungen/{}/{}".format
    stands, pictures = Stand.objects.select_related("fair__gathering"), Picture.objects.select_related("gathering")
    return [
        *(at(row.fair.gathering.reference, f"staende/{row.reference}/{page}") for row in stands for page in ("poster/", "vorschau.jpg")),
        *(at(row.gathering.reference, f"dokumentation/bilder/{row.reference}{page}") for row in pictures for page in (".jpg", "/entfernen/")),
    ]


def api_addresses(most: int) -> list[str]:
    """Give every address of the API that is read from, up to so many objects of a kind; those for a token's owner answer her alone."""
    lists = ("datasets", "districts", "events", "gatherings", "importers", "imports", "jobs", "municipalities", "sources")
    events, jobs, sources = (model.objects.values_list("reference", flat=True).distinct() for model in (Event, Job, Source))
    return [
        *(f"/api/{name}{query}" for name in lists for query in ("", "?page_size=7", "?page=2&page_size=7")),
        *(f"/api/events?{query}" for query in ("page_size=200", f"municipality={GOERLITZ}", "kind=agreement_signed&from=2021-01-01&to=2023-01-01")),
        *(f"/api/events/{reference}" for reference in events[:most]),
        *(f"/api/jobs/{reference}" for reference in jobs[:most]),
        *(f"/api/gatherings/{reference}" for reference in Gathering.objects.values_list("reference", flat=True)),
        *(f"/api/sources/{reference}" for reference in sources[:3]),
        *(f"/api/imports/222222222222{page}" for page in ("", "/rejected")),
        "/api/importers/events/sample",
        *(f"/api/municipalities/{key}" for key in sorted(PLACES) if len(key) == 8),
        "/api/districts/14626",
        *(f"/api/figures/gathering_participants?about={reference}" for reference in Gathering.objects.values_list("reference", flat=True)),
        "/api/territory/locate?lon=15&lat=51.15",
    ]


@pytest.mark.parametrize("role", FOLLOWING)
def test_meets_what_is_meant_for_her_and_nothing_else(world: World, crawled: Callable[[str], Crawl], role: str) -> None:
    crawl = crawled(role)
    seen = {canary for text in crawl.texts for canary in CANARY.findall(text)}
    expected = world.expected(role)
    assert {"missing": expected - seen, "leaked": seen - expected - world.earlier(role)} == {"missing": set(), "leaked": set()}
    assert [address for address, status in crawl.statuses.items() if status >= 500] == []


@pytest.mark.parametrize("role", FOLLOWING[1:])
def test_a_program_meets_what_its_owner_may_see_and_nothing_else(world: World, role: str) -> None:
    """By token every event that she may see in its newest version, her own jobs, no person and no draft, and of gatherings that are over the name."""
    account, principal = world.accounts[role], world.principal(role)
    assert account is not None
    scopes = Scope.values if allowed("imports.use", principal) else [Scope.READ.value]
    issued = issue_token(account, name="Programm", scopes=scopes, by=principal)
    program = Client(headers={"authorization": f"Bearer {issued.secret}"})
    crawl = Crawl(program, set()).run(api_addresses(most=10_000))
    visible = Event.objects.current().visible_to(principal)
    jobs = Job.objects.filter(account=account.pk).prefetch_related("lines")
    own = {canary for job in jobs for text in (job.title, *(line.text for line in job.lines.all())) for canary in CANARY.findall(text)}
    seen = {canary for text in crawl.texts for canary in CANARY.findall(text)}
    met = {canary for row in Gathering.objects.visible_to(principal) for canary in CANARY.findall(f"{row.title} {row.summary}")}
    assert seen == {canary for event in visible for canary in canaries_of(event)} | own | met
    assert {address: status for address, status in crawl.statuses.items() if status >= 500 or status == 401} == {}


@pytest.mark.once
def test_crawl_reaches_every_address(crawled: Callable[[str], Crawl]) -> None:
    reached = crawled("anyone").names | crawled("state council").names | crawled("administrator").names
    assert reached & NOT_CRAWLED.keys() == set()
    assert reached | NOT_CRAWLED.keys() == url_names()


@pytest.mark.once
def test_the_search_stands_on_every_page(crawled: Callable[[str], Crawl]) -> None:
    crawls = [crawled(role) for role in ("anyone", "state council", "administrator")]
    assert set().union(*(crawl.without_search for crawl in crawls)) == WITHOUT_SEARCH.keys()
    assert len(set().union(*(crawl.pages for crawl in crawls))) > 100


@pytest.mark.once
@pytest.mark.parametrize("role", WATCHED)
def test_every_number_on_a_page_is_an_estimate(crawled: Callable[[str], Crawl], role: str) -> None:
    assert crawled(role).bare - NO_STATEMENT.keys() == set()
    assert ("ui/pages.html", "number") in crawled(role).bare


def brute_force(world: World, role: str, day: dt.date) -> dict[str, dict[str, bool]]:
    """Fold only what the role may see, by hand, municipality by municipality."""
    seen = set(Event.objects.current().visible_to(world.principal(role)).values_list("pk", flat=True))
    lives = read_lives()
    at: dict[str, list[Fact]] = defaultdict(list)
    for fact in read_facts(now_known):
        step: str | None = fact.place if fact.event in seen else None
        while step is not None:
            at[step].append(fact)
            step = lives[step].successor
    standing: dict[str, dict[str, bool]] = defaultdict(dict)
    for place, facts in at.items():
        for interval in fold(place, facts, lives):
            if interval.start <= day < interval.end:
                standing[place][interval.layer] = standing[place].get(interval.layer, True) and interval.example
    return dict(standing)


@pytest.mark.parametrize("role", ROLES)
def test_map_and_table_show_what_follows_from_the_visible_events(world: World, role: str) -> None:
    client = client_of(world, role)
    for text in DAYS:
        day = dt.datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 -- a day, no instant
        expected = brute_force(world, role, day)
        assert standing_on(day, world.principal(role)) == expected
        assert colours(client, text) == {place: top(layers) for place, layers in expected.items()}
        assert table(client, text) == {place: set(layers) for place, layers in expected.items()}


def top(layers: dict[str, bool]) -> str:
    return next(layer.value for layer in RANK if layer.value in layers)


def colours(client: Client, day: str) -> dict[str, str]:
    html = client.get(f"/netzwerk/?stand={day}").content.decode()
    areas = re.findall(r'href="/kommunen/(\d+)/"><path class="p-(\w+)"', html)
    return {place: colour for place, colour in areas if colour != "none"}


def table(client: Client, day: str) -> dict[str, set[str]]:
    text = client.get(f"/netzwerk/kommunen/tabelle.csv?stand={day}").content.decode()
    rows = {row["ags"]: {layer.value for layer in Layer if row[layer.value] == "ja"} for row in csv.DictReader(io.StringIO(text))}
    return {place: layers for place, layers in rows.items() if layers}


@pytest.mark.parametrize("known_on", [None, dt.date(2024, 5, 15)])
@pytest.mark.parametrize("role", ROLES)
def test_rows_shown_and_hidden_add_up(world: World, role: str, known_on: dt.date | None) -> None:
    for day in (dt.date(2022, 6, 15), dt.date(2024, 3, 1), clock.today()):
        question = Question(on=day, known_on=known_on, reader=world.principal(role))
        for figure in FIGURES:
            drilldown, answer = figure.drilldown(question), figure.answer(question)
            if figure.unit == "count" and not figure.key.startswith(("conference", "gathering")):
                assert (figure.key, answer.estimate.value) == (figure.key, answer.estimate.base)
            assert (figure.key, len(drilldown.rows) + drilldown.hidden) == (figure.key, answer.estimate.base)


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_events_open_to_those_who_may(world: World, role: str) -> None:
    client, principal, visible = client_of(world, role), world.principal(role), world.visible(role)
    for event in Event.objects.current().select_related("kind"):
        seen = event.reference in visible
        found = {name: attempt(client, name, event.reference) for name in ("event", "correct", "confirm", "withdraw", "restore")}
        assert found == expected_answers(principal, event, seen=seen, signed_in=bool(principal.roles)), (event, event.visibility)


def expected_answers(principal: Principal, event: Event, *, seen: bool, signed_in: bool) -> dict[str, int]:
    """Give the status of each page: 404 where she may not know of it, 302 to sign in or when done, 403 where her function does not allow it."""
    shown = {"event": 200 if seen else 404}
    if not signed_in:
        return shown | dict.fromkeys(("correct", "confirm", "withdraw", "restore"), 302)
    if not seen:
        return shown | dict.fromkeys(("correct", "confirm", "withdraw", "restore"), 404)
    council = principal.has(*(r for r in principal.roles if r == "state_council"))
    enters = bool(principal.roles & {"state_council", "coordinator", "mayor", "district"})
    changes = enters and event.owner_id in principal.organisations
    own = {"correct": 200 if changes else 403, "withdraw": 302 if changes else 403, "restore": 302 if changes else 403}
    return shown | own | {"confirm": 302 if council else 403}


def attempt(client: Client, name: str, reference: str) -> int:
    """Open a page, or press its button and take back what that did."""
    address = reverse(f"alliance:{name}", args=[reference])
    if name in {"event", "correct"}:
        return client.get(address).status_code
    with transaction.atomic():
        status = client.post(address).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("role", ["anyone", "coordinator of B", "mayor", "police", "district", "coach", "administrator", "former coordinator of A"])
def test_nobody_else_changes_an_event_of_a(world: World, role: str) -> None:
    mine = Event.objects.filter(owner__municipality=GOERLITZ)
    before = list(mine.order_by("pk").values())
    client = client_of(world, role)
    form = {"kind": "consultation", "date": "01.01.2022", "places": FRANKENBERG, "visibility": "public"}
    for reference in mine.values_list("reference", flat=True):
        for name in ("correct", "confirm", "withdraw", "restore"):
            client.post(reverse(f"alliance:{name}", args=[reference]), form)
        client.post(reverse("alliance:correct", args=[reference]), form | {"places": GOERLITZ})
    assert list(mine.order_by("pk").values()) == before


def test_a_withdrawn_event_is_shown_to_those_who_saw_it(world: World) -> None:
    gone = Event.objects.filter(closed_at__isnull=False, kind="analysis_started").get()
    assert {role: client_of(world, role).get(gone.get_absolute_url()).status_code for role in ROLES} == {
        role: 200 if role == "coordinator of B" else 404 for role in ROLES
    }


@pytest.mark.parametrize("role", ROLES)
def test_the_search_finds_an_event_by_its_own_words_for_those_who_may_see_it_only(world: World, role: str) -> None:
    client, visible, expected = client_of(world, role), world.visible(role), world.expected(role)
    readable = {canaries_of(event)[0] for event in Event.objects.current() if event.reference in visible}
    for event in Event.objects.all():
        note = canaries_of(event)[0]
        shown = note in readable
        for text in (note, near(note)):
            answer = client.get("/api/search", {"q": text}).json()
            found = [hit["key"] for hit in answer["items"]]
            meant = {word for correction in answer["corrections"] for word in correction["meant"]}
            assert (set(found) <= visible, meant <= expected) == (True, True), text  # a word that is not there is taken for one that is nearly like it
            assert answer["count"] == sum(count["value"] for count in answer["sources"].values()) >= len(found)
            assert (note in meant or text == note) or not shown
            assert event.reference in found if shown else note not in meant
