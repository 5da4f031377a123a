# SPDX-License-Identifier: EUPL-1.2
"""Press sheets of the example: one released, one with a quote that waits."""

import datetime as dt

from asskomm.core.visibility import SYSTEM
from asskomm.publishing.domain.press import add_quote, draft_sheet, release_quote, release_sheet
from asskomm.publishing.models import PressSheet

DAY = dt.date(2023, 9, 14)
SPEAKER, FUNCTION = "Kim Muster", "Geschäftsstelle des Landespräventionsrates"
WORDS = "Wer sich vor Ort kennt, löst Schwierigkeiten früher."


def load_example_press() -> None:
    """Write the sheets where there are none."""
    if PressSheet.objects.exists():
        return
    released = draft_sheet(DAY.replace(year=2022), DAY, by=SYSTEM)
    release_quote(add_quote(released, speaker=SPEAKER, function=FUNCTION, text=WORDS, by=SYSTEM), by=SYSTEM)
    release_sheet(released, by=SYSTEM)
    waiting = draft_sheet(DAY, DAY.replace(year=2024), by=SYSTEM)
    add_quote(waiting, speaker=SPEAKER, function=FUNCTION, text=WORDS, by=SYSTEM)
