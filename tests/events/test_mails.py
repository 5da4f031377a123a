# SPDX-License-Identifier: EUPL-1.2
"""From the form to the place through a real mail server: the link that arrives confirms, and whoever moves up gets hers."""

import pytest
from django.test import Client
from pytest_django import Settings

from asskomm.core.clock import clock
from asskomm.core.jobs.domain import orders
from asskomm.core.visibility import SYSTEM
from tests.core.mail.mail_server import Taken, mail_server
from tests.events.making import BEFORE, gathering, standing
from tests.making import work_off

pytestmark = pytest.mark.django_db


def link_in(taken: Taken) -> str:
    """Give the path of the link in a mail as it arrived."""
    plain, _html = (str(part.get_content()) for part in taken.message.iter_parts())
    return "/anmeldung/" + plain.partition("/anmeldung/")[2].split()[0]


def test_what_arrives_confirms_and_whoever_moves_up_hears_of_it(client: Client, settings: Settings) -> None:
    with mail_server() as server, clock.moved_to(BEFORE):
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        found = gathering(1)
        for name in ("Ada", "Ben"):
            form = {"name": name, "email": f"{name.lower()}@stadt.example", "participant_type": "municipality", "organisation": ""}
            client.post(f"{found.get_absolute_url()}anmelden/", form)
        orders.order("mail.send", by=SYSTEM)
        work_off()
        assert server.recipients == ["ada@stadt.example", "ben@stadt.example"]
        for taken in server.taken:
            client.post(link_in(taken), {"action": "bestaetigen"})
        assert standing(found) == {"Ada": "confirmed", "Ben": "waiting"}
        client.post(link_in(server.taken[0]), {"action": "abmelden"})
        orders.order("mail.send", by=SYSTEM)
        work_off()
        offer = [taken for taken in server.taken if taken.recipient == "ben@stadt.example"][-1]
        assert "Ada" not in str(offer.message)
        client.post(link_in(offer), {"action": "bestaetigen"})
        assert standing(found) == {"Ada": "cancelled", "Ben": "confirmed"}
