# SPDX-License-Identifier: EUPL-1.2
"""Key figures: each is defined once, and asked for any day."""

from asskomm.core.figures.figure import FIGURES, MOST_OCCASIONS, OF_MUNICIPALITIES, Answer, Breakdown, Drilldown, Evidence, Figure, FigureKind, Question, Rows

__all__ = ["FIGURES", "MOST_OCCASIONS", "OF_MUNICIPALITIES", "Answer", "Breakdown", "Drilldown", "Evidence", "Figure", "FigureKind", "Question", "Rows"]
