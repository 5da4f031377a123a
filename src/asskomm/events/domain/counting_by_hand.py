# SPDX-License-Identifier: EUPL-1.2
"""Verb: enter who came to a gathering that was not run here, as those who invited counted it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, require
from asskomm.events.enums import RegistrationState
from asskomm.events.models import AttendanceCount, Gathering, HeadCount

TRAIL = "gatherings"


class CountError(ValueError):
    """What was counted cannot be; the message is a sentence."""


@dataclass(frozen=True)
class Counted:
    """What somebody counted by hand.

    Args:
        by_type: people by type of participants (keys of `ParticipantType`), for those types that were counted.
        participants: people all together; `None` for the sum of the types.
        municipalities: from how many different ones they came; `None` where nobody counted them.
    """

    by_type: Mapping[str, int] = field(default_factory=dict)
    participants: int | None = None
    municipalities: int | None = None

    @property
    def people(self) -> int:
        """All together."""
        return sum(self.by_type.values()) if self.participants is None else self.participants

    def check(self) -> None:
        """Hold what belongs together.

        Raises
        ------
            CountError: nobody was counted, the types add up to more than all, or there are more municipalities than people.
        """
        if not self.people:
            raise CountError(_("Tragen Sie ein, wie viele da waren."))
        if sum(self.by_type.values()) > self.people:
            raise CountError(_("Die Zahlen nach Art ergeben zusammen mehr als insgesamt."))
        if self.municipalities is not None and self.municipalities > self.people:
            raise CountError(_("Es können nicht mehr Kommunen als Menschen da gewesen sein."))


def may_be_counted_by_hand(gathering: Gathering) -> bool:
    """Whether it is over, and there is nothing better to count by: nobody registered here."""
    return gathering.was_held(clock.now()) and not gathering.registrations.filter(state=RegistrationState.CONFIRMED).exists()


def count_by_hand(gathering: Gathering, counted: Counted, *, by: Principal) -> HeadCount:
    """Enter what was counted by hand; a second time puts the new numbers in place of the old ones.

    Raises
    ------
        CountError: the numbers do not fit together, it is not over, or people registered here.
        PermissionDenied: the reader does not organise this gathering.
    """
    counted.check()
    with transaction.atomic():
        require("events.change", by, gathering)
        row = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
        if not may_be_counted_by_hand(row):
            raise CountError(_("Von Hand trägt man Zahlen nur ein, wenn die Veranstaltung vorbei ist und sich hier niemand angemeldet hat."))
        values = {"participants": counted.people, "municipalities": counted.municipalities, "unplaced": 0, "by_hand": True}
        found, _made = HeadCount.objects.update_or_create(gathering=row, defaults=values)
        AttendanceCount.objects.filter(gathering=row).delete()
        AttendanceCount.objects.bulk_create(
            AttendanceCount(gathering=row, participant_type=kind, registered=people, came=people) for kind, people in counted.by_type.items() if people
        )
        record(TRAIL, [row], Action.CHANGED, by=by)
    return found
