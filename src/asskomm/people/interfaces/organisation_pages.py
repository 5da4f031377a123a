# SPDX-License-Identifier: EUPL-1.2
"""The page on which an organisation is added."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.ui.form_page import form_page
from asskomm.core.visibility import Principal, ReaderRequest, allowed
from asskomm.people.domain.organisations import OrganisationError, add_organisation
from asskomm.people.domain.queries.duplicates import similar_organisations
from asskomm.people.enums import OF_PLACES, OrganisationKind
from asskomm.people.models import Organisation


class OrganisationForm(forms.Form):
    """Kind and name; where a similar one is there already, she is asked once."""

    kind = forms.ChoiceField(label=gettext_lazy("Art"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)

    def __init__(self, principal: Principal, *given: Any) -> None:
        """Offer the kinds of which she may add one."""
        super().__init__(*given)
        kinds = [kind for kind in OrganisationKind if kind not in OF_PLACES and allowed("people.add_organisation", principal, Organisation(kind=kind))]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.similar: list[Organisation] = []

    def clean(self) -> dict[str, Any]:
        """Ask once where one of a similar name is there."""
        data = super().clean() or {}
        self.similar = similar_organisations(data.get("name", ""), data.get("kind", ""))
        if self.similar and "anyway" not in self.data:
            self.fields["anyway"] = forms.BooleanField(label=_("Es ist eine andere. Trotzdem anlegen"), required=False)
            names = ", ".join(f"„{body.name}“" for body in self.similar)
            self.add_error("name", _("Meinen Sie %(names)s? Dann gibt es sie schon.") % {"names": names})
        return data


@login_required
def add(request: ReaderRequest) -> HttpResponse:
    """Add an organisation that follows from no register."""
    form = OrganisationForm(request.principal, *([request.POST] if request.method == "POST" else []))
    if not form.fields["kind"].choices:  # type: ignore[attr-defined]
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            body = add_organisation(OrganisationKind(form.cleaned_data["kind"]), form.cleaned_data["name"], by=request.principal)
        except OrganisationError as fault:
            form.add_error("name", str(fault))
        else:
            messages.success(request, _("„%(name)s“ ist angelegt.") % {"name": body.name})
            return redirect(body)
    back, lead = reverse("people:organisations"), _("Vereine, Schulen, Dienststellen. Kommunen und Landkreise sind schon da.")
    return form_page(request, form, title=_("Organisation anlegen"), belongs_to=_("Organisationen"), back=back, lead=lead, button=_("Anlegen"))
