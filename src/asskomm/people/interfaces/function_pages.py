# SPDX-License-Identifier: EUPL-1.2
"""Pages on which somebody is appointed, a function gets its terms and its deputy, and ends."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from asskomm.core.ui.form_page import form_page
from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.people.domain.accounts import AppointmentError
from asskomm.people.domain.functions import change_function, end_function
from asskomm.people.domain.invitations import appoint_and_invite
from asskomm.people.enums import FunctionRole
from asskomm.people.interfaces.function_forms import AppointmentForm, EndForm, FunctionForm
from asskomm.people.interfaces.stepping_up import confirmation, confirmed
from asskomm.people.models import Function, Organisation


@login_required
def appoint(request: ReaderRequest, pk: int) -> HttpResponse:
    """Give somebody a function, and invite her."""
    body = get_object_or_404(Organisation, pk=pk)
    form = AppointmentForm(body, request.principal, *_posted(request))
    if not form.fields["role"].choices:  # type: ignore[attr-defined]
        raise PermissionDenied
    if _offers_wide_rights(form) and (asked := confirmation(request)):
        return asked
    if request.method == "POST" and form.is_valid() and _done(form, lambda: _appointed(form.cleaned_data, body, request)):
        messages.success(request, _("%(name)s ist eingetragen. Die Einladung geht in der nächsten Minute an die angegebene Adresse.") % _named(form))
        return redirect(body)
    lead = _("Rechte und Zugang folgen aus der Funktion, vom ersten bis zum letzten Tag.")
    return form_page(
        request, form, title=_("Person eintragen"), belongs_to=body.name, back=body.get_absolute_url(), lead=lead, button=_("Eintragen und einladen")
    )


def _offers_wide_rights(form: AppointmentForm) -> bool:
    """Whether somebody may become here who sees and changes everything."""
    offered = {role for role, _label in form.fields["role"].choices}  # type: ignore[attr-defined]
    return not offered.isdisjoint({FunctionRole.ADMINISTRATOR.value, FunctionRole.STATE_COUNCIL.value})


def _named(form: AppointmentForm) -> dict[str, str]:
    return {"name": f"{form.cleaned_data['given_name']} {form.cleaned_data['family_name']}"}


def _appointed(data: dict[str, Any], body: Organisation, request: ReaderRequest) -> None:
    appoint_and_invite(**{**data, "role": FunctionRole(data["role"])}, organisation=body, by=request.principal)


@login_required
@in_turn(Function, "pk")
def change(request: ReaderRequest, pk: int) -> HttpResponse:
    """Say on what terms a function is held, and who stands in."""
    function = _function(pk, request, "people.change_function")
    form = FunctionForm(function, *_posted(request))
    if request.method == "POST" and form.is_valid() and _done(form, lambda: change_function(function, **form.cleaned_data, by=request.principal)):
        messages.success(request, _("Gespeichert."))
        return redirect(function.organisation)
    title, back = _("Stelle und Vertretung"), function.organisation.get_absolute_url()
    return form_page(request, form, title=title, belongs_to=function.organisation.name, back=back, lead=f"{function.person}, {function.name}")


@login_required
@confirmed
def end(request: ReaderRequest, pk: int) -> HttpResponse:
    """Let a function end on a day."""
    function = _function(pk, request, "people.end_function")
    form = EndForm(*_posted(request))
    if request.method == "POST" and form.is_valid() and _done(form, lambda: end_function(function, **form.cleaned_data, by=request.principal)):
        day = f"{form.cleaned_data['last_day']:%d.%m.%Y}"
        messages.success(request, _("Die Funktion endet am %(day)s. Bis dahin bleibt der Zugang offen.") % {"day": day})
        return redirect(function.organisation)
    lead = _("%(name)s, %(function)s: Am Tag danach ist der Zugang zu. Was eingetragen wurde, bleibt; Fristen gehen an die Vertretung.") % {
        "name": function.person,
        "function": function.name,
    }
    back = function.organisation.get_absolute_url()
    return form_page(request, form, title=_("Funktion beenden"), belongs_to=function.organisation.name, back=back, lead=lead, button=_("Funktion beenden"))


def _function(pk: int, request: ReaderRequest, rule: str) -> Function:
    function = get_object_or_404(Function.objects.select_related("person", "organisation"), pk=pk)
    if not allowed(rule, request.principal, function):
        raise PermissionDenied
    return function


def _posted(request: ReaderRequest) -> list[Any]:
    return [request.POST] if request.method == "POST" else []


def _done(form: forms.Form, act: Any) -> bool:
    """Act, and show a refusal with the form, so that nothing that was typed is lost."""
    try:
        act()
    except AppointmentError as fault:
        form.add_error(None, str(fault))
        return False
    return True
