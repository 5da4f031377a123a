# SPDX-License-Identifier: EUPL-1.2
"""Whatever takes something away is undone by another button, asked about once, or confirmed by whoever does it: each address says which."""

import re
import time
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.links import issue_link
from asskomm.people.enums import LinkPurpose
from tests.making import COUNCIL, FRANKENBERG, body, member
from tests.people.test_links import EMAIL
from tests.people.test_stepping_up import _age

pytestmark = pytest.mark.django_db
DESTRUCTIVE = re.compile(
    r"entfernen|beenden|zuruecknehmen|zurueckziehen|absagen|abschalten|loeschen|widerrufen|verwerfen|rueckgaengig|abmelden|trennen|zusammenfuehren|"
    r"^doppelt/personen|schliessen|abbrechen|abbestellen|entscheiden|decision|zuteilen|nehmen/|gesperrt|drop|undo|freigeben"
)
CONFIRMED = {
    "publishing:press_release",
    "events:call_off",
    "people:merge",
    "people:merge_persons",
    "people:part",
    "people:end_function",
    "people:end_device",
    "people:end_other_devices",
    "mfa_deactivate_totp",
    "mfa_remove_webauthn",
    "imports:undo",
}
ASKED = {
    "publishing:drop_target",
    "publishing:press_remove_quote",
    "events:room_remove",
    "events:track_remove",
    "events:speaker_remove",
    "events:session_remove",
    "events:picture_remove",
    "events:invitation_withdraw",
    "events:feedback_close",
    "events:workshops_assign",
    "events:stand_withdraw",
    "events:proposal_withdraw",
    "events:decline",
    "mail:unsubscribe",
}
OTHERWISE = {
    "alliance:withdraw": "undone by „Wiederherstellen“ on the same page",
    "events:call_close": "undone by „Wieder öffnen“ on the same page",
    "events:decisions": "shows first what goes out to whom, and asks for a yes",
    "events:stands_decide": "whoever was refused can be accepted as before; the page says beside the buttons what goes out",
    "events:decide": "one person at a time; whoever was refused can be given a place as before",
    "events:reviewer_drop": "undone by asking her again; her reviews stay",
    "events:co_speaker_drop": "undone by naming her again",
    "events:revoke_door_pass": "undone by another link, which takes one button",
    "events:poll_settle": "makes a draft of a gathering, which can be changed or discarded; the poll stays",
    "people:keep_apart": "undone by „wieder vergleichen“ on the same page",
    "people:compare_again": "undone by saying again that they are two",
    "people:end_relation": "undone by entering it again from the day on which it ended",
    "people:withdraw_profile": "undone by releasing it again; the words stay",
    "people:unsubscribe": "undone by another address of the calendar, which takes one button",
    "publishing:press_release_quote": "undone by changing the quote, which takes its release away",
    "people:revoke_token": "takes rights away from a program only; another token takes one form",
    "imports:take_over": "undone by „Rückgängig“, which asks who one is",
    "jobs:cancel": "undone by „Noch einmal“; what was written stays whole",
    "imports:drop": "a preview of a file that she still has; nothing was taken over",
    "account_inactive": "says something, does nothing",
    "api:drop": "as the page, by a program with a token",
    "api:undo": "by a program whose owner confirmed when she made its token",
}


def _addresses(resolver: URLResolver, start: str, namespace: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, start + str(entry.pattern), namespace + (f"{entry.namespace}:" if entry.namespace else ""))
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", start + str(entry.pattern)


ADDRESSES = [(name, route) for name, route in _addresses(get_resolver(), "", "") if DESTRUCTIVE.search(route) or DESTRUCTIVE.search(name)]


def _path(name: str) -> str:
    (route,) = {route for found, route in ADDRESSES if found == name}
    return "/" + re.sub(r"<(?:\w+:)?\w+>", "abcdefghjkmn", re.sub(r"<int:\w+>", "1", route))


def test_every_destructive_address_says_how_it_is_guarded() -> None:
    found = {name for name, _route in ADDRESSES}
    assert found == CONFIRMED | ASKED | OTHERWISE.keys()
    assert len(CONFIRMED) + len(ASKED) + len(OTHERWISE) == len(found)


@pytest.mark.parametrize("name", sorted(CONFIRMED))
def test_what_does_lasting_harm_asks_who_one_is(client: Client, name: str) -> None:
    client.post(issue_link(member("coordinator", FRANKENBERG, email=EMAIL)[0], LinkPurpose.SIGN_IN, by=SYSTEM))
    _age(client)
    path = _path(name)
    answer = client.post(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/bestaetigen/"), answer["Location"]


@pytest.mark.parametrize("name", sorted(ASKED))
def test_what_cannot_be_undone_has_a_page_that_asks(client: Client, name: str) -> None:
    """A mere button would answer 405."""
    client.force_login(member("coordinator", FRANKENBERG)[0])
    assert client.get(_path(name)).status_code in {403, 404}


@pytest.mark.parametrize(
    ("role", "organisation", "asked"), [("administrator", COUNCIL, True), ("state_council", COUNCIL, False), ("mayor", FRANKENBERG, False)]
)
def test_appointing_to_wide_rights_asks_who_one_is_and_to_narrow_ones_does_not(client: Client, role: str, organisation: str, *, asked: bool) -> None:
    account = member(role, organisation, email=EMAIL)[0]
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    client.force_login(account)
    session = client.session
    session.update({RECORDS: [{"method": "password", "at": time.time() - 360}], WHOSE: str(account.pk)})
    session.save()
    address = f"/organisationen/{body(organisation).pk}/personen/neu/"
    answer = client.get(address)
    expected = (302, f"/konto/bestaetigen/zweiter-faktor/?next={quote(address, safe='')}") if asked else (200, "")
    assert (answer.status_code, answer.headers.get("Location", "")) == expected
