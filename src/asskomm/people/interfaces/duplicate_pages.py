# SPDX-License-Identifier: EUPL-1.2
"""The page of what is probably entered twice, on which persons become one, and two again."""

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
from asskomm.core.merging.domain.merging import merge
from asskomm.core.merging.models import Merge
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.people.domain.different_persons import compare_again, keep_apart
from asskomm.people.domain.merging import PERSONS
from asskomm.people.domain.queries.doubled_persons import Why, doubled_persons
from asskomm.people.domain.queries.duplicates import doubled_organisations
from asskomm.people.interfaces.stepping_up import confirmed
from asskomm.people.models import DifferentPersons, Function, Person

_NEWEST = 20
_WORDS = {
    Why.SAME_NAME: gettext_lazy("Der Name ist gleich."),
    Why.SWAPPED: gettext_lazy("Vor- und Nachname sind vertauscht."),
    Why.LIKE_NAME: gettext_lazy("Der Name klingt ähnlich oder ist fast gleich geschrieben."),
    Why.REACHED_ALIKE: gettext_lazy("Ein Teil des Namens und Telefon oder Postfach sind gleich."),
}


class PairForm(forms.Form):
    """Who stays, and who goes."""

    kept = forms.ModelChoiceField(queryset=Person.objects.all())
    gone = forms.ModelChoiceField(queryset=Person.objects.all())


@login_required
def doubled(request: ReaderRequest) -> HttpResponse:
    """List what is probably entered twice, and what was merged of persons."""
    _refuse_others(request)
    pairs = doubled_persons()
    functions = _functions([person for pair in pairs for person in (pair.one, pair.other)])
    context = {
        "organisations": doubled_organisations(),
        "persons": [([(who, functions.get(who.pk, [])) for who in (pair.one, pair.other)], _WORDS[pair.why]) for pair in pairs],
        "merges": _merges(),
        "apart": DifferentPersons.objects.filter(one__merged_into=None, other__merged_into=None).select_related("one", "other")[:_NEWEST],
    }
    return render(request, "people/doubled.html", context)


def _functions(people: list[Person]) -> dict[int, list[Function]]:
    found: dict[int, list[Function]] = {}
    for function in Function.objects.filter(person__in=people).select_related("organisation"):
        found.setdefault(function.person_id, []).append(function)
    return found


def _merges() -> list[tuple[Merge, str]]:
    merges = list(Merge.objects.filter(kind=PERSONS, undone_at__isnull=True)[:_NEWEST])
    names = {person.pk: str(person) for person in Person.everybody.filter(pk__in=[merged.gone for merged in merges])}
    return [(merged, names[merged.gone]) for merged in merges]


@require_POST
@login_required
@confirmed
def merge_persons(request: ReaderRequest) -> HttpResponse:
    """Let two persons who are one become one."""
    _refuse_others(request)
    form = PairForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Diese Personen gibt es nicht mehr."))
        return redirect("people:doubled")
    kept, gone = form.cleaned_data["kept"], form.cleaned_data["gone"]
    try:
        merge(PERSONS, kept=kept.pk, gone=gone.pk, by=request.principal)
        messages.success(request, _("%(name)s steht jetzt einmal da. Unten können Sie das wieder trennen.") % {"name": kept})
    except MergeError as fault:
        messages.error(request, str(fault))
    return redirect("people:doubled")


@require_POST
@login_required
def apart(request: ReaderRequest) -> HttpResponse:
    """Let two persons be two, and ask no more."""
    _refuse_others(request)
    form = PairForm(request.POST)
    if not form.is_valid() or form.cleaned_data["kept"] == form.cleaned_data["gone"]:
        messages.error(request, _("Diese Personen gibt es nicht mehr."))
        return redirect("people:doubled")
    pair = keep_apart(form.cleaned_data["kept"], form.cleaned_data["gone"], by=request.principal)
    told = _("„%(one)s“ und „%(other)s“ sind zwei. Das steht jetzt unten und wird nicht mehr gefragt.")
    messages.success(request, told % {"one": pair.one, "other": pair.other})
    return redirect("people:doubled")


@require_POST
@login_required
def together_again(request: ReaderRequest, pk: int) -> HttpResponse:
    """Ask again whether two persons are one."""
    _refuse_others(request)
    compare_again(get_object_or_404(DifferentPersons, pk=pk), by=request.principal)
    return redirect("people:doubled")


def _refuse_others(request: ReaderRequest) -> None:
    if not allowed("people.merge", request.principal):
        raise PermissionDenied
