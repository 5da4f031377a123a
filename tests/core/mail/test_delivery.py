# SPDX-License-Identifier: EUPL-1.2
"""Mails over a real line: what arrives, what is tried again, what ends, and what is never sent twice or to the wrong one."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from pytest_django import Settings

from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.installation.domain import settle_installation
from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.models import Job
from asskomm.core.mail import MailState
from asskomm.core.mail.domain import claims
from asskomm.core.mail.domain.unsubscribing import unsubscribe
from asskomm.core.mail.domain.writing import send
from asskomm.core.mail.models import Address, Mail, Unsubscription
from asskomm.core.visibility import ANYONE, SYSTEM
from tests.core.mail.mail_server import MailServer
from tests.making import work_off

pytestmark = pytest.mark.django_db


def post() -> Job:
    """Do what is done each minute."""
    job = orders.order("mail.send", by=SYSTEM)
    work_off()
    job.refresh_from_db()
    return job


def write(to: str = "kim@stadt.example", kind: str = "news") -> Mail:
    mail = send(kind, to=to)
    assert mail is not None
    return mail


def standing(mail: Mail) -> tuple[str, int, str]:
    mail.refresh_from_db()
    return mail.state, mail.attempts, mail.last_fault


def test_it_arrives_as_plain_text_and_html_with_what_machines_want_to_know(server: MailServer) -> None:
    mail = write("Kim@Stadt.example")
    assert post().result == {"sent": 1}
    assert standing(mail) == (MailState.SENT, 1, "")
    (taken,) = server.taken
    link = taken.message["List-Unsubscribe"].strip("<> ")
    assert taken.recipient == "kim@stadt.example"
    assert taken.sender.startswith(f"bounce+{mail.reference}")
    assert taken.message["From"] == "ASSKomm <asskomm@lpr.example>"
    assert taken.message["Subject"] == "Neues aus der Allianz: Übersicht"
    assert taken.message["Message-ID"] == f"<{mail.reference}@lpr.example>"
    assert (taken.message["Auto-Submitted"], taken.message["List-Unsubscribe-Post"]) == ("auto-generated", "List-Unsubscribe=One-Click")
    assert link.startswith("https://asskomm.example/abbestellen/")
    plain, html = (part.get_content() for part in taken.message.iter_parts())
    assert plain.splitlines() == [*mail.text.splitlines(), "", "-- ", f"Diese Nachrichten abbestellen: {link}"]
    assert ("ä ö ü ß" in html, f'<a href="{link}">' in html, "<p>Guten Tag,</p>" in html) == (True, True, True)


def test_a_duty_cannot_be_unsubscribed(server: MailServer) -> None:
    write(kind="probe")
    post()
    assert (server.taken[0].message["List-Unsubscribe"], "abbestellen" in str(server.taken[0].message)) == (None, False)


def test_many_go_over_one_connection(server: MailServer) -> None:
    for number in range(5):
        write(f"k{number}@stadt.example")
    assert (post().result, server.connections) == ({"sent": 5}, 1)


def test_what_is_refused_for_now_is_tried_again_later(server: MailServer) -> None:
    mail, others = write(), write("other@stadt.example")
    server.answers = lambda line: "450 4.2.0 später" if line.startswith("RCPT TO:<kim@") else None
    assert post().result == {"put off": 1, "sent": 1}
    assert (standing(mail), standing(others)[0]) == ((MailState.WAITING, 1, "450 4.2.0 später"), MailState.SENT)
    server.answers = lambda _line: None
    assert post().result == {}
    with clock.moved_to(mail.not_before):
        assert post().result == {"sent": 1}
    assert (standing(mail), server.recipients) == ((MailState.SENT, 2, ""), ["other@stadt.example", "kim@stadt.example"])


def test_after_five_pauses_it_has_failed(server: MailServer) -> None:
    mail, pauses = write(), []
    server.answers = lambda line: "451 4.3.0 voll" if line == "." else None
    while mail.state == MailState.WAITING:
        before = max(clock.now(), mail.not_before)
        with clock.moved_to(before):
            post()
        mail.refresh_from_db()
        pauses.append(mail.not_before - before)
    assert [int(pause / dt.timedelta(minutes=1)) for pause in pauses] == [1, 5, 30, 120, 720, 0]
    assert standing(mail) == (MailState.FAILED, 6, "451 4.3.0 voll")


def test_an_address_that_does_not_exist_is_never_written_to_again_until_somebody_says_so(server: MailServer) -> None:
    server.answers = lambda line: "550 5.1.1 unbekannt" if line.startswith("RCPT") else None
    mail = write()
    assert post().result == {"failed": 1}
    assert standing(mail) == (MailState.FAILED, 1, "550 5.1.1 unbekannt")
    server.answers = lambda _line: None
    second = write()
    assert post().result == {"suppressed": 1}
    assert (standing(second), second.text) == ((MailState.SUPPRESSED, 1, "An diese Adresse ist nichts zustellbar."), "")
    claims.write_again(second.address, by=SYSTEM)
    write()
    assert post().result == {"sent": 1}


@pytest.mark.parametrize(
    ("line", "answer", "result"), [("RCPT", "550 5.7.1 Spam", "failed"), (".", "554 5.6.0 nein", "failed"), ("MAIL", "550 wer", "put off")]
)
def test_a_refusal_that_is_not_the_address_s_fault_leaves_the_address_alone(server: MailServer, line: str, answer: str, result: str) -> None:
    server.answers = lambda said: answer if said.startswith(line) else None
    mail = write()
    assert post().result == {result: 1}
    mail.address.refresh_from_db()
    assert (standing(mail)[2], mail.address.undeliverable_since) == (answer, None)


def test_a_server_that_is_down_costs_no_attempt(server: MailServer, settings: Settings) -> None:
    mail, settings.EMAIL_PORT = write(), 1
    assert post().result == {"unreachable": 1}
    assert standing(mail) == (MailState.WAITING, 0, "[Errno 111] Connection refused")
    settings.EMAIL_PORT = server.port
    assert post().result == {"sent": 1}


@pytest.mark.parametrize("line", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_dies_in_the_middle_lets_the_others_wait(server: MailServer, line: str) -> None:
    first, second = write("a@stadt.example"), write("b@stadt.example")
    server.answers = lambda said: "" if said.startswith(line) else None
    assert post().result == {"lost": 1}
    assert (standing(first)[:2], standing(second)[:2]) == ((MailState.WAITING, 1), (MailState.WAITING, 0))
    server.answers = lambda _line: None
    with clock.moved_to(first.not_before):
        assert post().result == {"sent": 2}


def test_a_server_that_says_goodbye_is_not_asked_for_the_next(server: MailServer) -> None:
    write("a@stadt.example"), write("b@stadt.example")
    server.answers = lambda said: "421 4.3.2 Wartung" if said.startswith("RCPT") else None
    assert post().result == {"lost": 1}


def test_taken_but_never_heard_of_is_sent_again_under_the_same_message_id(server: MailServer) -> None:
    mail = write()
    server.answers = lambda said: "" if said == "." else None
    assert post().result == {"lost": 1}
    server.answers = lambda _line: None
    mail.refresh_from_db()
    with clock.moved_to(mail.not_before):
        assert post().result == {"sent": 1}
    assert [taken.message["Message-ID"] for taken in server.taken] == [mail.message_id] * 2


def test_a_worker_that_dies_keeps_its_mail_until_the_lease_has_ended(server: MailServer) -> None:
    mail = write()
    claims.claim()
    assert post().result == {}
    with clock.moved_to(clock.now() + claims.LEASE + dt.timedelta(seconds=1)):
        assert post().result == {"sent": 1}
    assert standing(mail)[:2] == (MailState.SENT, 2)


def test_two_workers_never_get_the_same_mail() -> None:
    write("a@stadt.example"), write("b@stadt.example")
    taken = [claims.claim() for _worker in range(3)]
    assert [mail and mail.address.email for mail in taken] == ["a@stadt.example", "b@stadt.example", None]


def test_a_worker_that_was_overtaken_writes_nothing_any_more(server: MailServer) -> None:
    write()
    late = claims.claim()
    assert late is not None
    with clock.moved_to(clock.now() + claims.LEASE + dt.timedelta(seconds=1)):
        post()
    claims.refuse(late, "zu spät")
    assert standing(late) == (MailState.SENT, 2, "")


def test_it_exists_if_and_only_if_the_change_behind_it_does() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert Mail.objects.count() == 0


def test_it_is_written_once_under_a_name() -> None:
    first, second = (send("news", to="kim@stadt.example", once="reminder-1") for _again in range(2))
    assert (first is None, second, Mail.objects.count()) == (False, None, 1)


def test_what_is_no_address_is_said_in_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"^„kim“ ist keine E-Mail-Adresse\.$"):
        write("kim")


def test_what_was_unsubscribed_is_not_sent_and_other_kinds_are(server: MailServer) -> None:
    unsubscribe(write().address, "news")
    write(kind="probe")
    assert post().result == {"suppressed": 1, "sent": 1}
    assert [taken.message["Subject"] for taken in server.taken] == ["Testnachricht von ASSKomm"]


def test_without_a_server_mails_wait(settings: Settings) -> None:
    mail = write()
    assert (post().result, standing(mail)[0]) == ({}, MailState.WAITING)


def test_in_an_example_nothing_leaves_the_machine(server: MailServer) -> None:
    settle_installation(example=True)
    mail = write()
    assert post().result == {"shown": 1}
    assert (standing(mail)[0], bool(mail.text), server.connections) == (MailState.SUPPRESSED, True, 0)


def _forgotten(*, years: int) -> tuple[int, int]:
    """Let the nights of that time pass, and give how many unsubscriptions and addresses are left."""
    with clock.moved_to(clock.now() + dt.timedelta(days=365 * years + 10)):
        orders.order("retention.delete", by=SYSTEM)
        work_off()
    return Unsubscription.objects.count(), Address.objects.count()


def test_an_address_goes_two_years_after_its_last_use_and_what_it_does_not_want_five() -> None:
    unsubscribe(write("ada@stadt.example").address, "news")
    write("ben@stadt.example")
    assert _forgotten(years=1) == (1, 2)
    assert _forgotten(years=2) == (1, 1)  # without Ben
    assert _forgotten(years=4) == (1, 1)
    assert _forgotten(years=5) == (0, 0)


def test_what_is_unsubscribed_stays_so_as_long_as_somebody_means_to_write() -> None:
    unsubscribe(write("ada@stadt.example").address, "news")
    with clock.moved_to(clock.now() + dt.timedelta(days=365 * 4)):
        write("ada@stadt.example")
    assert _forgotten(years=6) == (1, 1)
    assert _forgotten(years=9) == (0, 0)


def test_what_is_done_to_an_address_leaves_a_trace_without_it() -> None:
    address = write().address
    unsubscribe(address, "news")
    unsubscribe(address, "news")
    claims.mark_undeliverable(address, "550")
    claims.write_again(address, by=SYSTEM)
    entries = Entry.objects.filter(kind="addresses", key=address.reference).order_by("pk")
    assert list(entries.values_list("action", "digest")) == [("ended", ""), ("restored", "")]
    with pytest.raises(PermissionDenied):
        claims.write_again(address, by=ANYONE)
