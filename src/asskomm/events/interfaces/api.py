# SPDX-License-Identifier: EUPL-1.2
"""Gatherings over the API: what is coming, how many places are left, and entering somebody."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from asskomm.core.api import EstimateOut, Named, Paged, PageNumber, PageSize, Reference, page_of_rows
from asskomm.core.api.paging import USUAL_SIZE
from asskomm.core.api.problems import AnswerError
from asskomm.core.clock import BERLIN, clock
from asskomm.core.estimates import Estimate
from asskomm.core.visibility import ReaderRequest, Visibility
from asskomm.events.domain.admitting import enrol
from asskomm.events.domain.queries.origins import recognised_place
from asskomm.events.domain.registering import Applicant, Details
from asskomm.events.enums import GatheringState, ParticipantType, RegistrationState
from asskomm.events.models import Gathering, Places, Registration

router, entering = Router(tags=["gatherings"]), Router(tags=["gatherings"])
_CREATED = 201


class GatheringOut(Schema):
    """An invitation."""

    reference: str
    kind: Named
    title: str
    summary: str
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: GatheringState
    open: bool = Field(description="whether somebody can register now")
    places: EstimateOut | None = Field(description="places of the whole; null where nobody registers")
    free: EstimateOut | None = Field(description="how many of them are left")
    owner: str = Field(description="who invites")
    visibility: Visibility
    example: bool = Field(description="whether it is made up")
    url: str


class Guest(Schema):
    """Somebody who is entered."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=120, pattern=r"^[^\x00]*\S[^\x00]*$")
    email: str = Field(
        default="", max_length=254, pattern=r"^$|^[^@\s\x00]+@[^@\s\x00]+$", description="where the confirmation goes; empty where nobody is written to"
    )
    participant_type: ParticipantType = ParticipantType.OTHER
    organisation: str = Field(default="", max_length=160, pattern=r"^[^\x00]*$")


class RegistrationOut(Schema):
    """How a registration stands."""

    reference: str
    number: int = Field(description="order of arrival, by which the line goes")
    state: RegistrationState
    state_name: str


@router.get("", response=Paged[GatheringOut])
def list_gatherings(request: ReaderRequest, page: PageNumber = 1, page_size: PageSize = USUAL_SIZE) -> dict[str, Any]:
    """Give what is coming and what is on, as far as the reader may see it, the next first."""
    rows = Gathering.objects.visible_to(request.principal).upcoming(clock.now()).select_related("owner").prefetch_related("places")
    return page_of_rows(request, rows, page, page_size, _gathering)


@router.get("/{reference}", response=GatheringOut)
def one_gathering(request: ReaderRequest, reference: Reference) -> dict[str, Any]:
    """Give one invitation, past ones too."""
    return _gathering(_visible(request, reference))


@entering.post("/{reference}/registrations", response={_CREATED: RegistrationOut})
def enter_guest(request: ReaderRequest, reference: Reference, given: Guest) -> Status[dict[str, Any]]:
    """Enter somebody into a gathering of one's own: with a place, or at the end of the line. Whoever is registered under the address stays as she is."""
    _check_address(given.email)
    place = recognised_place(given.organisation, clock.today()) if given.participant_type == ParticipantType.MUNICIPALITY else None
    applicant = Applicant(given.name, given.email, given.participant_type, place, Details(given.organisation))
    return Status(_CREATED, _registration(enrol(_visible(request, reference), applicant, by=request.principal)))


def _check_address(email: str) -> None:
    try:
        validate_email(email) if email else None
    except ValidationError:
        raise AnswerError(400, _("Das ist keine E-Mail-Adresse.")) from None


def _visible(request: ReaderRequest, reference: str) -> Gathering:
    return get_object_or_404(Gathering.objects.visible_to(request.principal).select_related("owner").prefetch_related("places"), reference=reference)


def _gathering(row: Gathering) -> dict[str, Any]:
    whole = next((places for places in row.places.all() if not places.contingent), None)
    names = ("reference", "title", "summary", "place", "state", "visibility", "example")
    return {name: getattr(row, name) for name in names} | {
        "kind": {"key": row.kind, "name": row.get_kind_display()},
        "starts_at": row.starts_at.astimezone(BERLIN),
        "ends_at": row.ends_at.astimezone(BERLIN),
        "open": whole is not None and row.takes_registrations(clock.now()),
        "places": _capacity(whole),
        "free": whole.free.as_json() if whole else None,
        "owner": row.owner.name,
        "url": row.get_absolute_url(),
    }


def _capacity(whole: Places | None) -> dict[str, object] | None:
    return Estimate(whole.capacity).as_json() if whole else None


def _registration(row: Registration) -> dict[str, Any]:
    return {"reference": row.reference, "number": row.number, "state": row.state, "state_name": row.get_state_display()}
