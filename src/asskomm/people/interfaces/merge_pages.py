# SPDX-License-Identifier: EUPL-1.2
"""Pages on which two organisations that are one become one, and two again."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from asskomm.core.merging import MergeError
from asskomm.core.merging.domain.merging import merge, part
from asskomm.core.merging.models import Merge
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.people.domain.merging import KIND, PERSONS, mergeable_kind
from asskomm.people.interfaces.stepping_up import confirmed
from asskomm.people.models import Organisation


class MergeForm(forms.Form):
    """Which other organisation is the same."""

    other = forms.ModelChoiceField(
        label=gettext_lazy("Welche Organisation ist dieselbe?"),
        queryset=Organisation.objects.none(),
        empty_label=gettext_lazy("bitte wählen"),
        help_text=gettext_lazy("Ihre Ereignisse, Personen und Beziehungen wandern hierher. Das lässt sich wieder trennen."),
    )

    def __init__(self, body: Organisation, *given: object) -> None:
        """Offer the organisations of the same kind."""
        super().__init__(*given)  # type: ignore[arg-type]  # the data of a request
        self.fields["other"].queryset = Organisation.objects.filter(kind=body.kind).exclude(pk=body.pk)  # type: ignore[attr-defined]


@login_required
@confirmed
def merge_organisation(request: ReaderRequest, pk: int) -> HttpResponse:
    """Let another organisation be this one."""
    body = get_object_or_404(Organisation, pk=pk)
    if not (allowed("people.merge", request.principal) and mergeable_kind(body.kind)):
        raise PermissionDenied
    form = MergeForm(body, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid() and _merged(form, body, request):
        messages.success(request, _("Die beiden sind jetzt eine Organisation."))
        return redirect(body)
    return render(request, "people/merge.html", {"form": form, "body": body}, status=422 if form.errors else 200)


def _merged(form: MergeForm, body: Organisation, request: ReaderRequest) -> bool:
    try:
        merge(KIND, kept=body.pk, gone=form.cleaned_data["other"].pk, by=request.principal)
    except MergeError as fault:
        form.add_error(None, str(fault))
        return False
    return True


@login_required
@require_POST
@confirmed
def part_again(request: ReaderRequest, pk: int) -> HttpResponse:
    """Let two organisations, or two persons, be two again."""
    if not allowed("people.merge", request.principal):
        raise PermissionDenied
    merged = get_object_or_404(Merge, pk=pk, kind__in=[KIND, PERSONS])
    try:
        part(merged, by=request.principal)
        messages.success(request, _("Die beiden sind wieder zwei."))
    except MergeError as fault:
        messages.error(request, str(fault))
    return redirect("people:organisation", merged.kept) if merged.kind == KIND else redirect("people:doubled")


def merges_into(body: Organisation) -> list[tuple[Merge, str]]:
    """Give what was merged into an organisation and can be parted again, with the former name."""
    merges = list(Merge.objects.filter(kind=KIND, kept=body.pk, undone_at__isnull=True))
    names = dict(Organisation.everything.filter(pk__in=[merged.gone for merged in merges]).values_list("pk", "name"))
    return [(merged, names[merged.gone]) for merged in merges]
