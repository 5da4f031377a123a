# SPDX-License-Identifier: EUPL-1.2
"""Events over the API."""

import datetime as dt
from typing import Annotated, Any

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from asskomm.alliance.domain.queries.listing import EventFilters, events_of
from asskomm.alliance.domain.queries.readable import last_version
from asskomm.alliance.enums import Confirmation
from asskomm.alliance.measures import MEASURES, measure_estimate
from asskomm.alliance.models import Event
from asskomm.core.api import EstimateOut, Named, Paged, PageNumber, PageSize, Reference, day, page_of_rows, text
from asskomm.core.api.paging import USUAL_SIZE
from asskomm.core.clock import Precision
from asskomm.core.ui.days import read_day
from asskomm.core.visibility import ReaderRequest, Visibility

router = Router(tags=["events"])
KindKey = Annotated[str, text("key of a kind of event, as the handbook lists them", examples=["consultation"])]
AtPlace = Annotated[str | None, Query(None, pattern=r"^[0-9]{8}$", description="key of a municipality (AGS), eight digits", examples=["14626110"])]
FirstDay = Annotated[str, day("leave out what ended before this day", alias="from")]
LastDay = Annotated[str, day("leave out what begins after this day", alias="to")]


class DateOut(Schema):
    """A date as it is known: to the day, the month or the year."""

    text: str = Field(description="as it stands on the page")
    first_day: dt.date
    last_day: dt.date = Field(description="the day from which the event counts")
    precision: Precision


class MeasureOut(Schema):
    """A number that an event carries."""

    key: str
    name: str
    estimate: EstimateOut


class EventOut(Schema):
    """An event in its newest version."""

    reference: str
    kind: Named
    date: DateOut
    municipalities: list[Named]
    parties: list[str] = Field(description="organisations that took part")
    fields: list[Named] = Field(description="fields of action")
    status: Confirmation
    amount: EstimateOut | None
    measures: list[MeasureOut]
    valid_until: dt.date | None = Field(description="last day of an agreement, where it has one")
    note: str
    document_url: str
    source: str
    visibility: Visibility
    owner: str = Field(description="organisation that recorded it")
    example: bool = Field(description="whether it is made up")
    url: str


@router.get("", response=Paged[EventOut])
def list_events(
    request: ReaderRequest,
    *,
    kind: KindKey = "",
    municipality: AtPlace = None,
    first: FirstDay = "",
    last: LastDay = "",
    page: PageNumber = 1,
    page_size: PageSize = USUAL_SIZE,
) -> dict[str, Any]:
    """Give the events that the reader may see, newest first: of a kind, of a municipality and those that went into it, between two days."""
    filters = EventFilters(kind, municipality or "", _day(first), _day(last))
    return page_of_rows(request, events_of(request.principal, filters), page, page_size, _event)


@router.get("/{reference}", response=EventOut)
def one_event(request: ReaderRequest, reference: Reference) -> dict[str, Any]:
    """Give one event in its newest version."""
    found = last_version(reference, request.principal)
    if found is None or not found.is_current:
        raise Http404
    return _event(found)


def _day(text: str) -> dt.date | None:
    return read_day(text) if text.strip() else None


def _event(event: Event) -> dict[str, Any]:
    return {
        "reference": event.reference,
        "kind": {"key": event.kind_id, "name": str(event.kind)},
        "date": {"text": str(event.span), "first_day": event.first_day, "last_day": event.counts_from, "precision": event.precision},
        "municipalities": [{"key": place.ags, "name": place.name} for place in event.municipalities.all()],
        "parties": [body.name for body in event.parties.all()],
        "fields": [{"key": field.key, "name": _(field.name)} for field in event.fields.all()],
        "amount": event.money.as_json() if event.money else None,
        "measures": [_measure(name, value) for name, value in event.measures.items()],
        "owner": event.owner.name,
        "url": event.get_absolute_url(),
        **{name: getattr(event, name) for name in ("status", "valid_until", "note", "document_url", "source", "visibility", "example")},
    }


def _measure(name: str, value: float) -> dict[str, Any]:
    return {"key": name, "name": str(MEASURES[name]), "estimate": measure_estimate(name, value).as_json()}
