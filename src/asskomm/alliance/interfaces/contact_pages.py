# SPDX-License-Identifier: EUPL-1.2
"""Who is not in the alliance yet, and when the state council speaks with a municipality next; for the state council only."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.alliance.domain.contacts import ContactError, ContactPlan, plan_contact
from asskomm.alliance.domain.queries.contacts import not_yet_in
from asskomm.alliance.interfaces.contact_sheet import contact_sheet
from asskomm.alliance.models import NextContact, Rhythm
from asskomm.core.api.throttles import costly
from asskomm.core.clock import clock
from asskomm.core.exports import export, formats_for
from asskomm.core.ui.day_field import DayField
from asskomm.core.ui.days import ParameterError
from asskomm.core.ui.form_page import form_page
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.ui.watching import WatchingForm, in_turn
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.territory.models import District, Municipality, MunicipalityQuerySet


class DistrictForm(forms.Form):
    """Which district."""

    all_optional = True
    kreis = forms.ModelChoiceField(label=gettext_lazy("Landkreis"), required=False, queryset=District.objects.all(), empty_label=gettext_lazy("alle"))


class ContactForm(WatchingForm):
    """When, what, how often."""

    day = DayField(label=gettext_lazy("Nächster Kontakt"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Notiz"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Was besprochen ist und was als Nächstes kommt; keine Namen. Zwei Jahre nach der letzten Änderung geht die Notiz von selbst."),
    )
    rhythm = forms.TypedChoiceField(label=gettext_lazy("Austausch"), choices=Rhythm.choices, coerce=lambda value: Rhythm(int(value)), initial=Rhythm.YEAR)


@login_required
def not_in_yet(request: ReaderRequest) -> HttpResponse:
    """List the municipalities without an agreement, those whose contact is overdue first."""
    form, rows = _chosen(request)
    context = {"form": form, "page": page_of_rows(request, rows), "today": clock.today(), "formats": formats_for(areas=False)}
    return render(request, "alliance/not_in_yet.html", context)


@login_required
@costly
def export_not_in_yet(request: ReaderRequest, ending: str) -> HttpResponse:
    """Give the same as a file."""
    _form, rows = _chosen(request)
    if ending not in formats_for(areas=False):
        raise Http404
    return export(contact_sheet(rows), ending, f"noch-nicht-dabei-{clock.today().isoformat()}")


def _chosen(request: ReaderRequest) -> tuple[DistrictForm, MunicipalityQuerySet]:
    if not allowed("alliance.plan_contacts", request.principal):
        raise PermissionDenied
    form = DistrictForm(request.GET)
    if not form.is_valid():
        raise ParameterError(" ".join(str(error) for errors in form.errors.values() for error in errors))
    district = form.cleaned_data["kreis"]
    return form, not_yet_in(request.principal, clock.today(), district.pk if district else "")


@login_required
@in_turn(Municipality, "ags")
def contact(request: ReaderRequest, ags: str) -> HttpResponse:
    """Say when the state council speaks with a municipality next."""
    if not allowed("alliance.plan_contacts", request.principal):
        raise PermissionDenied
    place = get_object_or_404(Municipality, pk=ags)
    form = ContactForm(request.POST or None, initial=_present(place))
    if request.method == "POST" and form.is_valid() and _planned(form, place, request):
        messages.success(request, _("Der nächste Kontakt ist eingetragen."))
        return redirect(place)
    lead = _("Das sieht nur der Landespräventionsrat; wie oft Sie sich austauschen wollen, sieht auch die Kommune.")
    return form_page(request, form, title=_("Nächster Kontakt"), belongs_to=place.name, back=place.get_absolute_url(), lead=lead)


def _present(place: Municipality) -> dict[str, Any]:
    plan = NextContact.objects.filter(municipality=place).first()
    return {"day": plan.day, "note": plan.note, "rhythm": plan.rhythm} if plan else {}


def _planned(form: ContactForm, place: Municipality, request: ReaderRequest) -> bool:
    try:
        plan_contact(place, ContactPlan(**form.cleaned_data), by=request.principal)
    except ContactError as fault:
        form.add_error("day", str(fault))
        return False
    return True
