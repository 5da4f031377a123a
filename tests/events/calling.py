# SPDX-License-Identifier: EUPL-1.2
"""Short ways to call for sessions and to propose some."""

import datetime as dt
from typing import Any

from asskomm.core.mail.models import Mail
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain.calling import CallFacts, call_for_sessions
from asskomm.events.domain.co_speaking import agree, name_co_speaker
from asskomm.events.domain.proposing import Said, begin_draft, submit
from asskomm.events.models import Call, CoSpeaker, Gathering, Proposal
from tests.events.making import gathering

LAST_DAY = dt.date(2027, 6, 1)


def call(found: Gathering | None = None, **more: Any) -> Call:
    """Call for talks and workshops until the first of June."""
    values = {"text": "Was hat bei Ihnen geholfen?", "closes_on": LAST_DAY, "kinds": ["talk", "workshop"], **more}
    return call_for_sessions(found or gathering(None), CallFacts(**values), by=SYSTEM)


def said(name: str = "Ada Muster", title: str = "Graffiti", **more: Any) -> Said:
    """Give what somebody says who leaves nothing out."""
    values = {"email": f"{name.split(maxsplit=1)[0].lower()}@stadt.example", "kind": "talk", "abstract": "Was half.", **more}
    return Said(name=name, title=title, **values)


def draft(found: Call, **more: Any) -> Proposal:
    """Begin a draft."""
    return begin_draft(found, Said(**{"name": "Ada Muster", **more}), by=ANYONE)


def proposed(found: Call, name: str = "Ada Muster", title: str = "Graffiti", **more: Any) -> Proposal:
    """Hand in a proposal."""
    return submit(begin_draft(found, Said(name=name), by=ANYONE), said(name, title, **more), by=ANYONE)


def agreed(proposal: Proposal, name: str = "Ben Muster") -> CoSpeaker:
    """Name somebody, and let her agree."""
    return agree(name_co_speaker(proposal, name, f"{name.split(maxsplit=1)[0].lower()}@dorf.example", by=ANYONE), by=ANYONE)


def written() -> list[tuple[str, str]]:
    """Give kind and address of every mail in the order in which they were written."""
    return list(Mail.objects.order_by("pk").values_list("kind", "address__email"))
