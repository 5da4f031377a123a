# SPDX-License-Identifier: EUPL-1.2
"""A figure over time as a line of steps: it holds until it changes."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asskomm.core.charts.drawing import FILL, WIDTH, Drawing, drawn, rule, words
from asskomm.core.estimates import Estimate, Quality

Moment = tuple[dt.date, Estimate]
Known = tuple[dt.date, Estimate, float]
_TOP, _HIGH, _LEFT, _RIGHT, _BELOW = 16, 100, 8, 76, 30
_TICKS = 4


@dataclass(frozen=True)
class _Frame:
    """From days and values to the canvas."""

    first: dt.date
    last: dt.date
    most: float
    left: float

    def x(self, day: dt.date) -> float:
        """Place of a day."""
        return self.left + (WIDTH - _RIGHT - self.left) * ((day - self.first).days / max((self.last - self.first).days, 1))

    def y(self, value: float) -> float:
        """Place of a value."""
        return _TOP + _HIGH * (1 - value / self.most)


def step_chart(name: str, moments: Sequence[Moment]) -> Drawing:
    """Draw a figure over time from its values on some days, in their order; days without a value are left out.

    Raises
    ------
        ValueError: fewer than two known values, or one below zero.

    >>> day = dt.date(2023, 1, 1)
    >>> step_chart("Treffen", [(day, Estimate(3)), (day.replace(month=5), Estimate(4))]).alternative
    'Liniendiagramm „Treffen“. Der Wert steigt von 3 am 1. Januar 2023 auf 4 am 1. Mai 2023.'
    """
    shown = [(day, estimate) for day, estimate in moments if estimate.quality is not Quality.NOT_SHOWN]
    known = [(day, estimate, float(estimate.value)) for day, estimate in shown if estimate.value is not None]
    if len(known) < 2 or min(value for *_rest, value in known) < 0:
        raise ValueError("a line needs two known values, none of them below zero")
    step = _nice(max(value for *_rest, value in known) / _TICKS)
    ticks = [replace(known[0][1], value=_whole(step * number)) for number in range(_TICKS + 1)]
    frame = _Frame(known[0][0], known[-1][0], step * _TICKS, _LEFT + 9 * max(len(str(tick)) for tick in ticks))
    line = _line(frame, [(day, value) for day, _estimate, value in known])
    end = words(WIDTH - _RIGHT + 10, frame.y(known[-1][2]) + 5, str(known[-1][1]), bold=True)
    parts = [*(_grid(frame, tick) for tick in ticks), *_days(frame), line, end]
    return drawn(parts, _TOP + _HIGH + _BELOW, _said(name, known))


def _nice(step: float) -> float:
    """Give the next larger step that people count in: 1, 2 or 5 times a power of ten.

    >>> _nice(36), _nice(0.3), _nice(0)
    (50, 1, 1)
    """
    if step <= 1:
        return 1
    power: float = 10 ** math.floor(math.log10(step))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= step)


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def _grid(frame: _Frame, tick: Estimate) -> str:
    height = frame.y(float(tick.value or 0))
    return rule(frame.left, height, WIDTH - _RIGHT, height, faint=bool(tick.value)) + words(frame.left - 8, height + 5, str(tick), anchor="end")


def _days(frame: _Frame) -> list[str]:
    """Name the first and the last day."""
    below = _TOP + _HIGH + 22
    return [
        words(frame.left, below, _day(frame.first)),
        words(WIDTH - _RIGHT, below, _day(frame.last), anchor="end"),
    ]


def _line(frame: _Frame, values: Sequence[tuple[dt.date, float]]) -> str:
    first_day, first = values[0]
    steps = "".join(f"H{frame.x(day):.1f}V{frame.y(value):.1f}" for (_day, _before), (day, value) in pairwise(values))
    x, y = frame.x(values[-1][0]), frame.y(values[-1][1])
    line = f'<path d="M{frame.x(first_day):.1f} {frame.y(first):.1f}{steps}" fill="none" stroke="{FILL}" stroke-width="3" stroke-linejoin="round"/>'
    return f'{line}<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{FILL}"/>'


def _said(name: str, known: Sequence[Known]) -> str:
    """Say the line in words: from where to where, and how far it went in between."""
    (begin, first, lower), (end, last, upper) = known[0], known[-1]
    span = {"first": first, "begin": _in_words(begin), "last": last, "end": _in_words(end)}
    if upper > lower:
        said = _("Der Wert steigt von %(first)s am %(begin)s auf %(last)s am %(end)s.") % span
    elif upper < lower:
        said = _("Der Wert sinkt von %(first)s am %(begin)s auf %(last)s am %(end)s.") % span
    else:
        said = _("Der Wert beträgt am %(begin)s und am %(end)s %(last)s.") % span
    return " ".join([_("Liniendiagramm „%(name)s“.") % {"name": name}, said, *_between(known)])


def _between(known: Sequence[Known]) -> list[str]:
    """Name the highest and the lowest value where they lie between the ends."""
    ends = {known[0][2], known[-1][2]}
    day, high, most = max(known, key=lambda moment: moment[2])
    other_day, low, least = min(known, key=lambda moment: moment[2])
    said = [] if most in ends else [_("Am höchsten ist er am %(day)s mit %(value)s.") % {"day": _in_words(day), "value": high}]
    return said + ([] if least in ends else [_("Am niedrigsten ist er am %(day)s mit %(value)s.") % {"day": _in_words(other_day), "value": low}])


def _in_words(day: dt.date) -> str:
    return date_format(day, _("j. F Y"))


def _day(day: dt.date) -> str:
    return date_format(day, "d.m.Y")
