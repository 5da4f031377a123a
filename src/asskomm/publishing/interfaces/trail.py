# SPDX-License-Identifier: EUPL-1.2
"""The history of press sheets, for those who write them: it holds words that were never released."""

from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from asskomm.core.audit import Field, State, Subject, Trail
from asskomm.core.clock.clock import BERLIN
from asskomm.core.visibility import Principal, allowed
from asskomm.publishing.models import PressQuote, PressSheet


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
        "embargo": Field(_("Sperrfrist")),
        "quotes": Field(_("Zitate")),
        "figures": Field(_("Kennzahlen")),
    },
    states=states,
    find=find,
)
