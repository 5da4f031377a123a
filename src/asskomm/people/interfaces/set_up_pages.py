# SPDX-License-Identifier: EUPL-1.2
"""Pages on which somebody chooses how she signs in."""

from typing import TYPE_CHECKING, cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from asskomm.core.visibility import ReaderRequest
from asskomm.people.domain.accounts import set_password
from asskomm.people.interfaces.link_forms import PasswordForm

if TYPE_CHECKING:
    from asskomm.people.models import Account


@login_required
def set_up(request: ReaderRequest) -> HttpResponse:
    """Offer the ways to sign in, the best one first."""
    return render(request, "people/set_up.html")


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@sensitive_post_parameters("password", "again")
def password(request: ReaderRequest) -> HttpResponse:
    """Set or change one's own password; whoever forgot hers comes by a link and gets here with it."""
    own = cast("Account", request.user)
    form = PasswordForm(own, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        set_password(email=own.email, password=form.cleaned_data["password"], by=request.principal)
        own.refresh_from_db()
        update_session_auth_hash(request, own)
        messages.success(request, _("Ihr Passwort ist gesetzt."))
        return redirect("people:account")
    return render(request, "people/password.html", {"form": form}, status=422 if form.errors else 200)
