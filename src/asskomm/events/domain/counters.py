# SPDX-License-Identifier: EUPL-1.2
"""The one way to a place: counters are changed here alone, locked together and in one order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from asskomm.events.models import Gathering, Places, Registration, SessionPlaces
from asskomm.events.models.places import Counter


class PlacesError(ValueError):
    """There cannot be so many places; the message is a sentence."""


def take(counter: Counter, places: int = 1) -> None:
    """Take places of a counter that is locked; the database refuses one too many when it is saved."""
    counter.taken += places


def give_back(counter: Counter) -> None:
    """Give a place of a counter back that is locked."""
    counter.taken -= 1


def next_number(counter: Counter) -> int:
    """Give the next number in the order of arrival, of a counter that is locked."""
    counter.last_number += 1
    return counter.last_number


@dataclass
class Counters:
    """The counters of one gathering, held under lock until the transaction ends.

    Args:
        whole: of the whole gathering.
        contingents: by type of participant, for those types that have one.
    """

    whole: Places
    contingents: dict[str, Places]

    def has_room(self, participant_type: str) -> bool:
        """Whether one more of a type can come."""
        return all(row.has_room for row in self._of(participant_type))

    def is_full(self) -> bool:
        """Whether nobody at all can come."""
        return not self.whole.has_room

    def next_number(self) -> int:
        """Give the next number in the order of arrival."""
        return next_number(self.whole)

    def take(self, participant_type: str) -> None:
        """Take a place."""
        for row in self._of(participant_type):
            take(row)

    def give_back(self, participant_type: str) -> None:
        """Give a place back."""
        for row in self._of(participant_type):
            give_back(row)

    def save(self) -> None:
        """Write all of them; the database refuses one place too many."""
        for row in (self.whole, *self.contingents.values()):
            row.save(update_fields=["taken", "last_number"])

    def _of(self, participant_type: str) -> Sequence[Places]:
        contingent = self.contingents.get(participant_type)
        return (self.whole, contingent) if contingent else (self.whole,)


def lock(gathering: Gathering) -> Counters:
    """Lock the counters of a gathering, always all of them and always in the same order, so that no two verbs wait for each other.

    Raises
    ------
        Places.DoesNotExist: it has none, so nobody registers.
    """
    rows = list(Places.objects.select_for_update(of=("self",)).filter(gathering=gathering).order_by("pk"))
    whole = next((row for row in rows if not row.contingent), None)
    if whole is None:
        raise Places.DoesNotExist
    return Counters(whole, {row.contingent: row for row in rows if row.contingent})


def lock_sessions(gathering: Gathering) -> dict[int, SessionPlaces]:
    """Lock the counters of all workshops, by the key of the session; whoever does this has locked those of the gathering before."""
    rows = SessionPlaces.objects.select_for_update(of=("self",)).filter(session__gathering=gathering).order_by("pk")
    return {row.session_id: row for row in rows}


def furnish(gathering: Gathering, capacity: int | None, contingents: Mapping[str, int] | None) -> None:
    """Set how many places there are, of which so many for some types of participants; never fewer than are taken.

    Args:
        gathering: that is held.
        capacity: of the whole; `None` where nobody registers.
        contingents: by type of participant; `None` leaves them as they are.

    Raises
    ------
        PlacesError: more are taken, or somebody has registered where nobody could any more.
    """
    known = {row.contingent: row for row in Places.objects.select_for_update(of=("self",)).filter(gathering=gathering).order_by("pk")}
    kept = {key: row.capacity for key, row in known.items() if key} if contingents is None else contingents
    wanted: dict[str, int] = {} if capacity is None else {"": capacity, **kept}
    if "" in known and "" not in wanted and known[""].last_number:
        raise PlacesError(_("Es haben sich schon Menschen angemeldet."))
    for contingent in known.keys() - wanted.keys():
        known[contingent].delete()
    for contingent, places in sorted(wanted.items()):
        row = known.get(contingent) or Places(gathering=gathering, contingent=contingent, taken=_taken_by(gathering, contingent))
        if row.taken > places:
            raise PlacesError(_("Es sind schon %(taken)d Plätze vergeben.") % {"taken": row.taken})
        row.capacity = places
        row.save()


def _taken_by(gathering: Gathering, contingent: str) -> int:
    """Give how many places a type of participants has taken before it got a contingent of its own."""
    return Registration.objects.holding().filter(gathering=gathering, participant_type=contingent).count() if contingent else 0
