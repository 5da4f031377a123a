# SPDX-License-Identifier: EUPL-1.2
"""Sign in by a link that was used up just now; a second factor that is set up is asked for all the same."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponseBase

from asskomm.people.models import OneTimeLink

METHOD = "link"


def enter_by_link(request: HttpRequest, link: OneTimeLink, leads_to: str) -> HttpResponseBase:
    """Go on with signing in; a fresh link proves who she is as well as a password does."""
    record_authentication(request, link.account, METHOD, reauthenticated=True)
    entered: HttpResponseBase = perform_login(request, Login(user=link.account, redirect_url=leads_to))
    return entered
