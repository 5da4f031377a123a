# SPDX-License-Identifier: EUPL-1.2
"""Verbs: give out a link for the door, and take it back."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.mail.signatures import is_signed, signature
from asskomm.core.visibility import Principal
from asskomm.events.models import DoorPass, Gathering

TRAIL, _PURPOSE = "gatherings", "door"


@dataclass(frozen=True)
class Entrance:
    """The door of a gathering, and the link by which somebody stands at it.

    Args:
        gathering: of which.
        door_pass: `None` where somebody is signed in.
    """

    gathering: Gathering
    door_pass: DoorPass | None = None

    @property
    def open_by_link(self) -> bool:
        """Whether the link opens it today."""
        return self.door_pass is not None and self.door_pass.gathering_id == self.gathering.pk and self.door_pass.opens(clock.today())

    @property
    def station(self) -> str:
        """At which door; empty where somebody is signed in."""
        return self.door_pass.station if self.door_pass else ""


def give_pass(gathering: Gathering, *, station: str, day: dt.date, lets_in_guests: bool, by: Principal) -> DoorPass:
    """Give out a link that opens the door on one day."""
    with transaction.atomic():
        made = DoorPass.objects.create(gathering=gathering, station=station.strip(), day=day, lets_in_guests=lets_in_guests)
        record_keys(TRAIL, [gathering.reference], Action.CHANGED, by=by)
    return made


def revoke_pass(door_pass: DoorPass, *, by: Principal) -> None:
    """Take a link back; a telephone that has it open hears of it with its next question."""
    with transaction.atomic():
        if DoorPass.objects.filter(pk=door_pass.pk, revoked=False).update(revoked=True):
            record_keys(TRAIL, [door_pass.gathering.reference], Action.CHANGED, by=by)


def path_of_pass(door_pass: DoorPass) -> str:
    """Give the path of a link; nobody can guess it."""
    return reverse("events:door_pass", args=[door_pass.reference, signature(_PURPOSE, door_pass.reference)])


def pass_under(reference: str, word: str) -> DoorPass | None:
    """Give the link that a path is, if it opens the door today."""
    if not is_signed(word, _PURPOSE, reference):
        return None
    return pass_named(reference)


def pass_named(reference: str) -> DoorPass | None:
    """Give a link that opens the door today."""
    return DoorPass.objects.select_related("gathering__owner").filter(reference=reference, day=clock.today(), revoked=False).first()
