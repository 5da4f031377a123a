# SPDX-License-Identifier: EUPL-1.2
"""Reports of mail servers: what they change, what they leave, and what nobody can make them say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from asskomm.core.mail import MailState
from asskomm.core.mail.domain.bounces import LARGEST, BounceError, take_bounce
from asskomm.core.mail.domain.letters import return_path
from asskomm.core.mail.domain.writing import send
from asskomm.core.mail.models import Mail
from tests.core.mail.reports import REPORT

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(settings: Settings) -> Mail:
    settings.MAIL_BOUNCE = "bounce@lpr.example"
    written = send("news", to="kim@stadt.example")
    assert written is not None
    return written


def report(mail: Mail, status: str = "5.1.1", action: str = "failed") -> bytes:
    return REPORT.format(to=return_path(mail).upper(), status=status, action=action).encode()


def standing(mail: Mail) -> tuple[str, str, bool]:
    mail.refresh_from_db()
    mail.address.refresh_from_db()
    return mail.state, mail.last_fault, mail.address.undeliverable_since is not None


def test_an_address_that_does_not_exist_is_marked_with_its_mail(mail: Mail) -> None:
    assert take_bounce(report(mail)) == "Die Nachricht kam zurück (5.1.1); an die Adresse wird nicht mehr geschrieben."
    assert standing(mail) == (MailState.BOUNCED, "5.1.1 550 5.1.1 No such user", True)


@pytest.mark.parametrize("status", ["5.2.2", "5.3.4", "5.7.1", "5.7.26"])
def test_a_full_box_or_an_unwanted_mail_leaves_the_address(mail: Mail, status: str) -> None:
    assert take_bounce(report(mail, status)) == f"Die Nachricht kam zurück ({status}); an die Adresse wird weiter geschrieben."
    assert standing(mail) == (MailState.BOUNCED, f"{status} 550 {status} No such user", False)


def test_a_delay_changes_nothing(mail: Mail) -> None:
    assert take_bounce(report(mail, "4.4.1", "delayed")) == "Der Mailserver versucht es noch (4.4.1); es bleibt, wie es ist."
    assert standing(mail) == (MailState.WAITING, "", False)


def _refusal(matter: bytes) -> str:
    with pytest.raises(BounceError) as caught:
        take_bounce(matter)
    return str(caught.value)


def test_nobody_stops_a_mail_without_its_token(mail: Mail) -> None:
    forged = report(mail).replace(return_path(mail).upper().encode()[20:24], b"0000")
    none = "In den Empfängern der Meldung steht keine unserer Rückadressen."
    assert (_refusal(forged), _refusal(b""), _refusal(b"To: bounce@lpr.example\n\n")) == (none, none, none)
    assert standing(mail) == (MailState.WAITING, "", False)


def test_what_is_no_report_says_what_is_missing(mail: Mail) -> None:
    missing = "Das ist keine Meldung über eine Zustellung: Es fehlt der Teil „message/delivery-status“ mit „Status“."
    assert _refusal(f"To: {return_path(mail)}\n\nIch bin im Urlaub.".encode()) == missing
    assert _refusal(report(mail, "kaputt")) == missing
    assert _refusal(b"x" * (LARGEST + 1)) == "Die Meldung ist größer als 1 MB und wird nicht gelesen."


def test_a_mail_that_is_deleted_is_said_to_be(mail: Mail) -> None:
    late = report(mail)
    mail.delete()
    assert _refusal(late) == "Die Nachricht, um die es geht, ist schon gelöscht."


@given(st.data())
def test_damage_ends_in_a_sentence(data: st.DataObject) -> None:
    whole = REPORT.format(to="bounce+x@lpr.example", status="5.1.1", action="failed").encode()
    start, end = sorted((data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, len(whole)))))
    assert _refusal(whole[:start] + data.draw(st.binary(max_size=30)) + whole[end:]) != ""
