# SPDX-License-Identifier: EUPL-1.2
"""A page with one form, the same on every floor."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def form_page(request: HttpRequest, form: forms.BaseForm, *, title: str, belongs_to: str, back: str, lead: str = "", button: str = "") -> HttpResponse:
    """Show a form; with status 422 where it was filled in and something does not fit.

    Args:
        request: as it came.
        form: bound or not.
        title: what somebody does here.
        belongs_to: what it is about, as the text of the link back.
        back: where the link back and "Abbrechen" lead.
        lead: one sentence on what happens.
        button: what the button says, "Speichern" where nothing else is named.
    """
    context = {"form": form, "title": title, "belongs_to": belongs_to, "back": back, "lead": lead, "button": button or _("Speichern")}
    return render(request, "ui/form_page.html", context, status=422 if form.errors else 200)
