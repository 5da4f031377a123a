# SPDX-License-Identifier: EUPL-1.2
"""Send a mail that shows whether mails arrive."""

from argparse import ArgumentParser, Namespace

from asskomm.config.cli import CommandError, require_prepared, start_django


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("address", metavar="ADRESSE", help="wohin")


def run(options: Namespace) -> int:
    """Write it, send what waits, and say what became of it."""
    start_django()
    require_prepared()
    from django.conf import settings

    from asskomm.core.installation.domain import is_example
    from asskomm.core.jobs.domain import orders
    from asskomm.core.jobs.domain.worker import carry_out
    from asskomm.core.mail import MailState
    from asskomm.core.mail.domain.writing import send
    from asskomm.core.visibility import SYSTEM

    if not settings.EMAIL_HOST and not is_example():
        raise CommandError("Es ist kein Mailserver eingestellt (ASSKOMM_MAIL_HOST).")
    mail = send("probe", to=options.address)
    if mail is None:  # only a mail with a name of its own can be there already
        raise CommandError("Die Testnachricht ließ sich nicht schreiben.")
    carry_out(orders.order("mail.send", by=SYSTEM))
    mail.refresh_from_db()
    print(f"{mail.address.email}: {mail.get_state_display()}" + (f" ({mail.last_fault})" if mail.last_fault else ""))
    return 0 if mail.state == MailState.SENT else 1
