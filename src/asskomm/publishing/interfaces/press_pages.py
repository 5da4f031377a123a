# SPDX-License-Identifier: EUPL-1.2
"""Pages of press sheets: list, one, its evidence, drafting, words, quotes, release, files."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from asskomm.alliance.domain.queries.readable import readable
from asskomm.alliance.models import Event, EventQuerySet
from asskomm.core.api.throttles import costly
from asskomm.core.documents import FORMATS, as_download
from asskomm.core.estimates import Estimate
from asskomm.core.ui.form_page import form_page
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest, allowed, require
from asskomm.people.interfaces.stepping_up import confirmed
from asskomm.publishing.documents.press import chart_of, embargo_line, press_document, signed
from asskomm.publishing.domain import press as verbs
from asskomm.publishing.domain.press_figures import change, differences, row_differences
from asskomm.publishing.interfaces.press_forms import PeriodForm, QuoteForm, WordsForm
from asskomm.publishing.models import PressQuote, PressSheet


def press(request: ReaderRequest) -> HttpResponse:
    """List the sheets that the reader may see, newest first."""
    rows = PressSheet.objects.visible_to(request.principal)
    context = {"page": page_of_rows(request, rows), "may_write": allowed(verbs.RULE, request.principal)}
    return render(request, "publishing/press.html", context)


def _visible(request: ReaderRequest, reference: str) -> PressSheet:
    return get_object_or_404(PressSheet.objects.visible_to(request.principal), reference=reference)


def sheet(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show one sheet; what later corrections changed stands beside the frozen value."""
    shown = _visible(request, reference)
    figures = list(shown.figures.all())
    may_write = allowed(verbs.RULE, request.principal)
    context = {
        "sheet": shown,
        "figures": [(figure, signed(change(figure))) for figure in figures],
        "charts": [(figure, drawing) for figure in figures if (drawing := chart_of(figure)) is not None],
        "differences": differences(shown) if shown.released else [],
        "rows": _came_and_went(shown, request) if shown.released else [],
        "embargo": embargo_line(shown) if shown.embargo_until else "",
        "quotes": shown.quotes.select_related("released_by__person"),
        "formats": FORMATS.items(),
        "may_write": may_write,
        "may_change": may_write and not shown.released,
    }
    return render(request, "publishing/press_sheet.html", context)


def evidence(request: ReaderRequest, reference: str, key: str) -> HttpResponse:
    """Show the events that were counted for a figure, as far as the reader may see them today."""
    shown = _visible(request, reference)
    figure = get_object_or_404(shown.figures, key=key)
    rows = _readable(figure.events, request)
    hidden = len(figure.events) - rows.count()
    context = {"sheet": shown, "figure": figure, "page": page_of_rows(request, rows), "hidden": Estimate(hidden) if hidden else None}
    return render(request, "publishing/press_figure.html", context)


def _readable(references: Sequence[str], request: ReaderRequest) -> EventQuerySet:
    """Give the newest versions of events, as far as the reader may see them."""
    newest = dict(Event.objects.filter(reference__in=references).order_by("version").values_list("reference", "pk"))
    return Event.objects.filter(pk__in=readable(newest.values(), request.principal)).for_reading()


def _came_and_went(shown: PressSheet, request: ReaderRequest) -> list[dict[str, Any]]:
    """Say in rows what is counted otherwise today; what the reader may not see is a number."""
    found = row_differences(shown)
    seen = {event.reference: event for event in _readable([key for row in found for key in (*row.came, *row.gone)], request)}
    return [{"figure": row.figure, "came": _side(row.came, seen), "gone": _side(row.gone, seen)} for row in found]


def _side(references: Sequence[str], seen: Mapping[str, Event]) -> dict[str, Any]:
    hidden = sum(key not in seen for key in references)
    return {"events": [seen[key] for key in references if key in seen], "hidden": Estimate(hidden) if hidden else None}


@costly
def download(request: ReaderRequest, reference: str, ending: str) -> HttpResponse:
    """Give the sheet as a file."""
    shown = _visible(request, reference)
    if ending not in FORMATS:
        raise Http404
    return as_download(press_document(shown), ending, f"medieninformation-{shown.number or 'entwurf'}")


@login_required
def new(request: ReaderRequest) -> HttpResponse:
    """Draft a sheet."""
    require(verbs.RULE, request.principal)
    form = PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (drafted := _tried(form, lambda: verbs.draft_sheet(**form.cleaned_data, by=request.principal))):
        messages.success(request, _("Der Entwurf ist angelegt. Prüfen Sie Text und Zahlen."))
        return redirect(drafted)
    return _form_page(request, form, _("Medieninformation entwerfen"), None)


