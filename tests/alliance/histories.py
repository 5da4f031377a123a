# SPDX-License-Identifier: EUPL-1.2
"""Random histories of a few municipalities, some of which have merged."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import Phase
from hypothesis import strategies as st

from asskomm.alliance.domain.drafts import EventDraft
from asskomm.alliance.domain.events import record_events
from asskomm.alliance.models import CountChange, Event, EventKind, Wave
from asskomm.core.clock import Span
from asskomm.core.visibility import SYSTEM, Visibility
from asskomm.people.models import Organisation
from asskomm.territory.models import Municipality
from tests.making import GOERLITZ, OLBERNHAU, PFAFFRODA

AUE, SCHLEMA, AUE_BAD_SCHLEMA = "14521030", "14521050", "14521035"
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # each example takes a database; making a failing one small would take minutes
PLACES = [GOERLITZ, PFAFFRODA, OLBERNHAU, AUE, SCHLEMA, AUE_BAD_SCHLEMA]
KINDS = [
    "consultation",
    "agreement_signed",
    "agreement_ended",
    "council_constituted",
    "council_reactivated",
    "council_dormant",
    "coaching_started",
    "coaching_ended",
]
OWNERS = ["Landespräventionsrat Sachsen", "Polizeidirektion Görlitz", "Institut B3"]
DAYS = [dt.date(2016, 6, 1), dt.date(2016, 12, 31), dt.date(2017, 1, 1), dt.date(2018, 12, 31), dt.date(2019, 1, 1), dt.date(2020, 2, 29), dt.date(2022, 7, 1)]
ERAS = {PFAFFRODA: (2015, 2016), AUE: (2015, 2018), SCHLEMA: (2015, 2018), AUE_BAD_SCHLEMA: (2019, 2022)}


@dataclass(frozen=True)
class Told:
    """One random event."""

    kind: str
    places: tuple[str, ...]
    span: Span
    visibility: Visibility
    owner: str
    partner: str
    example: bool


@st.composite
def told(draw: st.DrawFn) -> Told:
    place = draw(st.sampled_from(PLACES))
    first, last = ERAS.get(place, (2015, 2022))
    day = draw(st.dates(dt.date(first, 1, 1), dt.date(last, 12, 31)) | st.sampled_from([d for d in DAYS if first <= d.year <= last] or [dt.date(first, 1, 1)]))
    text = draw(st.sampled_from([f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}"]))
    return Told(
        draw(st.sampled_from(KINDS)),
        (place,),
        Span.parse(text),
        draw(st.sampled_from(list(Visibility))),
        draw(st.sampled_from(OWNERS)),
        draw(st.sampled_from(OWNERS)),
        draw(st.booleans()),
    )


def start_anew() -> None:
    """Forget the example before; what the verbs never do."""
    Event.objects.all().delete()
    CountChange.objects.all().delete()
    Wave.objects.all().delete()


def record(history: list[Told]) -> list[Event]:
    return record_events(drafts_of(history), by=SYSTEM)


def drafts_of(history: list[Told]) -> list[EventDraft]:
    bodies = {o.name: o for o in Organisation.objects.filter(name__in=OWNERS)}
    kinds = EventKind.objects.in_bulk()
    places = Municipality.objects.in_bulk(PLACES)
    return [
        EventDraft(
            kinds[t.kind],
            t.span,
            bodies[t.owner],
            municipalities=tuple(places[key] for key in t.places),
            visibility=t.visibility,
            partners=(bodies[t.partner],) if t.visibility is Visibility.PARTNERS else (),
            example=t.example,
        )
        for t in history
    ]
