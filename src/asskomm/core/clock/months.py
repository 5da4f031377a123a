# SPDX-License-Identifier: EUPL-1.2
"""Days that lie months apart."""

import calendar
import datetime as dt

_MONTHS = 12


def add_months(day: dt.date, months: int) -> dt.date:
    """Give the day a number of months later, or earlier where it is negative; the last of the month where it has no such day.

    >>> add_months(dt.date(2026, 8, 31), -6)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(first: dt.date, last: dt.date) -> int:
    """Give how many whole months have passed from one day to another; negative where it lies before.

    >>> months_between(dt.date(2025, 1, 31), dt.date(2026, 3, 30))
    13
    >>> months_between(dt.date(2026, 3, 1), dt.date(2026, 2, 1))
    -1
    """
    return (last.year - first.year) * _MONTHS + last.month - first.month - (last.day < first.day)
