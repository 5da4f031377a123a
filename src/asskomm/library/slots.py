# SPDX-License-Identifier: EUPL-1.2
"""What upper rooms put on the page of a field of action."""

from collections.abc import Callable

from asskomm.core.slots import Slot
from asskomm.core.visibility import ReaderRequest
from asskomm.library.models import FieldOfAction

FIELD_PANELS: Slot[Callable[[ReaderRequest, FieldOfAction], str]] = Slot()
