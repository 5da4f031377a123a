# SPDX-License-Identifier: EUPL-1.2
"""Bars for a few categories: the name above each bar, the value at its end."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from asskomm.core.charts.drawing import FILL, WIDTH, Drawing, drawn, words
from asskomm.core.estimates import Estimate, Quality

Category = tuple[str, Estimate]
_STEP, _THICK, _LONGEST = 56, 22, WIDTH - 150


def bar_chart(name: str, categories: Sequence[Category]) -> Drawing:
    """Draw a bar for each category, from zero on; what is not known or not shown has its words and no bar.

    Raises
    ------
        ValueError: nothing to draw, or a value below zero.

    >>> bar_chart("Treffen", [("Jahr 2022", Estimate(3)), ("Jahr 2023", Estimate(4))]).alternative
    'Balkendiagramm „Treffen“. Der Wert für Jahr 2022 beträgt 3. Der Wert für Jahr 2023 beträgt 4.'
    """
    values = [_value(estimate) for _label, estimate in categories]
    if not values or min(values) < 0:
        raise ValueError("a bar chart needs categories, none of them below zero")
    longest = max(values) or 1
    lengths = [_LONGEST * value / longest for value in values]
    parts = [_bar(number, *category, length) for number, (category, length) in enumerate(zip(categories, lengths, strict=True))]
    said = [_("Der Wert für %(label)s beträgt %(value)s.") % {"label": label, "value": estimate} for label, estimate in categories]
    return drawn(parts, _STEP * len(categories), " ".join([_("Balkendiagramm „%(name)s“.") % {"name": name}, *said]))


def _value(estimate: Estimate) -> float:
    return 0.0 if estimate.value is None or estimate.quality is Quality.NOT_SHOWN else float(estimate.value)


def _bar(number: int, label: str, estimate: Estimate, length: float) -> str:
    top = number * _STEP
    box = f'<rect x="0" y="{top + 22}" width="{length:.1f}" height="{_THICK}" rx="2" fill="{FILL}"/>' if length else ""
    return words(0, top + 15, label) + box + words(length + 8 if length else 0, top + 38, str(estimate), bold=True)
