# SPDX-License-Identifier: EUPL-1.2
"""What upper rooms put on the pages of places."""

from collections.abc import Callable

from asskomm.core.slots import Slot
from asskomm.core.visibility import ReaderRequest
from asskomm.territory.models import District, Municipality

MUNICIPALITY_LEADS: Slot[Callable[[ReaderRequest, Municipality], str]] = Slot()
"""Sentences under the title."""

MUNICIPALITY_PANELS: Slot[Callable[[ReaderRequest, Municipality], str]] = Slot()
"""Boxes as finished markup, empty where there is nothing to show."""

MUNICIPALITY_ACTIONS: Slot[Callable[[ReaderRequest, Municipality], str]] = Slot()
"""Buttons as finished markup."""

DISTRICT_PANELS: Slot[Callable[[ReaderRequest, District], str]] = Slot()
STATE_PANELS: Slot[Callable[[ReaderRequest], str]] = Slot()
