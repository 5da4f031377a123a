# SPDX-License-Identifier: EUPL-1.2
"""One-time links: who gets in by them, once, and that nobody learns which addresses are known."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.mail.domain import claims
from asskomm.core.mail.models import Address, Mail
from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
from asskomm.core.retention.domain.access import subject_of
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.people.domain.accounts import set_password
from asskomm.people.domain.links import LinkError, consume, invite, issue_link
from asskomm.people.enums import LinkPurpose
from asskomm.people.models import Account, OneTimeLink, Person
from tests.making import FRANKENBERG, GOERLITZ, member
from tests.reading import Page, field_errors, headings, said

EMAIL, PASSWORD = "kim@example.org", "Regenschirm am Markt"
ASK, ASKED = "/einloggen/link/", "/einloggen/link/?gesendet=ja"
GONE = "Dieser Link gilt nicht mehr"


@pytest.fixture
def kim(db: None) -> Account:
    """Somebody with a function and no password."""
    return member("coordinator", FRANKENBERG, email=EMAIL)[0]


def _leads(response: Page) -> tuple[int, str]:
    return response.status_code, response.headers.get("Location", "")


def _reader(client: Client) -> str:
    return str(client.get("/themen/").context["user"])


def _links(text: str) -> list[str]:
    """Give the paths of a mail: the link, then the lasting address."""
    return [path.removeprefix("http://localhost:8000") for path in re.findall(r"http\S+", text)]


def _own(account: Account) -> Principal:
    return Principal(account=account.pk)


def test_only_the_button_uses_a_link_up(client: Client, kim: Account) -> None:
    path = issue_link(kim, LinkPurpose.SIGN_IN, by=_own(kim))
    for _time in range(2):  # programs that look through mails
        page = client.get(path)
        assert (page.status_code, headings(page)) == (200, ["Einloggen"])
    assert "Dieser Link gehört Kim Muster-coordinator. Er gilt ein einziges Mal." in said(page.content.decode())
    assert _reader(client) == "AnonymousUser"
    assert _leads(client.post(path)) == (302, "/schreibtisch/")
    assert _reader(client) == "Kim Muster-coordinator"
    for response in (Client().get(path), Client().post(path)):
        assert (response.status_code, headings(response)) == (410, [GONE])


@pytest.mark.parametrize(("purpose", "hours"), [(LinkPurpose.SIGN_IN, 1), (LinkPurpose.INVITATION, 14 * 24)])
def test_a_link_ends(client: Client, kim: Account, purpose: LinkPurpose, hours: int) -> None:
    path = issue_link(kim, purpose, by=SYSTEM)
    with clock.moved_to(clock.now() + dt.timedelta(hours=hours, seconds=-1)):
        assert client.get(path).status_code == 200
    with clock.moved_to(clock.now() + dt.timedelta(hours=hours, seconds=1)):
        assert [client.get(path).status_code, client.post(path).status_code] == [410, 410]


def test_using_one_uses_up_the_others_for_signing_in(client: Client, kim: Account) -> None:
    paths = [issue_link(kim, purpose, by=SYSTEM) for purpose in (LinkPurpose.SIGN_IN, LinkPurpose.SIGN_IN, LinkPurpose.INVITATION)]
    client.post(paths[0])
    assert [Client().get(path).status_code for path in paths] == [410, 410, 200]


@pytest.mark.parametrize("secret", ["unbekannt", "x" * 200, "a.b", "%00"])
def test_what_was_never_issued_lets_nobody_in(client: Client, db: None, secret: str) -> None:
    assert client.post(f"/einloggen/link/{secret}/").status_code == 410


def test_no_secret_is_kept(kim: Account) -> None:
    secret = issue_link(kim, LinkPurpose.SIGN_IN, by=SYSTEM).split("/")[3]
    link = OneTimeLink.objects.get()
    assert (len(secret), secret in str(vars(link)), link.issued_by) == (43, False, None)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins() -> None:
    account = Account.objects.create(email=EMAIL, person=Person.objects.create(given_name="Kim", family_name="Muster"))
    secret = issue_link(account, LinkPurpose.SIGN_IN, by=_own(account)).split("/")[3]

    def use(_number: int) -> bool:
        try:
            return consume(secret).account == account
        except LinkError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [False, False, False, True]


def test_a_link_is_mailed_and_known_and_unknown_look_the_same(client: Client, kim: Account) -> None:
    answers = [client.post(ASK, {"email": email}) for email in ("KIM@Example.org", "wer@example.org")]
    assert [_leads(answer) for answer in answers] == [(302, ASKED)] * 2
    page = said(client.get(ASKED).content.decode())
    assert "Wenn zu dieser Adresse ein Zugang gehört, ist ein Link unterwegs. Er kommt meist in einer Minute." in page
    mail = Mail.objects.select_related("address").get()
    assert (mail.kind, mail.subject, mail.address.email, mail.account) == ("sign_in_link", "Ihr Link zum Einloggen bei ASSKomm", EMAIL, kim.pk)
    assert _leads(client.post(_links(mail.text)[0])) == (302, "/schreibtisch/")
    assert _reader(client) == "Kim Muster-coordinator"
    assert not Address.objects.filter(email="wer@example.org").exists()


def test_an_unknown_address_costs_as_many_questions(kim: Account) -> None:
    from django.test.utils import CaptureQueriesContext

    kinds = []
    for email in (EMAIL, "wer@example.org"):
        Client().get(ASK)
        with CaptureQueriesContext(connection) as questions:
            Client().post(ASK, {"email": email})
        kinds.append([" ".join(query["sql"].split()[:3]) for query in questions if query["sql"].startswith(("INSERT", "UPDATE"))])
    assert kinds[0] == kinds[1]


def test_the_lasting_address_knows_whose_it_is(client: Client, kim: Account) -> None:
    client.post(ASK, {"email": EMAIL})
    lasting = _links(Mail.objects.get().text)[1]
    page = client.get(lasting)
    assert (headings(page), 'name="email"' in page.content.decode()) == (["Link per E-Mail"], False)
    assert _leads(client.post(ASK, {"zugang": page.context["word"]})) == (302, ASKED)
    assert Mail.objects.count() == 2
    assert _leads(client.post(ASK, {"zugang": f"{kim.pk}:gefaelscht"})) == (422, "")
    assert 'name="email"' in client.get(f"{ASK}?zugang=1:x").content.decode()


@pytest.mark.parametrize(("email", "fault"), [("", "Dieses Feld ist zwingend erforderlich."), ("kim", "Bitte gültige E-Mail-Adresse eingeben.")])
def test_what_is_no_address_is_named(client: Client, db: None, email: str, fault: str) -> None:
    assert field_errors(client.post(ASK, {"email": email})) == {"email": [fault]}


def test_asking_too_often_is_refused_and_takes_nothing_from_the_owner(client: Client, kim: Account) -> None:
    answers = [client.post(ASK, {"email": EMAIL}, REMOTE_ADDR="192.0.2.1").status_code for _time in range(7)]
    assert answers == [302] * 5 + [429] * 2
    assert client.post(ASK, {"email": EMAIL}, REMOTE_ADDR="192.0.2.2").status_code == 302
    assert client.post(ASK, {"email": "wer@example.org"}, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_an_invitation_leads_to_setting_up(client: Client, kim: Account) -> None:
    mayor, by = member("mayor", FRANKENBERG, email="mayor@example.org")
    invite(kim, by=by)
    mail = Mail.objects.get()
    assert "Kim Muster-mayor hat Sie bei ASSKomm eingetragen" in mail.text
    assert "Kim Muster-coordinator: Koordinator/in, Frankenberg/Sa." in mail.text
    path = _links(mail.text)[0]
    assert headings(client.get(path)) == ["Willkommen bei ASSKomm"]
    assert _leads(client.post(path)) == (302, "/konto/einrichten/")
    assert headings(client.get("/konto/einrichten/")) == ["Zugang einrichten"]
    assert Entry.objects.filter(kind="persons", key=str(kim.person_id), account=mayor.pk).exists()


@pytest.mark.parametrize(("role", "place", "may"), [("mayor", GOERLITZ, False), ("police", "Polizeidirektion Görlitz", False), ("state_council", None, True)])
def test_only_who_may_invites(kim: Account, role: str, place: str | None, *, may: bool) -> None:
    _account, by = member(role, *([place] if place else []), email="wer@example.org")
    if may:
        invite(kim, by=by)
    else:
        with pytest.raises(PermissionDenied):
            invite(kim, by=by)
    assert Mail.objects.count() == int(may)


def test_a_password_is_set_after_the_link(client: Client, kim: Account) -> None:
    client.post(issue_link(kim, LinkPurpose.INVITATION, by=SYSTEM))
    assert field_errors(client.post("/konto/passwort/", {"password": PASSWORD, "again": "anders"})) == {"again": ["Die beiden Passwörter sind nicht gleich."]}
    assert "password" in field_errors(client.post("/konto/passwort/", {"password": "kurz", "again": "kurz"}))
    assert _leads(client.post("/konto/passwort/", {"password": PASSWORD, "again": PASSWORD})) == (302, "/konto/")
    assert _reader(client) == "Kim Muster-coordinator"  # still in
    assert _leads(Client().post("/einloggen/", {"login": EMAIL, "password": PASSWORD})) == (302, "/schreibtisch/")


def test_a_changed_password_needs_the_old_one_or_a_fresh_link(client: Client, kim: Account) -> None:
    set_password(email=EMAIL, password=PASSWORD, by=SYSTEM)
    client.post("/einloggen/", {"login": EMAIL, "password": PASSWORD})
    assert _leads(client.get("/konto/passwort/")) == (302, "/konto/bestaetigen/?next=%2Fkonto%2Fpasswort%2F")
    client.post("/ausloggen/")
    client.post(issue_link(kim, LinkPurpose.SIGN_IN, by=_own(kim)))
    assert headings(client.get("/konto/passwort/")) == ["Passwort festlegen"]


def test_a_mail_with_a_secret_is_emptied_once_it_is_sent(client: Client, kim: Account) -> None:
    for end in (claims.note_sent, lambda mail: claims.refuse(mail, "kaputt")):
        client.post(ASK, {"email": EMAIL})
        mail = claims.claim()
        assert mail is not None
        assert len(_links(mail.text)) == 2
        end(mail)
    assert set(Mail.objects.values_list("text", flat=True)) == {""}


def test_old_links_are_deleted_and_ones_own_are_shown(kim: Account) -> None:
    issue_link(kim, LinkPurpose.SIGN_IN, by=SYSTEM)
    assert [row["Zweck"] for row in SUBJECT_RECORDS["links"].rows(subject_of(kim.pk))] == ["Einloggen"]
    delete = DELETION_RULES["one_time_links"].delete
    assert delete(None) == 0  # type: ignore[arg-type]
    with clock.moved_to(clock.now() + dt.timedelta(days=8)):
        assert delete(None) == 1  # type: ignore[arg-type]


def test_a_link_signs_the_person_before_out(client: Client, kim: Account) -> None:
    other, _by = member("mayor", FRANKENBERG, email="mayor@example.org")
    client.force_login(other)
    client.post(issue_link(kim, LinkPurpose.SIGN_IN, by=SYSTEM))
    assert _reader(client) == "Kim Muster-coordinator"
