# SPDX-License-Identifier: EUPL-1.2
"""Where badges are printed on the day: who has none yet, as it stands every few seconds, and one button."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from asskomm.core.estimates import Estimate
from asskomm.core.visibility import ReaderRequest
from asskomm.events.documents.badges import badge_formats, badges
from asskomm.events.domain.badge_printing import take_badges, want_badge_again
from asskomm.events.domain.queries.arriving import found_at
from asskomm.events.interfaces.finding import organised_gathering
from asskomm.events.interfaces.paper_pages import pdf_answer

_SHOWN, _MOST_ON_SHEET = 50, 10


class PrintForm(forms.Form):
    """On what is printed."""

    on = forms.ChoiceField(label=gettext_lazy("Bogen"))
    used = forms.IntegerField(
        label=gettext_lazy("Schon verbrauchte Felder auf dem ersten Bogen"), required=False, min_value=0, max_value=_MOST_ON_SHEET - 1, initial=0
    )

    def __init__(self, *args: object) -> None:
        """Know the formats."""
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["on"].choices = [(on.key, on.name) for on in badge_formats().values()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Leave at least one label of the sheet."""
        data = super().clean() or {}
        on = badge_formats().get(str(data.get("on")))
        if on is not None and (data.get("used") or 0) >= on.on_sheet:
            self.add_error("used", _("Auf diesem Bogen sind nur %(count)d Felder.") % {"count": on.on_sheet})
        return data


@never_cache
@login_required
def badge_queue(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show who has no badge yet, and print them; find somebody whose badge was lost."""
    found = organised_gathering(request, reference, "events.see_participants")
    form = PrintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rows = take_badges(found, by=request.principal)
        if rows:
            on = badge_formats()[form.cleaned_data["on"]]
            return pdf_answer(badges(found, rows, on, used=form.cleaned_data["used"] or 0), f"namensschilder-{found.reference}")
        messages.info(request, _("Alle haben schon ein Schild."))
        return redirect("events:badge_queue", found.reference)
    waiting, words = found.registrations.without_badge(), request.GET.get("q", "").strip()[:200]
    context = {
        "gathering": found,
        "form": form,
        "count": Estimate(waiting.count()),
        "waiting": waiting[:_SHOWN],
        "words": words,
        "found": [row for row in found_at(found, words) if row.badge_printed_at] if words else None,
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "events/badge_waiting.html" if part else "events/badge_queue.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def badge_again(request: ReaderRequest, reference: str) -> HttpResponse:
    """Print somebody's badge once more."""
    found = organised_gathering(request, reference, "events.see_participants")
    row = get_object_or_404(found.registrations.select_related("gathering"), reference=request.POST.get("key", ""))
    want_badge_again(row, by=request.principal)
    messages.success(request, _("Das Schild von %(name)s wird noch einmal gedruckt.") % {"name": row.name})
    return redirect("events:badge_queue", found.reference)
