# SPDX-License-Identifier: EUPL-1.2
"""Pages of a gathering that takes place again and again: choose the days, and take all of them along."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from asskomm.core.calendar.ics import answer_with
from asskomm.core.clock import BERLIN
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain.gatherings import GatheringError
from asskomm.events.domain.queries.dates import date_of
from asskomm.events.domain.repeating import MOST, days_ahead, repeat
from asskomm.events.enums import Rhythm
from asskomm.events.interfaces.finding import organised_gathering, visible_gathering
from asskomm.events.models import Gathering

_USUAL = 6


class RhythmForm(forms.Form):
    """How often, and how many times more."""

    rhythm = forms.ChoiceField(label=gettext_lazy("Wie oft?"), choices=Rhythm, initial=Rhythm.MONTHLY)
    number = forms.IntegerField(label=gettext_lazy("Wie viele weitere Termine?"), min_value=1, max_value=MOST, initial=_USUAL)


class DaysForm(forms.Form):
    """Which of the days."""

    days = forms.TypedMultipleChoiceField(label=gettext_lazy("Termine"), widget=forms.CheckboxSelectMultiple, required=True)

    def __init__(self, gathering: Gathering, rhythm: RhythmForm, *args: object, **kwargs: object) -> None:
        """Offer the next days, all of them chosen."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        begin = gathering.starts_at.astimezone(BERLIN).date()
        self.offered = {day.isoformat(): day for day in days_ahead(begin, rhythm.cleaned_data["rhythm"], rhythm.cleaned_data["number"])}
        field = self.fields["days"]
        field.choices = [(key, date_format(day, "l, d.m.Y")) for key, day in self.offered.items()]  # type: ignore[attr-defined]
        field.initial = list(self.offered)


@login_required
def again(request: ReaderRequest, reference: str) -> HttpResponse:
    """Offer the next days of a rhythm, and invite to those that stay chosen."""
    found = organised_gathering(request, reference)
    rhythm = RhythmForm(request.GET if "rhythm" in request.GET else None)
    days = DaysForm(found, rhythm, request.POST if request.method == "POST" else None) if rhythm.is_valid() else None
    if days is not None and request.method == "POST" and days.is_valid():
        try:
            made = repeat(found, [days.offered[key] for key in days.cleaned_data["days"]], by=request.principal)
        except GatheringError as fault:
            days.add_error(None, str(fault))
        else:
            messages.success(request, ngettext("%(number)d Termin ist angelegt.", "%(number)d Termine sind angelegt.", len(made)) % {"number": len(made)})
            return redirect(found)
    context = {"gathering": found, "rhythm": rhythm, "days": days}
    return render(request, "events/repeat.html", context, status=422 if rhythm.errors or (days is not None and days.errors) else 200)


@require_safe
def series_calendar(request: ReaderRequest, reference: str) -> HttpResponse:
    """Give all dates of a series that the reader sees for a calendar."""
    found = visible_gathering(request, reference)
    rows = Gathering.objects.visible_to(request.principal).filter(series=found.series) if found.series else Gathering.objects.filter(pk=found.pk)
    return answer_with([date_of(row) for row in rows.order_by("starts_at", "pk")], found.title, _("reihe"))
