# SPDX-License-Identifier: EUPL-1.2
"""The history of press sheets, for those who write them: it holds words that were never released; and that of targets, for members."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from asskomm.core.audit import Field, State, Subject, Trail
from asskomm.core.audit.registry import as_day
from asskomm.core.clock.clock import BERLIN
from asskomm.core.figures import FIGURES
from asskomm.core.visibility import Principal, allowed
from asskomm.publishing.models import FigureTarget, PressQuote, PressSheet


def states(sheets: Sequence[PressSheet]) -> Iterator[State]:
    """Give words, quotes and values."""
    fresh = PressSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).prefetch_related("quotes", "figures")
    for sheet in fresh:
        yield State(sheet.reference, _values(sheet))


def _values(sheet: PressSheet) -> dict[str, str | list[str]]:
    embargo = sheet.embargo_until
    return {
        "number": sheet.number,
        "headline": sheet.headline,
        "text": sheet.text,
        "background": sheet.background,
        "contact": sheet.contact,
        "embargo": date_format(embargo.astimezone(BERLIN), "d.m.Y H:i") if embargo else "",
        "quotes": [_quote(quote) for quote in sheet.quotes.all()],
        "figures": [f"{figure.name}: {figure.estimate}" for figure in sheet.figures.all()],
    }


def _quote(quote: PressQuote) -> str:
    return f"{quote.speaker}, {quote.function}: „{quote.text}“" + ("" if quote.released_at else " (wartet auf Freigabe)")


def find(key: str, principal: Principal) -> Subject | None:
    """Give a sheet to those who write them."""
    sheet = PressSheet.objects.filter(reference=key).first() if allowed("publishing.write_press", principal) else None
    return Subject(sheet.headline, sheet.get_absolute_url()) if sheet else None


PRESS_TRAIL = Trail(
    name=_("Medieninformation"),
    fields={
        "number": Field(_("Nummer")),
        "headline": Field(_("Überschrift")),
        "text": Field(_("Text")),
        "background": Field(_("Hintergrund")),
        "contact": Field(_("Kontakt für Rückfragen")),
        "embargo": Field(_("Sperrfrist")),
        "quotes": Field(_("Zitate")),
        "figures": Field(_("Kennzahlen")),
    },
    states=states,
    find=find,
)


def targets(rows: Sequence[FigureTarget]) -> Iterator[State]:
    """Give figure, day and value."""
    for row in rows:
        yield State(str(row.pk), {"figure": str(FIGURES[row.figure].name), "day": row.day.isoformat(), "value": str(row.value), "note": row.note})


def find_target(key: str, principal: Principal) -> Subject | None:
    """Give a target to members."""
    row = FigureTarget.objects.filter(pk=int(key)).first() if key.isdecimal() and principal.is_member else None
    return Subject(str(FIGURES[row.figure].name), reverse("publishing:figure", args=[row.figure])) if row else None


TARGET_TRAIL = Trail(
    name=_("Ziel"),
    fields={"figure": Field(_("Kennzahl")), "day": Field(_("Bis"), as_day), "value": Field(_("Zielwert")), "note": Field(_("Woher das Ziel kommt"))},
    states=targets,
    find=find_target,
)
