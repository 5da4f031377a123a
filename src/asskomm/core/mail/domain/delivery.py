# SPDX-License-Identifier: EUPL-1.2
"""Send what waits over one connection; what a fault means is told in `faults`."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from asskomm.core.installation.domain import is_example
from asskomm.core.jobs import Runner
from asskomm.core.mail.domain import claims
from asskomm.core.mail.domain.faults import Fault, fault_of, words_of
from asskomm.core.mail.domain.letters import letter
from asskomm.core.mail.models import Mail
from asskomm.core.mail.server import MailServer


def deliver(run: Runner) -> Mapping[str, Any]:
    """Send what is due, and give how many ended how; in an example nothing leaves the machine."""
    if is_example():
        return _suppress_all(run)
    if not settings.EMAIL_HOST or not claims.due().exists():
        return {}
    server = MailServer()
    try:
        server.open()
    except OSError as fault:  # before a mail is taken up, so that none loses an attempt to a server that is down or does not let us in
        run.say(_("Der Mailserver ist nicht erreichbar: %(fault)s") % {"fault": words_of(fault)})
        claims.due().update(last_fault=words_of(fault)[:500])
        return {"unreachable": 1}
    with _closing(server):
        return _send_all(run, server)


@contextmanager
def _closing(server: MailServer) -> Iterator[None]:
    server.fail_silently = True  # a line that breaks at the goodbye takes nothing with it
    try:
        yield
    finally:
        server.close()


def _suppress_all(run: Runner) -> Mapping[str, Any]:
    done = 0
    while mail := claims.claim():
        claims.suppress(mail, _("Beispiel: Nichts verlässt den Rechner."), keep_text=True)
        done += 1
        run.progress(done, done)
    return {"shown": done}


def _send_all(run: Runner, server: MailServer) -> Mapping[str, Any]:
    ends: Counter[str] = Counter()
    while mail := claims.claim():
        ends[_settle(mail, server)] += 1
        if ends["lost"]:  # the others wait for the next minute
            break
        run.progress(ends.total(), ends.total())
    return dict(ends)


def _settle(mail: Mail, server: MailServer) -> str:
    if why := claims.hindrance(mail):
        claims.suppress(mail, why)
        return "suppressed"
    if (fault := _hand_over(mail, server)) is None:
        claims.note_sent(mail)
        return "sent"
    if fault.of_address:
        claims.mark_undeliverable(mail.address, fault.words)
    (claims.refuse if fault.lasting else claims.put_off)(mail, fault.words)
    return "lost" if fault.lost else "failed" if fault.lasting else "put off"


def _hand_over(mail: Mail, server: MailServer) -> Fault | None:
    server.fail_silently = False
    try:
        server.send_messages([letter(mail)])
    except (OSError, ValueError) as error:  # smtplib's exceptions are kinds of OSError
        return fault_of(error)
    finally:
        server.fail_silently = True
    return None
