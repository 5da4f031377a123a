# SPDX-License-Identifier: EUPL-1.2
"""Load the facts and the made-up rest through the same verb as everybody."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from asskomm.alliance.domain.drafts import EventDraft
from asskomm.alliance.domain.events import record_events
from asskomm.alliance.example.made_up import made_up
from asskomm.alliance.interfaces.event_reader import EventReader
from asskomm.alliance.interfaces.importer import EventImporter
from asskomm.alliance.models import Event
from asskomm.core.clock import BERLIN, clock
from asskomm.core.imports import read_table
from asskomm.core.visibility import SYSTEM, Visibility

FACTS = Path(__file__).resolve().parent.parent / "data" / "public_facts.csv"


def load_example() -> None:
    """Fill an empty alliance; does nothing where events exist.

    Raises
    ------
        RefusalError: a row of the shipped facts is refused.
    """
    if Event.objects.exists():
        return
    reader = EventReader.load(SYSTEM, Visibility.PUBLIC)
    facts = [reader.draft(row) for row in read_table(FACTS, EventImporter().aliases, EventImporter.needed).rows]
    drafts = [*facts, *(replace(draft, example=True) for draft in made_up(reader))]
    record_events(drafts, by=SYSTEM, recorded_at=[_noon(draft) for draft in drafts])


def _noon(draft: EventDraft) -> dt.datetime:
    """Record each on its day, as a place in use would have done."""
    return min(dt.datetime.combine(draft.span.last, dt.time(12), BERLIN), clock.now())
