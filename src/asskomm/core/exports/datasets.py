# SPDX-License-Identifier: EUPL-1.2
"""Tables that can be taken along under an address that stays: rooms register them, with a dictionary of their columns."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.exports.formats import Areas, Column, Format, Licence, Sheet, Value, formats_for, spread
from asskomm.core.slots import Slot
from asskomm.core.visibility import Principal

LICENCE = Licence(gettext_lazy("Datenlizenz Deutschland – Namensnennung – Version 2.0"), "https://www.govdata.de/dl-de/by-2-0")


@dataclass(frozen=True)
class Dataset:
    """A table for any day.

    Args:
        key: stands in the address.
        name: stands on the page.
        about: what a row is, in a sentence.
        columns: with their meaning; whoever changes them raises the version.
        rows: gives the rows of a day with what the reader may see.
        version: of the columns; stands in the address, and those before lead to it.
        licence: under which the table may be used.
        areas: gives the areas of a day by what stands in the first column, where rows have some.
    """

    key: str
    name: str | Promise
    about: str | Promise
    columns: Sequence[Column]
    rows: Callable[[Principal, dt.date], Iterable[Sequence[Value]]]
    version: int = 1
    licence: Licence = LICENCE
    areas: Callable[[dt.date], Areas] | None = None

    def sheet(self, principal: Principal, on: dt.date) -> Sheet:
        """Give the table of a day, with the lines that belong below it."""
        areas = partial(self.areas, on) if self.areas else None
        return Sheet(str(self.name), self.columns, self.rows(principal, on), remarks(on, self.licence), areas, self.licence)

    @property
    def dictionary(self) -> list[Column]:
        """All columns of its files."""
        return spread(self.columns)

    @property
    def formats(self) -> dict[str, Format]:
        """The formats in which it can be taken along."""
        return formats_for(areas=self.areas is not None)


def remarks(on: dt.date, licence: Licence = LICENCE) -> tuple[str, str]:
    """Give the lines that belong below a table of a day."""
    return _("Stand: %(day)s") % {"day": f"{on:%d.%m.%Y}"}, _("Lizenz: %(licence)s") % {"licence": licence.name}


DATASETS: Slot[Dataset] = Slot()
