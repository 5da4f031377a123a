# SPDX-License-Identifier: EUPL-1.2
"""Pages on which an organisation says how it is reached, and lets the public read that."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from asskomm.core.ui.address_field import AddressField
from asskomm.core.ui.watching import WatchingForm, in_turn
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.people.domain.organisations import release_profile, withdraw_profile, write_profile
from asskomm.people.models import Organisation, Profile


class ProfileForm(WatchingForm):
    """How an organisation is reached."""

    email = AddressField(
        label=gettext_lazy("E-Mail-Adresse der Stelle"),
        required=False,
        help_text=gettext_lazy("Ein Postfach, das bleibt, wenn die Person wechselt, zum Beispiel praevention@…"),
    )
    phone = forms.CharField(label=gettext_lazy("Telefon"), required=False, max_length=40)
    website = forms.URLField(label=gettext_lazy("Internetseite"), required=False, assume_scheme="https")
    introduction = forms.CharField(
        label=gettext_lazy("Was Sie für Sicherheit und Prävention tun"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Zwei, drei Sätze, höchstens 600 Zeichen."),
    )


def _organisation(request: ReaderRequest, pk: int) -> Organisation:
    body = get_object_or_404(Organisation, pk=pk)
    if not allowed("people.write_profile", request.principal, body):
        raise PermissionDenied
    return body


@login_required
@in_turn(Organisation, "pk")
def write(request: ReaderRequest, pk: int) -> HttpResponse:
    """Say how an organisation is reached, for members or for everybody."""
    body = _organisation(request, pk)
    profile = Profile.objects.filter(organisation=body).first() or Profile(organisation=body)
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=profile.written)
    if request.method == "POST" and form.is_valid():
        write_profile(body, **form.cleaned_data, by=request.principal)
        if request.POST.get("action") == "release":
            release_profile(body, by=request.principal)
            messages.success(request, _("Gespeichert und freigegeben."))
        else:
            messages.success(request, _("Gespeichert. Die Öffentlichkeit sieht es erst, wenn Sie es freigeben."))
        return redirect(body)
    return render(request, "people/write_profile.html", {"form": form, "body": body, "profile": profile}, status=422 if form.errors else 200)


@require_POST
@login_required
def withdraw(request: ReaderRequest, pk: int) -> HttpResponse:
    """Let the public read nothing of it any more."""
    body = _organisation(request, pk)
    withdraw_profile(body, by=request.principal)
    messages.success(request, _("Die Freigabe ist zurückgenommen."))
    return redirect(body)
