# SPDX-License-Identifier: EUPL-1.2
"""Invite a region: choose districts and sizes, see how many that reaches, and send."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.visibility import Principal, ReaderRequest
from asskomm.events.domain.gatherings import GatheringError
from asskomm.events.domain.regional import Region, districts_for, invite_region, recipients_of
from asskomm.events.interfaces.finding import organised_gathering
from asskomm.territory.enums import SizeClass

_SIZES = [(bound.value, bound.label) for bound in SizeClass if bound is not SizeClass.UNKNOWN]


class RegionForm(forms.Form):
    """Districts and sizes; what is left open means all."""

    districts = forms.MultipleChoiceField(label=gettext_lazy("Landkreise"), required=False, widget=forms.CheckboxSelectMultiple)
    sizes = forms.TypedMultipleChoiceField(label=gettext_lazy("Einwohner"), required=False, coerce=int, choices=_SIZES, widget=forms.CheckboxSelectMultiple)

    def __init__(self, principal: Principal, *args: object, **kwargs: object) -> None:
        """Offer the districts to which she may write."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["districts"].choices = [(district.pk, district.name) for district in districts_for(principal)]  # type: ignore[attr-defined]

    @property
    def region(self) -> Region:
        """What was chosen."""
        return Region(self.cleaned_data["districts"], self.cleaned_data["sizes"])


@login_required
def region(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show how many a choice reaches; a button of its own sends, once."""
    found = organised_gathering(request, reference)
    chosen = request.POST if request.method == "POST" else request.GET if "zeigen" in request.GET else None
    form = RegionForm(request.principal, chosen)
    recipients = recipients_of(form.region, request.principal) if form.is_bound and form.is_valid() else None
    if request.method == "POST" and recipients is not None:
        try:
            invite_region(found, form.region, by=request.principal)
        except GatheringError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Die Einladungen gehen in den nächsten Minuten hinaus."))
            return redirect(found)
    context = {"gathering": found, "form": form, "recipients": recipients}
    return render(request, "events/region.html", context, status=422 if form.errors else 200)
