# SPDX-License-Identifier: EUPL-1.2
"""The numbers of a gathering that is over: to read for everybody who sees it, to take along, and to enter where they were counted by hand."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from asskomm.core.api.throttles import costly
from asskomm.core.clock import clock
from asskomm.core.exports import export, formats_for
from asskomm.core.ui.form_page import form_page
from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.events.domain.counting_by_hand import CountError, count_by_hand, may_be_counted_by_hand
from asskomm.events.enums import CountedBy
from asskomm.events.figures.asking import people_counted
from asskomm.events.interfaces.figure_forms import HandCountForm, initial_count
from asskomm.events.interfaces.figure_tables import question_about, sheet_of, tables_of, tiles_of
from asskomm.events.interfaces.finding import organised_gathering, visible_gathering
from asskomm.events.models import Gathering


@require_safe
def gathering_figures(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show how many came, and what the programme held."""
    found = _held(request, reference)
    question = question_about(found, request.principal)
    counted_by = people_counted(found, question).counted_by
    enters = allowed("events.change", request.principal, found) and may_be_counted_by_hand(found)
    context = {
        "gathering": found,
        "tiles": tiles_of(question),
        "tables": tables_of(found, question),
        "counted_by": counted_by,
        "uncounted": counted_by is CountedBy.NOBODY,
        "enters": enters,
        "formats": formats_for(areas=False),
    }
    return render(request, "events/gathering_figures.html", context)


@require_safe
@costly
def gathering_figures_file(request: ReaderRequest, reference: str, ending: str) -> HttpResponse:
    """Give the same as a file."""
    found = _held(request, reference)
    if ending not in formats_for(areas=False):
        raise Http404
    return export(sheet_of(found, question_about(found, request.principal)), ending, f"zahlen-{found.reference}")


@login_required
@in_turn(Gathering, "reference")
def enter_counts(request: ReaderRequest, reference: str) -> HttpResponse:
    """Enter what was counted by hand."""
    found = organised_gathering(request, reference)
    if not may_be_counted_by_hand(found):
        raise Http404
    form = HandCountForm(request.POST or None, initial=initial_count(found))
    back = reverse("events:gathering_figures", args=[found.reference])
    if request.method == "POST" and form.is_valid():
        try:
            count_by_hand(found, form.counted, by=request.principal)
        except CountError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Die Zahlen sind gespeichert."))
            return redirect(back)
    lead = _("Wie viele Menschen waren da, und für wen? Auf der Seite steht daneben „von Hand gezählt“. Was Sie nicht wissen, lassen Sie leer.")
    return form_page(request, form, title=_("Zahlen eintragen"), belongs_to=found.title, back=back, lead=lead)


def _held(request: ReaderRequest, reference: str) -> Gathering:
    """Give a gathering that the reader sees and that took place; before it is over there are no numbers."""
    found = visible_gathering(request, reference)
    if not found.was_held(clock.now()):
        raise Http404
    return found
