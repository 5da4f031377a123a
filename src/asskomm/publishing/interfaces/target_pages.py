# SPDX-License-Identifier: EUPL-1.2
"""Pages on which targets are set and taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.figures import FIGURES
from asskomm.core.ui.day_field import DayField
from asskomm.core.ui.form_page import form_page
from asskomm.core.ui.watching import WatchingForm, in_turn
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.publishing.domain.targets import TargetError, drop_target, set_target
from asskomm.publishing.models import FigureTarget


class TargetForm(WatchingForm):
    """Which value by which day; where one stands there for that day already, she is told before it is replaced."""

    value = forms.DecimalField(label=gettext_lazy("Zielwert"), localize=True, help_text=gettext_lazy("Nur die Zahl, zum Beispiel 60"))
    day = DayField(label=gettext_lazy("Bis"))
    note = forms.CharField(
        label=gettext_lazy("Woher das Ziel kommt"), required=False, max_length=300, help_text=gettext_lazy("Zum Beispiel: Koalitionsvertrag, Beschluss vom …")
    )

    def __init__(self, figure: str, data: Any = None) -> None:
        """Note of which figure."""
        super().__init__(data)
        self._figure = figure

    def clean(self) -> dict[str, Any]:
        """Compare with what stands there for the day that was entered; the page itself shows none."""
        day = self.cleaned_data.get("day")
        target = FigureTarget.objects.filter(figure=self._figure, day=day).first() if day else None
        self.initial = {"value": target.value, "note": target.note} if target else {}
        return super().clean()

    def _what_stands_there(self) -> str:
        """Say which target there is."""
        value, note = self.initial["value"], self.initial["note"]
        shown = number_format(value if value % 1 else int(value), force_grouping=True) + (f" („{note}“)" if note else "")
        return _("Für diesen Tag steht schon ein Ziel da: %(target)s. Es wird ersetzt, wenn Sie noch einmal speichern.") % {"target": shown}


@login_required
@in_turn(FigureTarget, "figure", "key")
def add(request: ReaderRequest, key: str) -> HttpResponse:
    """Set a target of a figure."""
    if not allowed("publishing.set_targets", request.principal):
        raise PermissionDenied
    if key not in FIGURES:
        raise Http404
    form, back = TargetForm(key, request.POST or None), reverse("publishing:figure", args=[key])
    if request.method == "POST" and form.is_valid() and _set(form, key, request):
        messages.success(request, _("Das Ziel ist eingetragen."))
        return redirect(back)
    lead = _("Mitglieder der Allianz sehen das Ziel neben der Zahl, und was noch fehlt.")
    return form_page(request, form, title=_("Ziel eintragen"), belongs_to=str(FIGURES[key].name), back=back, lead=lead)


def _set(form: TargetForm, key: str, request: ReaderRequest) -> bool:
    try:
        set_target(key, **form.cleaned_data, by=request.principal)
    except TargetError as fault:
        form.add_error(None, str(fault))
        return False
    return True


@login_required
def drop(request: ReaderRequest, pk: int) -> HttpResponse:
    """Ask once, then take a target back."""
    if not allowed("publishing.set_targets", request.principal):
        raise PermissionDenied
    target = get_object_or_404(FigureTarget, pk=pk)
    back = reverse("publishing:figure", args=[target.figure])
    if request.method == "POST":
        drop_target(target, by=request.principal)
        messages.success(request, _("Das Ziel ist zurückgenommen."))
        return redirect(back)
    lead = _("Das Ziel bis %(day)s wird gelöscht. Im Verlauf bleibt stehen, dass es da war; ein neues lässt sich jederzeit setzen.") % {
        "day": date_format(target.day, "d.m.Y")
    }
    name = str(FIGURES[target.figure].name) if target.figure in FIGURES else target.figure  # of a version before
    return form_page(request, forms.Form(), title=_("Ziel zurücknehmen"), belongs_to=name, back=back, lead=lead, button=_("Zurücknehmen"))
