# SPDX-License-Identifier: EUPL-1.2
"""Parameters that several addresses take, each with its shape, so that no database ever sees what it cannot hold."""

import datetime as dt
from typing import Annotated, Any

from ninja import Path
from ninja.params.functions import Query

from asskomm.core.clock import clock
from asskomm.core.ui.days import read_day

_LONGEST, _NO_NUL = 200, r"^[^\x00]*$"

Reference = Annotated[str, Path(pattern=r"^[0-9a-z]{12}$", description="reference of the object, as lists give it")]


def day(description: str, alias: str | None = None) -> Any:
    """Give a parameter that is a day, empty where it is left out."""
    return text(f"{description}; such as 2023-09-14 or 14.09.2023", alias=alias, examples=["2023-09-14"])


def text(description: str, **more: Any) -> Any:
    """Give a parameter that is a text, empty where it is left out."""
    return Query("", max_length=_LONGEST, pattern=_NO_NUL, description=description, **more)


Day = Annotated[str, day("the day that is asked about, today if left out")]


def day_or_today(given: str) -> dt.date:
    """Give the day of a parameter, today where it is empty.

    Raises
    ------
        ParameterError: it is no day, or one outside of what can be asked.
    """
    return read_day(given) if given.strip() else clock.today()
