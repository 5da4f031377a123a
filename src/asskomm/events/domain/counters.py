# SPDX-License-Identifier: EUPL-1.2
"""The one way to a place: counters of a gathering, locked together and in one order."""

from collections.abc import Sequence
from dataclasses import dataclass

from asskomm.events.models import Gathering, Places, SessionPlaces


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
        self.whole.last_number += 1
        return self.whole.last_number

    def take(self, participant_type: str) -> None:
        """Take a place."""
        for row in self._of(participant_type):
            row.taken += 1

    def give_back(self, participant_type: str) -> None:
        """Give a place back."""
        for row in self._of(participant_type):
            row.taken -= 1

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
