# SPDX-License-Identifier: EUPL-1.2
"""Short ways to make the objects that tests need; everything goes through the verbs."""

import datetime as dt
from decimal import Decimal
from typing import Any

from asskomm.alliance.domain.drafts import EventDraft
from asskomm.alliance.domain.events import record_event
from asskomm.alliance.models import Event, EventKind
from asskomm.core.clock import Span, clock
from asskomm.core.jobs.domain.worker import Worker
from asskomm.core.visibility import SYSTEM, Principal, Visibility
from asskomm.people.domain.accounts import appoint, find_organisation
from asskomm.people.domain.queries.principals import principal_of
from asskomm.people.enums import FunctionRole
from asskomm.people.models import Account, Organisation
from asskomm.territory.models import Municipality

GOERLITZ, FRANKENBERG, OLBERNHAU, PFAFFRODA, SEIFHENNERSDORF = "14626110", "14522150", "14521460", "14521470", "14626530"
COUNCIL = "Landespräventionsrat Sachsen"


def place(ags: str) -> Municipality:
    """Give a municipality by key."""
    return Municipality.objects.select_related("district").get(ags=ags)


def body(name: str) -> Organisation:
    """Give an organisation by name, or of a municipality by key."""
    return find_organisation(name)


def draft(kind: str, day: str, *keys: str, owner: str = COUNCIL, **more: Any) -> EventDraft:
    """Make a draft in a few words."""
    more.setdefault("visibility", Visibility.PUBLIC)
    if "amount" in more:
        more["amount"] = Decimal(more["amount"])
    return EventDraft(
        kind=EventKind.objects.get(key=kind),
        span=Span.parse(day),
        owner=body(owner),
        municipalities=tuple(place(key) for key in keys),
        **more,
    )


def event(kind: str, day: str, *keys: str, by: Principal = SYSTEM, **more: Any) -> Event:
    """Record an event in a few words."""
    return record_event(draft(kind, day, *keys, **more), by=by)


def work_off() -> None:
    """Do the jobs that wait, as a worker would, within the test's own transaction."""
    worker = Worker("test", beating=False)
    while worker.work():
        pass


def member(role: str, organisation: str = COUNCIL, *, email: str = "", start: dt.date = dt.date(2019, 1, 1)) -> tuple[Account, Principal]:
    """Appoint somebody, and give account and principal."""
    address = email or f"{role}-{abs(hash(organisation)) % 10**6}@example.org"
    account = appoint(
        email=address,
        given_name="Kim",
        family_name=f"Muster-{role}",
        role=FunctionRole(role),
        organisation=body(organisation),
        start=start,
        by=SYSTEM,
    )
    return account, principal_of(account, clock.today())
