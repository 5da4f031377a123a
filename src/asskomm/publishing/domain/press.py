# SPDX-License-Identifier: EUPL-1.2
"""Verbs: draft a press sheet, change it, have its quotes released, release it; after that nothing of it changes."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.installation.domain import is_example
from asskomm.core.jobs.domain import orders
from asskomm.core.search.domain.index import reindex
from asskomm.core.visibility import Principal, require
from asskomm.publishing.domain.press_figures import measure
from asskomm.publishing.domain.press_text import BACKGROUND, compose_contact, compose_headline, compose_text
from asskomm.publishing.models import PressFigure, PressQuote, PressSheet, PressYear
from asskomm.publishing.tasks import INDEX

RULE = "publishing.write_press"
_TRAIL = "press"


class PressError(ValueError):
    """Something that cannot be done with a press sheet; the message is a sentence."""


def draft_sheet(start: dt.date, day: dt.date, *, documented: bool = False, by: Principal) -> PressSheet:
    """Draft a sheet for the figures of a day, with a text to begin with.

    Raises
    ------
        PressError: the period does not begin before the day, or the day lies ahead.
        PermissionDenied: the reader's function does not allow it.
    """
    require(RULE, by)
    if not start < day <= clock.today():
        raise PressError(_("Der Zeitraum muss vor dem Stichtag beginnen, und der Stichtag darf nicht in der Zukunft liegen."))
    sheet = PressSheet(start=start, day=day, documented=documented, created_at=clock.now(), created_by_id=by.account)
    figures, made_up = measure(sheet)
    sheet.headline, sheet.text = compose_headline(day), compose_text(sheet, figures)
    sheet.background, sheet.contact = BACKGROUND, compose_contact(settings.CONTACT)
    sheet.example = made_up or is_example()
    with transaction.atomic():
        sheet.save()
        _keep(sheet, figures)
        record(_TRAIL, [sheet], Action.CREATED, by=by)
    return sheet


def edit_sheet(
    sheet: PressSheet,
    *,
    headline: str,
    text: str,
    embargo_until: dt.datetime | None,
    funded: bool,
    background: str | None = None,
    contact: str | None = None,
    by: Principal,
) -> PressSheet:
    """Change words and embargo of a sheet; background and contact stay where they are not given.

    Raises
    ------
        PressError: it is released.
        PermissionDenied: as `draft_sheet`.
    """
    with transaction.atomic():
        row = _open(sheet, by)
        row.headline, row.text, row.embargo_until, row.funded = headline, text, embargo_until, funded
        row.background = row.background if background is None else background
        row.contact = row.contact if contact is None else contact
        row.save(update_fields=["headline", "text", "embargo_until", "funded", "background", "contact"])
        record(_TRAIL, [row], Action.CHANGED, by=by)
    return row


def refresh_figures(sheet: PressSheet, *, by: Principal) -> PressSheet:
    """Measure the figures anew; a text that nobody has changed is composed anew too.

    Raises
    ------
        PressError, PermissionDenied: as `edit_sheet`.
    """
    figures, made_up = measure(sheet)
    with transaction.atomic():
        row = _open(sheet, by)
        if row.text == compose_text(row, row.figures.all()):
            row.text = compose_text(row, figures)
        row.example = made_up or is_example()
        row.save(update_fields=["text", "example"])
        row.figures.all().delete()
        _keep(row, figures)
        record(_TRAIL, [row], Action.CHANGED, by=by)
    return row


def add_quote(sheet: PressSheet, *, speaker: str, function: str, text: str, by: Principal) -> PressQuote:
    """Add a quote, which waits for its release.

    Raises
    ------
        PressError, PermissionDenied: as `edit_sheet`.
    """
    with transaction.atomic():
        row = _open(sheet, by)
        quote = row.quotes.create(speaker=speaker, function=function, text=text)
        record(_TRAIL, [row], Action.CHANGED, by=by)
    return quote


def edit_quote(quote: PressQuote, *, speaker: str, function: str, text: str, by: Principal) -> PressQuote:
    """Change a quote; what was released waits again, because nobody has released these words.

    Raises
    ------
        PressError, PermissionDenied: as `edit_sheet`.
    """
    with transaction.atomic():
        row = _open(quote.sheet, by).quotes.select_for_update().get(pk=quote.pk)
        if (row.speaker, row.function, row.text) != (speaker, function, text):
            row.speaker, row.function, row.text = speaker, function, text
            row.released_at = row.released_by = None
            row.save()
            record(_TRAIL, [row.sheet], Action.CHANGED, by=by)
    return row


def release_quote(quote: PressQuote, *, by: Principal) -> PressQuote:
    """Note that the speaker has released her words, and who says so.

    Raises
    ------
        PressError, PermissionDenied: as `edit_sheet`.
    """
    with transaction.atomic():
        row = _open(quote.sheet, by).quotes.select_for_update().get(pk=quote.pk)
        row.released_at, row.released_by_id = clock.now(), by.account
        row.save(update_fields=["released_at", "released_by"])
        record(_TRAIL, [row.sheet], Action.CHANGED, by=by)
    return row


def remove_quote(quote: PressQuote, *, by: Principal) -> None:
    """Take a quote off the sheet.

    Raises
    ------
        PressError, PermissionDenied: as `edit_sheet`.
    """
    with transaction.atomic():
        row = _open(quote.sheet, by)
        row.quotes.filter(pk=quote.pk).delete()
        record(_TRAIL, [row], Action.CHANGED, by=by)


def release_sheet(sheet: PressSheet, *, by: Principal) -> PressSheet:
    """Release a sheet under the next number of the year; after its embargo everybody sees it.

    Raises
    ------
        PressError: it is released already, a quote waits, or a figure has changed since it was drafted.
        PermissionDenied: as `draft_sheet`.
    """
    now, _made_up = measure(sheet)  # before the transaction, which others wait for
    with transaction.atomic():
        row = _open(sheet, by)
        _refuse_waiting(row)
        _refuse_changed(row, now)
        row.released_at, row.released_by_id = clock.now(), by.account
        row.year = clock.today().year
        row.serial = _next_serial(row.year)
        row.save(update_fields=["released_at", "released_by", "year", "serial"])
        _let_be_found(row, by)
        record(_TRAIL, [row], Action.RELEASED, by=by)
    return row


def _let_be_found(sheet: PressSheet, by: Principal) -> None:
    """Put a sheet into the search, while an embargo runs only when it is over: until then not even the index knows a word of it."""
    if sheet.embargoed:
        orders.order(INDEX.key, {"sheet": sheet.reference}, by=by, title=sheet.headline, not_before=sheet.embargo_until)
    else:
        reindex(_TRAIL, [sheet.reference])


def _open(sheet: PressSheet, by: Principal) -> PressSheet:
    """Lock a sheet that may still change."""
    require(RULE, by, sheet)
    row = PressSheet.objects.select_for_update().get(pk=sheet.pk)
    if row.released:
        raise PressError(_("Diese Medieninformation ist freigegeben und ändert sich nicht mehr."))
    return row


def _refuse_waiting(sheet: PressSheet) -> None:
    waiting = sheet.quotes.filter(released_at__isnull=True).first()
    if waiting is not None:
        raise PressError(_("Das Zitat von %(speaker)s wartet noch auf Freigabe.") % {"speaker": waiting.speaker})


def _refuse_changed(sheet: PressSheet, now: Sequence[PressFigure]) -> None:
    if [_content(figure) for figure in now] != [_content(figure) for figure in sheet.figures.all()]:
        raise PressError(_("Seit dem Entwurf haben sich Zahlen geändert. Holen Sie die Zahlen neu und prüfen Sie den Text."))


def _content(figure: PressFigure) -> tuple[object, ...]:
    course = [[day, value["value"], *name] for day, value, *name in figure.course]
    return figure.key, figure.value["value"], figure.before["value"], course, sorted(figure.events)


def _next_serial(year: int) -> int:
    PressYear.objects.get_or_create(year=year)
    row = PressYear.objects.select_for_update().get(year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def _keep(sheet: PressSheet, figures: Sequence[PressFigure]) -> None:
    for figure in figures:
        figure.sheet = sheet
    PressFigure.objects.bulk_create(figures)
