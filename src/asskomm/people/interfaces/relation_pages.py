# SPDX-License-Identifier: EUPL-1.2
"""Pages on which relations begin and end."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from asskomm.core.clock import Precision, Span, SpanError, clock
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.people.domain.relations import RelationError, end_relation, relate
from asskomm.people.enums import RelationKind
from asskomm.people.models import Organisation, Relation


class RelationForm(forms.Form):
    """How an organisation stands to which other, since when."""

    kind = forms.ChoiceField(label=gettext_lazy("Beziehung"), choices=RelationKind.choices)
    target = forms.ModelChoiceField(
        label=gettext_lazy("Zu welcher Organisation?"), queryset=Organisation.objects.all(), empty_label=gettext_lazy("bitte wählen")
    )
    start = forms.CharField(
        label=gettext_lazy("Seit"), required=False, max_length=20, help_text=gettext_lazy("Tag, zum Beispiel 14.09.2023; leer, wenn nicht bekannt")
    )

    def clean_start(self) -> Any:
        """Read the day."""
        text = self.cleaned_data["start"]
        if not text:
            return None
        try:
            span = Span.parse(text)
            span.refuse_outside(clock.today())
        except SpanError as fault:
            raise forms.ValidationError(str(fault)) from None
        if span.precision is not Precision.DAY:
            raise forms.ValidationError(_("„%(value)s“ ist kein Tag. Schreiben Sie zum Beispiel 14.09.2023.") % {"value": text})
        return span.first


@login_required
def add(request: ReaderRequest, pk: int) -> HttpResponse:
    """Let a relation of an organisation begin."""
    body = get_object_or_404(Organisation, pk=pk)
    if not allowed("people.relate", request.principal, body):
        raise PermissionDenied
    form = RelationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _begun(form, body, request):
        messages.success(request, _("Die Beziehung ist eingetragen."))
        return redirect(body)
    return render(request, "people/relate.html", {"form": form, "body": body}, status=422 if form.errors else 200)


def _begun(form: RelationForm, body: Organisation, request: ReaderRequest) -> bool:
    data = form.cleaned_data
    try:
        relate(body, RelationKind(data["kind"]), data["target"], start=data["start"], by=request.principal)
    except RelationError as fault:
        form.add_error(None, str(fault))
        return False
    return True


@require_POST
@login_required
def end(request: ReaderRequest, pk: int) -> HttpResponse:
    """Let a relation end today."""
    relation = get_object_or_404(Relation.objects.select_related("subject"), pk=pk)
    try:
        end_relation(relation, last_day=clock.today(), by=request.principal)
        messages.success(request, _("Die Beziehung endet heute."))
    except RelationError as fault:
        messages.error(request, str(fault))
    return redirect(relation.subject)
