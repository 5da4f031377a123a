# SPDX-License-Identifier: EUPL-1.2
"""Verb: register those who contribute, so that they have a badge, an entry at the door and a certificate like everybody else."""

from collections.abc import Iterator

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.jobs.domain import orders
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.events.domain.door import TRAIL, Door, open_door
from asskomm.events.domain.queries.origins import recognised_place
from asskomm.events.domain.registering import Applicant, Details, enter
from asskomm.events.enums import OPEN, ParticipantType, RegistrationState
from asskomm.events.models import Gathering, Invitation, Registration, Speaker

REGISTER = "events.register_speakers"
_HER_OWN = OPEN | {RegistrationState.CANCELLED, RegistrationState.REFUSED}
"""Who is registered stays so, and who has cancelled or was refused is not registered anew behind her back."""


def order_registration(gathering: Gathering) -> None:
    """Let a job register whoever contributes, where one registers at all: verbs that hold a session never wait for the counters."""
    if gathering.published and gathering.places.filter(contingent="").exists():
        orders.order(REGISTER, {"gathering": gathering.reference}, by=SYSTEM, title=gathering.title)


def register_speakers(gathering: Gathering, *, by: Principal) -> list[Registration]:
    """Register whoever said yes and is not registered: with a place where one is free for her, else at the end of the line; gives those it made.

    Raises
    ------
        RegistrationError: nobody registers for it.
    """
    with open_door(gathering) as door:
        if not door.gathering.is_ahead(clock.now()):
            return []
        made = [_registered(door, speaker) for speaker in _unregistered(door.gathering)]
        record_keys(TRAIL, [row.reference for row in made], Action.CREATED, by=by)
    return made


def _unregistered(gathering: Gathering) -> Iterator[Speaker]:
    """Give them in the order in which they said yes, each address once."""
    known = {email.lower() for email in gathering.registrations.filter(state__in=_HER_OWN).exclude(email="").values_list("email", flat=True)}
    accepted = Invitation.objects.accepted().filter(session__gathering=gathering).exclude(speaker__email="")
    for invitation in accepted.select_related("speaker").order_by("answered_at", "pk"):
        address = invitation.speaker.email.lower()
        if address not in known:
            known.add(address)
            yield invitation.speaker


def _registered(door: Door, speaker: Speaker) -> Registration:
    """Give her the next number; that she answered by her link confirms her address."""
    place = recognised_place(speaker.organisation, clock.today()) if speaker.participant_type == ParticipantType.MUNICIPALITY else None
    row = enter(door, Applicant(speaker.name, speaker.email, ParticipantType.SPEAKER, place, Details(speaker.organisation)), approved=True)
    row.address_confirmed = True
    door.seat(row, RegistrationState.CONFIRMED)
    row.save()
    door.post.say_standing(row)
    return row
