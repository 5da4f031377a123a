# SPDX-License-Identifier: EUPL-1.2
"""Sign in by a link that was used up just now, or by what an identity provider said; a second factor that is set up is asked for all the same."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from asskomm.people.models import Account, OneTimeLink

METHOD, AFTER = "link", "after_link"
PROVIDER = "identity_provider"


def enter_by_link(request: HttpRequest, link: OneTimeLink, leads_to: str) -> HttpResponseBase:
    """Go on with signing in; a fresh link proves who she is as well as a password does."""
    record_authentication(request, link.account, METHOD, reauthenticated=True)
    entered: HttpResponseBase = perform_login(request, Login(user=link.account, redirect_url=leads_to))
    return entered


def enter_by_provider(request: HttpRequest, account: Account, leads_to: str) -> HttpResponseBase:
    """Go on with signing in; it confirms nothing anew, because the provider may have asked her hours ago."""
    record_authentication(request, account, PROVIDER)
    entered: HttpResponseBase = perform_login(request, Login(user=account, redirect_url=leads_to))
    return entered


def confirm_by_link(request: HttpRequest, link: OneTimeLink, leads_to: str) -> HttpResponseBase:
    """Take the link as a fresh confirmation of whoever is signed in already, and lead to what she was about to do."""
    record_authentication(request, link.account, METHOD, reauthenticated=True)
    return redirect(request.session.pop(AFTER, leads_to))
