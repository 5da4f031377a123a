# SPDX-License-Identifier: EUPL-1.2
"""Pages on which somebody chooses how she signs in."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from asskomm.core.ui.errors import too_many_requests
from asskomm.core.visibility import ReaderRequest
from asskomm.people.domain.accounts import set_password
from asskomm.people.domain.devices import end_sessions, note_device
from asskomm.people.domain.links import ask_for_link
from asskomm.people.domain.queries.serving import must_have_second_factor
from asskomm.people.interfaces.entering import AFTER
from asskomm.people.interfaces.limits import too_many_links
from asskomm.people.interfaces.link_forms import PasswordForm
from asskomm.people.interfaces.stepping_up import confirmed
from asskomm.people.models import Device

if TYPE_CHECKING:
    from asskomm.people.models import Account


@login_required
def set_up(request: ReaderRequest) -> HttpResponse:
    """Offer the ways to sign in, the best one first."""
    return render(request, "people/set_up.html", {"must_have_second_factor": must_have_second_factor(request.principal)})


@login_required
@confirmed
@sensitive_post_parameters("password", "again")
def password(request: ReaderRequest) -> HttpResponse:
    """Set or change one's own password; whoever forgot hers comes by a link and gets here with it."""
    own = cast("Account", request.user)
    form = PasswordForm(own, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        set_password(email=own.email, password=form.cleaned_data["password"], by=request.principal)
        own.refresh_from_db()
        update_session_auth_hash(request, own)
        note_device(own, request.session, request.headers.get("User-Agent", ""))  # under its new key
        end_sessions(Device.objects.filter(account=own).exclude(session_key=request.session.session_key))
        messages.success(request, _("Ihr Passwort ist gesetzt."))
        return redirect("people:account")
    return render(request, "people/password.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def confirm_by_link(request: ReaderRequest) -> HttpResponse:
    """Send a fresh link to whoever signs in by links only; opening it in this browser goes on where she was."""
    own = cast("Account", request.user)
    if request.method == "POST":
        if too_many_links(request, own.email):
            return too_many_requests(request)
        after = request.GET.get("next", "")
        request.session[AFTER] = after if url_has_allowed_host_and_scheme(after, None) else "/konto/"
        ask_for_link(own.email)
    return render(request, "people/confirm_by_link.html", {"sent": request.method == "POST"})
