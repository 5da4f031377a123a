# SPDX-License-Identifier: EUPL-1.2
"""Drawings made on the server."""

from asskomm.core.charts.bars import bar_chart
from asskomm.core.charts.drawing import Drawing
from asskomm.core.charts.steps import step_chart

__all__ = ["Drawing", "bar_chart", "step_chart"]
