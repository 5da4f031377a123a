# SPDX-License-Identifier: EUPL-1.2
"""A number with everything one must know to use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from django.utils.formats import number_format
from django.utils.translation import gettext as _

Number = int | float
_CENTS = 2


class Basis(StrEnum):
    """How the number came about."""

    FULL_COUNT = "full_count"
    REPORTED = "reported"
    MEASURED = "measured"
    ESTIMATED = "estimated"


class Quality(StrEnum):
    """How far it carries."""

    RELIABLE = "reliable"
    LIMITED = "limited"
    NOT_SHOWN = "not_shown"


class Protects(StrEnum):
    """Whom a suppression would protect; nothing is suppressed where nobody is protected."""

    NOTHING = "nothing"
    PERSONS = "persons"
    RESPONDENTS = "respondents"


@dataclass(frozen=True)
class Estimate:
    """One number as page, PDF, export and API show it.

    Args:
        value: the number, or `None` where it is not known or not shown.
        unit: "count", "EUR", "persons", "months", "year" or "share" (0 to 1).
        basis: full count, reported (a published total), measured or estimated.
        base: number of rows or answers behind it.
        interval: lower and upper bound; never for a full count.
        quality: reliable, limited or not shown.
        protects: nothing, persons or respondents.
        sources: what it was counted from, in words.

    Raises
    ------
        ValueError: a full count with an interval.

    >>> str(Estimate(1100000, "EUR", base=1))
    '1.100.000 €'
    """

    value: Number | None
    unit: str = "count"
    basis: Basis = Basis.FULL_COUNT
    base: int | None = None
    interval: tuple[float, float] | None = None
    quality: Quality = Quality.RELIABLE
    protects: Protects = Protects.NOTHING
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Hold what the kinds of basis mean."""
        if self.basis is Basis.FULL_COUNT and self.interval is not None:
            raise ValueError("a full count has no interval")

    def __str__(self) -> str:
        """Show value and unit in the reader's language."""
        if self.quality is Quality.NOT_SHOWN:
            return _("nicht ausgewiesen")
        if self.value is None:
            return _("nicht bekannt")
        if self.unit == "share":
            percent = round(100 * self.value, 1)
            return _("%(value)s %%") % {"value": number_format(int(percent) if percent == int(percent) else percent)}
        if self.unit == "year":
            return str(self.value)
        shown = number_format(self.value, decimal_pos=_CENTS if self.unit == "EUR" and self.value != int(self.value) else None, force_grouping=True)
        return f"{shown} €" if self.unit == "EUR" else shown

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Self:
        """Give back what `as_json` wrote.

        >>> Estimate.from_json(Estimate(3, base=3).as_json()) == Estimate(3, base=3)
        True
        """
        interval = fields["interval"]
        return cls(
            value=fields["value"],
            unit=fields["unit"],
            basis=Basis(fields["basis"]),
            base=fields["base"],
            interval=(interval[0], interval[1]) if interval else None,
            quality=Quality(fields["quality"]),
            protects=Protects(fields["protects"]),
            sources=tuple(fields["sources"]),
        )

    def as_json(self) -> dict[str, object]:
        """Give the fields as the API shows them; base and interval would give away a value that is not shown."""
        shown = self.quality is not Quality.NOT_SHOWN
        return {
            "value": self.value if shown else None,
            "unit": self.unit,
            "basis": self.basis.value,
            "base": self.base if shown else None,
            "interval": list(self.interval) if self.interval and shown else None,
            "quality": self.quality.value,
            "protects": self.protects.value,
            "sources": list(self.sources),
        }
