# SPDX-License-Identifier: EUPL-1.2
"""Which organisation a cell of a table means."""

from difflib import get_close_matches

from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.people.models import Organisation
from asskomm.territory.domain.queries.names import MunicipalityFinder, UnknownPlaceError, fold

_CLOSE = 0.85


class UnknownBodyError(ValueError):
    """No organisation goes by this name; `nearest` is one that does nearly."""

    def __init__(self, reason: str, nearest: str = "") -> None:
        """Keep what is nearest."""
        super().__init__(reason)
        self.nearest = nearest


class BodyFinder:
    """All organisations in memory, by name; those of municipalities by every name and key of their place."""

    def __init__(self) -> None:
        """Read them in two queries."""
        bodies = list(Organisation.objects.all())
        self._places = MunicipalityFinder.load()
        self._bodies = {fold(body.name): body for body in bodies if body.municipality_id is None}
        self._of_place = {str(body.municipality_id): body for body in bodies if body.municipality_id}

    def find(self, text: str) -> Organisation:
        """Give the organisation that is meant.

        Raises
        ------
            UnknownBodyError: there is none.
        """
        try:
            return self._bodies.get(fold(text)) or self.of_place(text)
        except UnknownBodyError as fault:
            close = get_close_matches(fold(text), self._bodies, n=1, cutoff=_CLOSE)
            raise UnknownBodyError(str(fault), self._bodies[close[0]].name if close else fault.nearest) from None

    def of_place(self, text: str) -> Organisation:
        """Give the body of a municipality.

        Raises
        ------
            UnknownBodyError: there is none.
        """
        try:
            return self._of_place[self._places.find(text, clock.today()).ags]
        except (UnknownPlaceError, KeyError) as fault:
            raise UnknownBodyError(_("Die Organisation „%(value)s“ ist nicht bekannt.") % {"value": text}, getattr(fault, "nearest", "")) from None
