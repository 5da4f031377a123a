# SPDX-License-Identifier: EUPL-1.2
"""Verb: pass on what somebody says does not work for her."""

from django.conf import settings

from asskomm.core.clock import clock
from asskomm.core.mail.domain.writing import send
from asskomm.core.visibility import Role
from asskomm.people.models import Account, Function


def report_barrier(*, text: str, page: str, reply: str) -> bool:
    """Write to whoever answers for the site; nothing else is kept of the report.

    Gives whether there is somebody to write to: the contact of the installation, else the administrators.
    """
    recipients = [settings.CONTACT] if settings.CONTACT else _administrators()
    for address in recipients:
        send("barrier", to=address, context={"text": text, "page": page, "reply": reply})
    return bool(recipients)


def _administrators() -> list[str]:
    serving = Function.objects.on(clock.today()).filter(role=Role.ADMINISTRATOR)
    return list(Account.objects.filter(person__in=serving.values("person"), is_active=True).order_by("pk").values_list("email", flat=True))
