# SPDX-License-Identifier: EUPL-1.2
"""Signs, charts and the parts of a press sheet's document."""

import datetime as dt
from itertools import pairwise

import pytest

from asskomm.core.charts import Drawing
from asskomm.core.documents import Heading, Listing, Note, Paragraph, Picture, Quote, Table
from asskomm.core.documents.office import as_docx, as_odt
from asskomm.core.estimates import Basis, Estimate, Quality
from asskomm.core.figures import FIGURES
from asskomm.core.visibility import SYSTEM, Visibility
from asskomm.publishing.documents.press import chart_of, press_document, signed
from asskomm.publishing.domain.press import add_quote, draft_sheet, edit_sheet, release_quote, release_sheet
from asskomm.publishing.domain.press_figures import CONFERENCE_AS_TOLD, PRESS, change, sample_days
from asskomm.publishing.models import PressFigure
from tests.core.documents.samples import attributes, paragraphs_of, part
from tests.making import GOERLITZ, event

START, DAY = dt.date(2022, 9, 14), dt.date(2023, 9, 14)


def figure(before: Estimate, now: Estimate, kind: str = "total", days: int = 2) -> PressFigure:
    course = [((START + dt.timedelta(days=400 * number)).isoformat(), (before, now)[number > 0].as_json()) for number in range(days)]
    return PressFigure(key="agreements", name="Vereinbarungen", kind=kind, before=before.as_json(), value=now.as_json(), course=course)


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        (Estimate(1), Estimate(1201), "+ 1.200"),
        (Estimate(5), Estimate(3), "− 2"),
        (Estimate(5), Estimate(5), "± 0"),
        (Estimate(None), Estimate(5), "–"),
        (Estimate(5), Estimate(None), "–"),
        (Estimate(5, quality=Quality.NOT_SHOWN), Estimate(6), "–"),
        (Estimate(1000, "EUR"), Estimate(1500, "EUR"), "+ 500 €"),
        (Estimate(0.25, "share"), Estimate(0.2, "share"), "− 5 Prozentpunkte"),
        (Estimate(0.1, "share"), Estimate(0.305, "share"), "+ 20,5 Prozentpunkte"),
    ],
)
def test_changes_bear_their_sign_and_unit(before: Estimate, now: Estimate, shown: str) -> None:
    assert signed(change(figure(before, now))) == shown


def test_a_change_from_a_count_to_a_report_is_reported() -> None:
    found = change(figure(Estimate(1), Estimate(3, basis=Basis.REPORTED)))
    assert found == Estimate(2, basis=Basis.REPORTED)


def test_a_period_is_drawn_as_bars_and_everything_else_as_a_line() -> None:
    drawn = [chart_of(figure(Estimate(1), Estimate(3), kind)) for kind in ("total", "stock", "period")]
    assert [drawing.alternative.split(" ")[0] for drawing in drawn if isinstance(drawing, Drawing)] == ["Liniendiagramm", "Liniendiagramm", "Balkendiagramm"]


@pytest.mark.parametrize("lonely", [figure(Estimate(1), Estimate(3), days=1), figure(Estimate(None), Estimate(3)), figure(Estimate(1), Estimate(3), days=0)])
def test_one_value_is_no_course(lonely: PressFigure) -> None:
    assert chart_of(lonely) is None


@pytest.mark.parametrize("length", [1, 2, 23, 24, 25, 26, 365, 4000])
def test_days_are_spread_evenly_with_both_ends(length: int) -> None:
    days = sample_days(START, START + dt.timedelta(days=length))
    steps = [(after - before).days for before, after in pairwise(days)]
    assert (days[0], days[-1], len(days)) == (START, START + dt.timedelta(days=length), min(length + 1, 25))
    assert max(steps) - min(steps) <= 1


@pytest.mark.django_db
def test_the_parts_stand_in_their_order() -> None:
    event("agreement_signed", "01.06.2023", GOERLITZ)
    sheet = draft_sheet(START, DAY, by=SYSTEM)
    sheet = edit_sheet(sheet, headline="Titel", text="Eins.\n\nZwei.", embargo_until=dt.datetime(2999, 1, 1, tzinfo=dt.UTC), funded=False, by=SYSTEM)
    release_quote(add_quote(sheet, speaker="Kim", function="Leitung", text="Gut.", by=SYSTEM), by=SYSTEM)
    made = press_document(release_sheet(sheet, by=SYSTEM))
    kinds = [type(block) for block in made.blocks]
    assert kinds[:-5] == [Note, Paragraph, Paragraph, Quote, Heading, Table, Heading, *[Picture] * 5, Heading, Listing]
    assert kinds[-5:] == [Heading, Paragraph, Paragraph, Heading, Paragraph]
    assert (made.blocks[1], made.blocks[2], made.blocks[3]) == (Paragraph("Eins.", lead=True), Paragraph("Zwei."), Quote("„Gut.“", "Kim, Leitung"))
    assert (made.title, made.kind, made.draft, made.example, made.funded, made.language) == ("Titel", "Medieninformation", False, False, False, "de")


@pytest.mark.django_db
def test_background_and_contact_stand_below() -> None:
    sheet = draft_sheet(START, DAY, by=SYSTEM)
    sheet = edit_sheet(sheet, headline="x", text="x", embargo_until=None, funded=False, background="Eins.\n\nZwei.", contact="Kim\nTelefon", by=SYSTEM)
    made = press_document(sheet)
    below = [Heading("Hintergrund"), Paragraph("Eins."), Paragraph("Zwei."), Heading("Kontakt für Rückfragen"), Paragraph("Kim"), Paragraph("Telefon")]
    assert list(made.blocks[-6:]) == below
    assert paragraphs_of(part(as_docx(made), "word/document.xml"))[-6:] == ["Hintergrund", "Eins.", "Zwei.", "Kontakt für Rückfragen", "Kim", "Telefon"]


@pytest.mark.django_db
def test_each_of_the_ten_figures_has_its_chart_in_words() -> None:
    numbers = (("participants", 230), ("sessions", 12), ("municipalities", 9), ("police_share", 0.25))
    event("conference_held", "01.03.2023", measures=numbers)
    event("conference_held", "01.03.2021", measures=numbers, visibility=Visibility.PRIVATE)
    event("budget_provided", "01.02.2023", measures=(("year", 2023),), amount="1100000")
    made = press_document(draft_sheet(START, DAY, by=SYSTEM))
    said = {block.caption: block.alternative for block in made.blocks if isinstance(block, Picture)}
    assert list(said) == [str(FIGURES[key].name) for key in (*PRESS, *CONFERENCE_AS_TOLD)]
    assert said["Referierende aus der Polizei"] == (
        "Balkendiagramm „Referierende aus der Polizei“. Der Wert für Fachtag (nicht öffentlich) beträgt 25 %. Der Wert für Fachtag, 01.03.2023 beträgt 25 %."
    )


@pytest.mark.django_db
def test_word_processors_get_the_words_for_each_chart() -> None:
    event("agreement_signed", "01.06.2023", GOERLITZ)
    made = press_document(draft_sheet(START, DAY, by=SYSTEM))
    words = [block.alternative for block in made.blocks if isinstance(block, Picture)]
    assert attributes(part(as_docx(made), "word/document.xml"), "docPr", "descr") == words
    assert [part(as_odt(made), "content.xml").count(f"<svg:desc>{said}</svg:desc>") for said in words] == [1] * 5
    assert paragraphs_of(part(as_docx(made), "word/header1.xml")) == ["Entwurf"]
