# SPDX-License-Identifier: EUPL-1.2
"""Badges fit on their labels however long a name is, and say what they should to whoever cannot see them too."""

import pymupdf
import pytest

from asskomm.core.clock import clock
from asskomm.events.documents.badges import badge_formats, badges, blank_badges
from asskomm.events.models import Registration
from tests.core.documents.samples import faults, pages
from tests.events.making import BEFORE, gathering

pytestmark = pytest.mark.django_db
MM = 72 / 25.4
NAMES = ("Ada Muster", "Dr. Anna-Katharina von der Musterhausen-Beispielburg, Erste Beigeordnete", "X" * 120, "Łucja Świątek")
BODIES = ("Stadt Görlitz", "Landesarbeitsgemeinschaft der Schulsozialarbeiterinnen und Schulsozialarbeiter in der Oberlausitz", "Y" * 160, "")


def boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Give where the words of the first page stand, in millimetres."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return [tuple(side / MM for side in word[:4]) for word in document[0].get_text("words")]


@pytest.mark.parametrize("key", badge_formats())
def test_long_names_shrink_and_stay_on_their_label(key: str) -> None:
    on = badge_formats()[key]
    with clock.moved_to(BEFORE):
        found = gathering(9, title="Fachtag „Gemeinsam sicher vor Ort“ der Allianz Sichere Sächsische Kommunen")
    rows = [Registration(gathering=found, name=name, organisation=body, participant_type="municipality") for name, body in zip(NAMES, BODIES, strict=True)]
    rows += [Registration(gathering=found, name=f"Gast {number}", participant_type="other") for number in range(8)]
    pdf = badges(found, rows, on)
    assert len(pages(pdf)) == -(-12 // on.on_sheet)
    said = pages(pdf)[0].replace("\u200b", "")
    assert [word in said.replace(" ", "") for word in ("AdaMuster", "StadtGörlitz", "Kommune", "X" * 40, "Y" * 30)] == [True] * 5
    for left, top, right, bottom in boxes(pdf):
        column, row = int((left - on.left) // (on.width + on.gap_x)), int((top - on.top) // (on.height + on.gap_y))
        x, y = on.left + column * (on.width + on.gap_x), on.top + row * (on.height + on.gap_y)
        assert (x + 3 <= left, right <= x + on.width - 3, y + 3 <= top, bottom <= y + on.height - 3) == (True,) * 4
    assert [faults(made) for made in (pdf, blank_badges(found, on), badges(found, [], on))] == [[], [], []]
    assert len(pages(blank_badges(found, on))) == 1


@pytest.mark.parametrize("key", badge_formats())
def test_each_label_of_a_sheet_of_a4_has_one_name(key: str) -> None:
    on = badge_formats()[key]
    with clock.moved_to(BEFORE):
        found = gathering(9)
    rows = [Registration(gathering=found, name=f"Gast{number}", participant_type="other") for number in range(on.on_sheet)]
    with pymupdf.open(stream=badges(found, rows, on), filetype="pdf") as document:
        (page,) = document
        assert [round(side / MM, 1) for side in (page.rect.width, page.rect.height)] == [210, 297]
        names = {word[4]: (word[0] / MM, word[1] / MM) for word in page.get_text("words") if word[4].startswith("Gast")}
    places = [(int((names[row.name][0] - on.left) / (on.width + on.gap_x)), int((names[row.name][1] - on.top) / (on.height + on.gap_y))) for row in rows]
    assert places == [(column, line) for line in range(on.rows) for column in range(on.columns)]


def test_the_formats_fit_on_a_sheet() -> None:
    for on in badge_formats().values():
        assert 2 * on.left + on.columns * on.width + (on.columns - 1) * on.gap_x == 210
        assert 2 * on.top + on.rows * on.height + (on.rows - 1) * on.gap_y == 297
