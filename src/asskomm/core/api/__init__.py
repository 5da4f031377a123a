# SPDX-License-Identifier: EUPL-1.2
"""What every address of the API shares: numbers, pages of lists, faults, limits, its description."""

from asskomm.core.api.paging import Paged, PageNumber, PageSize, page_of_list, page_of_rows
from asskomm.core.api.parameters import Day, Reference, day, day_or_today, text
from asskomm.core.api.problems import AnswerError
from asskomm.core.api.schemas import EstimateOut, Named

__all__ = [
    "AnswerError",
    "Day",
    "EstimateOut",
    "Named",
    "PageNumber",
    "PageSize",
    "Paged",
    "Reference",
    "day",
    "day_or_today",
    "page_of_list",
    "page_of_rows",
    "text",
]
