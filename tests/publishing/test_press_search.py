# SPDX-License-Identifier: EUPL-1.2
"""A press sheet is found when everybody may read it, and not before."""

import datetime as dt

import pytest

from asskomm.core.clock import BERLIN, clock
from asskomm.core.search.domain.queries.search import search
from asskomm.core.search.models import IndexedDocument
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.publishing.domain import press as verbs
from asskomm.publishing.models import PressSheet
from tests.making import member, work_off

pytestmark = pytest.mark.django_db
UNTIL = dt.datetime(2026, 6, 2, 10, tzinfo=BERLIN)


def written(embargo_until: dt.datetime | None = None) -> PressSheet:
    """A draft with words that stand nowhere else."""
    sheet = verbs.draft_sheet(dt.date(2022, 9, 14), dt.date(2023, 9, 14), by=SYSTEM)
    words = {"headline": "Wackelpudding", "text": "Himbeere.", "background": "Waldmeister."}
    quote = verbs.add_quote(sheet, speaker="Kim", function="", text="Zitrone.", by=SYSTEM)
    verbs.release_quote(quote, by=SYSTEM)
    return verbs.edit_sheet(sheet, **words, embargo_until=embargo_until, funded=True, by=SYSTEM)


def found(query: str, principal: Principal = ANYONE) -> list[str]:
    return [hit.url for hit in search(query, principal, source="press").hits]


def test_a_draft_is_not_found_and_a_released_sheet_is_by_each_of_its_words() -> None:
    sheet = written()
    assert IndexedDocument.objects.filter(source="press").count() == 0
    verbs.release_sheet(sheet, by=SYSTEM)
    assert [found(word) for word in ("Wackelpudding", "Himbeere", "Waldmeister", "Zitrone")] == [[sheet.get_absolute_url()]] * 4


def test_an_embargoed_sheet_is_found_by_nobody_until_the_embargo_is_over() -> None:
    council = member("state_council")[1]
    with clock.moved_to(UNTIL - dt.timedelta(hours=1)):
        sheet = verbs.release_sheet(written(UNTIL), by=council)
        work_off()
        assert (found("Himbeere"), found("Himbeere", council), IndexedDocument.objects.filter(source="press").count()) == ([], [], 0)
    with clock.moved_to(UNTIL):
        work_off()
        assert found("Himbeere") == [sheet.get_absolute_url()]
