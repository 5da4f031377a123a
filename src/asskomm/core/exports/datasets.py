# SPDX-License-Identifier: EUPL-1.2
"""Tables that can be taken along under an address that stays: rooms register them, with a dictionary of their columns."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.exports.formats import Column, Sheet, Value
from asskomm.core.slots import Slot
from asskomm.core.visibility import Principal

LICENCE = gettext_lazy("Datenlizenz Deutschland – Namensnennung – Version 2.0")


@dataclass(frozen=True)
class Dataset:
    """A table for any day.

    Args:
        key: stands in the address.
        name: stands on the page.
        about: what a row is, in a sentence.
        columns: with their meaning; whoever changes them raises the version.
        rows: gives the rows of a day with what the reader may see.
        version: of the columns; stands in the address.
        licence: under which the table may be used.
    """

    key: str
    name: str | Promise
    about: str | Promise
    columns: Sequence[Column]
    rows: Callable[[Principal, dt.date], Iterable[Sequence[Value]]]
    version: int = 1
    licence: str | Promise = LICENCE

    def sheet(self, principal: Principal, on: dt.date) -> Sheet:
        """Give the table of a day, with the lines that belong below it."""
        remarks = (_("Stand: %(day)s") % {"day": f"{on:%d.%m.%Y}"}, _("Lizenz: %(licence)s") % {"licence": self.licence})
        return Sheet(str(self.name), self.columns, self.rows(principal, on), remarks)


DATASETS: Slot[Dataset] = Slot()
