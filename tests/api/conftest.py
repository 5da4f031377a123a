# SPDX-License-Identifier: EUPL-1.2
"""A small alliance with something behind every address of the API, and programs that ask."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from asskomm.core.clock import clock
from asskomm.core.imports.domain import door
from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.tokens import issue_token
from asskomm.people.enums import Scope
from tests.events.making import gathering
from tests.making import FRANKENBERG, GOERLITZ, event, member, work_off

DAY = dt.timedelta(days=1)
ROWS = b"Datum;Art;Kommune\n01.05.2023;Beratung;Frankenberg\n31.02.2023;Beratung;Frankenberg\n"


@dataclass(frozen=True)
class Alliance:
    """What programs ask about.

    Args:
        known: values that lead to something, by parameter of the path.
        authorization: of a token with all scopes.
    """

    known: dict[str, list[str]]
    authorization: str


@pytest.fixture(scope="module")
def alliance(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Alliance]:
    """The same for all tests of a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _build()
        transaction.set_rollback(True)


def _build() -> Alliance:
    account, principal = member("state_council")
    first = event("consultation", "2023-05-03", FRANKENBERG, note="Notiz", amount="12.50")
    event("conference_held", "2024-02", measures=(("participants", 99), ("police_share", 0.5)))
    event("first_contact", "2022", GOERLITZ)
    batches = [door.receive(name, iter([content]), by=principal) for name, content in (("ereignisse.csv", ROWS), ("noch.csv", ROWS), ("mehr.csv", ROWS))]
    work_off()
    done = door.receive("amtlich.csv", iter([ROWS]), by=SYSTEM)
    work_off()
    door.take_over(batches[0], by=principal)
    work_off()
    token = issue_token(account, name="Programm", scopes=Scope.values, by=principal)
    jobs = [batch.job.reference for batch in batches if batch.job]
    meeting = gathering(5, starts_at=clock.now() + DAY, ends_at=clock.now() + 2 * DAY)
    references = [first.reference, meeting.reference, *(batch.reference for batch in [*batches, done]), *jobs]
    return Alliance({"reference": references, "ags": [GOERLITZ, FRANKENBERG], "key": ["14626", "agreements"]}, f"Bearer {token.secret}")