@login_required
@in_turn(PressSheet, "reference")
def edit(request: ReaderRequest, reference: str) -> HttpResponse:
    """Change the words of a sheet."""
    before = _writable(request, reference)
    form = WordsForm(request.POST or None, initial={name: getattr(before, name) for name in WordsForm.base_fields if name != "seen"})
    if request.method == "POST" and form.is_valid() and _tried(form, lambda: verbs.edit_sheet(before, **form.cleaned_data, by=request.principal)):
        messages.success(request, _("Die Änderung ist gespeichert."))
        return redirect(before)
    return _form_page(request, form, _("Medieninformation ändern"), before)


@login_required
@in_turn(PressSheet, "reference")
def quote(request: ReaderRequest, reference: str, pk: int | None = None) -> HttpResponse:
    """Add a quote, or change one."""
    before = _writable(request, reference)
    old = get_object_or_404(before.quotes, pk=pk) if pk else None
    form = QuoteForm(request.POST or None, initial={name: getattr(old, name) for name in QuoteForm.base_fields if name != "seen"} if old else {})
    if request.method == "POST" and form.is_valid() and _tried(form, lambda: _said(before, old, form.cleaned_data, request)):
        messages.success(request, _("Das Zitat ist gespeichert und wartet auf Freigabe."))
        return redirect(before)
    return _form_page(request, form, _("Zitat"), before)


def _said(sheet: PressSheet, old: PressQuote | None, words: dict[str, Any], request: ReaderRequest) -> PressQuote:
    return verbs.edit_quote(old, **words, by=request.principal) if old else verbs.add_quote(sheet, **words, by=request.principal)


def _tried(form: "PeriodForm | WordsForm | QuoteForm", verb: Callable[[], Any]) -> Any:
    """Give what the verb returns; put its refusal into the form."""
    try:
        return verb()
    except verbs.PressError as fault:
        form.add_error(None, str(fault))
        return None


def _form_page(request: ReaderRequest, form: "PeriodForm | WordsForm | QuoteForm", title: str, sheet: PressSheet | None) -> HttpResponse:
    context = {"form": form, "title": title, "sheet": sheet}
    return render(request, "publishing/press_form.html", context, status=422 if form.errors else 200)


def _writable(request: ReaderRequest, reference: str) -> PressSheet:
    found = _visible(request, reference)
    if not allowed(verbs.RULE, request.principal) or found.released:
        raise PermissionDenied
    return found


@require_POST
@login_required
def refresh(request: ReaderRequest, reference: str) -> HttpResponse:
    """Measure the figures anew."""
    return _done(request, reference, lambda sheet: verbs.refresh_figures(sheet, by=request.principal), _("Die Zahlen sind von heute."))


@require_POST
@login_required
@confirmed
def release(request: ReaderRequest, reference: str) -> HttpResponse:
    """Release the sheet."""
    return _done(request, reference, lambda sheet: verbs.release_sheet(sheet, by=request.principal), _("Die Medieninformation ist freigegeben."))


@require_POST
@login_required
def release_quote(request: ReaderRequest, reference: str, pk: int) -> HttpResponse:
    """Note that a quote is released."""
    done = _("Die Freigabe ist vermerkt.")
    return _done(request, reference, lambda sheet: verbs.release_quote(get_object_or_404(sheet.quotes, pk=pk), by=request.principal), done)


@login_required
def remove_quote(request: ReaderRequest, reference: str, pk: int) -> HttpResponse:
    """Ask once, then take a quote off the sheet."""
    found = _visible(request, reference)
    row = get_object_or_404(found.quotes, pk=pk)
    if request.method == "POST":
        return _done(request, reference, lambda _sheet: verbs.remove_quote(row, by=request.principal), _("Das Zitat ist entfernt."))
    require("publishing.write_press", request.principal)
    lead = _("Das Zitat von %(name)s wird gelöscht, auch seine Freigabe.") % {"name": row.speaker}
    title, back = _("Zitat entfernen"), found.get_absolute_url()
    return form_page(request, forms.Form(), title=title, belongs_to=str(found), back=back, lead=lead, button=_("Entfernen"))


def _done(request: ReaderRequest, reference: str, verb: Callable[[PressSheet], object], text: str) -> HttpResponse:
    found = _visible(request, reference)
    try:
        verb(found)
        messages.success(request, text)
    except verbs.PressError as fault:
        messages.error(request, str(fault))
    return redirect(found)
