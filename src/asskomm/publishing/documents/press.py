# SPDX-License-Identifier: EUPL-1.2
"""A press sheet as a document: text, quotes, table, charts, and how it is counted."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from asskomm.core.charts import Drawing, bar_chart, step_chart
from asskomm.core.documents import Block, Document, Heading, Listing, Note, Paragraph, Picture, Quote, Table, paragraphs
from asskomm.core.estimates import Estimate, Quality
from asskomm.core.figures import FigureKind
from asskomm.publishing.domain.press_figures import LANGUAGE, change
from asskomm.publishing.domain.press_text import ORGANISATION
from asskomm.publishing.models import PressFigure, PressQuote, PressSheet


def press_document(sheet: PressSheet) -> Document:
    """Give a sheet as a document, a draft if it is not released."""
    with override(LANGUAGE):
        return Document(
            title=sheet.headline,
            blocks=list(_blocks(sheet)),
            kind=_("Medieninformation"),
            organisation=ORGANISATION,
            date=localtime(sheet.released_at or sheet.created_at).date(),
            number=sheet.number,
            language=LANGUAGE,
            funded=sheet.funded,
            example=sheet.example,
            draft=not sheet.released,
        )


def _blocks(sheet: PressSheet) -> Iterator[Block]:
    figures = list(sheet.figures.all())
    if sheet.embargo_until is not None:
        yield Note(embargo_line(sheet))
    first, *rest = paragraphs(sheet.text) or [Paragraph("")]
    yield Paragraph(first.text, lead=True)
    yield from rest
    for quote in sheet.quotes.all():
        yield Quote(f"„{quote.text}“", _speaker(quote))
    yield Heading(_("Die Zahlen"))
    yield _table(sheet, figures)
    yield from _pictures(figures)
    yield Heading(_("So wird gezählt"))
    yield Listing([f"{figure.name}: {figure.definition}" for figure in figures])
    if background := paragraphs(sheet.background):
        yield Heading(_("Hintergrund"))
        yield from background
    if contact := [Paragraph(line) for line in sheet.contact.splitlines() if line.strip()]:
        yield Heading(_("Kontakt für Rückfragen"))
        yield from contact


def embargo_line(sheet: PressSheet) -> str:
    """Say until when a sheet must not be published."""
    return _("Sperrfrist: %(time)s Uhr") % {"time": date_format(localtime(sheet.embargo_until), "j. F Y, H:i")}


def _speaker(quote: PressQuote) -> str:
    state = "" if quote.released_at else _(" (wartet auf Freigabe)")
    return f"{quote.speaker}, {quote.function}{state}" if quote.function else f"{quote.speaker}{state}"


def _table(sheet: PressSheet, figures: list[PressFigure]) -> Table:
    days = [date_format(day, "d.m.Y") for day in (sheet.start, sheet.day)]
    rows = [(_named(figure), str(figure.earlier), str(figure.estimate), signed(change(figure))) for figure in figures]
    return Table(_("Kennzahlen am %(day)s und am %(start)s") % {"start": days[0], "day": days[1]}, (_("Kennzahl"), *days, _("Veränderung")), rows, _RIGHT)


_RIGHT = frozenset({1, 2, 3})


def _named(figure: PressFigure) -> str:
    return f"{figure.name} ({figure.note})" if figure.note else figure.name


def signed(estimate: Estimate | None) -> str:
    """Show what was added with its sign; a share changes by percentage points.

    >>> signed(Estimate(24)), signed(Estimate(-1)), signed(Estimate(0)), signed(None)
    ('+ 24', '− 1', '± 0', '–')
    """
    if estimate is None or estimate.value is None:
        return "–"
    sign = "+" if estimate.value > 0 else "−" if estimate.value < 0 else "±"
    size = abs(estimate.value)
    if estimate.unit == "share":
        points = round(100 * size, 1)
        return _("%(sign)s %(points)s Prozentpunkte") % {"sign": sign, "points": Estimate(int(points) if points == int(points) else points)}
    return f"{sign} {Estimate(size, estimate.unit)}"


def _pictures(figures: list[PressFigure]) -> Iterator[Block]:
    drawn = [(figure, drawing) for figure in figures if (drawing := chart_of(figure)) is not None]
    if drawn:
        yield Heading(_("Entwicklung"))
    for figure, drawing in drawn:
        yield Picture(drawing.svg, drawing.alternative, figure.name)


def chart_of(figure: PressFigure) -> Drawing | None:
    """Draw the course of a figure: years and conferences as bars, everything else as a line; nothing where there is no course to see."""
    if figure.kind == FigureKind.PERIOD:
        categories = [(name, value) for name, value in _categories(figure) if _known(value)]
        return bar_chart(figure.name, categories) if categories else None
    known = [(day, value) for day, value in figure.moments if _known(value)]
    return step_chart(figure.name, known) if len(known) > 1 else None


def _categories(figure: PressFigure) -> Iterator[tuple[str, Estimate]]:
    if figure.occasions:
        yield from ((name or _("Fachtag (nicht öffentlich)"), value) for name, value in figure.occasions)
    else:
        yield from ((_("Jahr %(year)s") % {"year": day.year}, value) for day, value in figure.moments)


def _known(value: Estimate) -> bool:
    return value.value is not None and value.quality is not Quality.NOT_SHOWN
