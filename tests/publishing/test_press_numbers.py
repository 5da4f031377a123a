# SPDX-License-Identifier: EUPL-1.2
"""Two sheets that are released at the same moment get two numbers."""

import datetime as dt
import threading

import pytest
from django.db import connection

from asskomm.core.visibility import SYSTEM
from asskomm.publishing.domain.press import PressError, draft_sheet, release_sheet
from asskomm.publishing.models import PressSheet

SHEETS = 4


def at_once(sheets: list[PressSheet]) -> list[str]:
    """Release sheets in threads that begin together, and give the refusals."""
    start, refused = threading.Barrier(len(sheets)), []

    def release(sheet: PressSheet) -> None:
        try:
            start.wait()
            release_sheet(sheet, by=SYSTEM)
        except PressError as fault:
            refused.append(str(fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=release, args=(sheet,)) for sheet in sheets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.usefixtures("loaded")
def test_numbers_are_given_once() -> None:
    sheets = [draft_sheet(dt.date(2022, 9, 14), dt.date(2023, 9, 14), by=SYSTEM) for _number in range(SHEETS)]
    assert at_once(sheets) == []
    assert {sheet.serial for sheet in PressSheet.objects.all()} == {1, 2, 3, 4}


@pytest.mark.usefixtures("loaded")
def test_one_sheet_is_released_once() -> None:
    sheet = draft_sheet(dt.date(2022, 9, 14), dt.date(2023, 9, 14), by=SYSTEM)
    assert at_once([sheet] * 3) == ["Diese Medieninformation ist freigegeben und ändert sich nicht mehr."] * 2
    assert PressSheet.objects.get().serial == 1
