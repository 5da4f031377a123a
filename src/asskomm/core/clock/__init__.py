# SPDX-License-Identifier: EUPL-1.2
"""One clock for the whole program; Europe/Berlin decides what a day is."""

from asskomm.core.clock.clock import BERLIN, clock
from asskomm.core.clock.months import add_months, months_between
from asskomm.core.clock.span import Precision, Span, SpanError

__all__ = ["BERLIN", "Precision", "Span", "SpanError", "add_months", "clock", "months_between"]
