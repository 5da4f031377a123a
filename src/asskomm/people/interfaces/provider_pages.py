# SPDX-License-Identifier: EUPL-1.2
"""Sign in by the identity provider of one's house, where a setting names one."""

import logging

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from asskomm.people.interfaces.entering import enter_by_provider
from asskomm.people.models import Account

_log = logging.getLogger(__name__)
_LEADS_TO = "after_provider"


@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the provider; from the address only the page to go on with is taken."""
    from asskomm.people.interfaces.identity_provider import ProviderError, lead_there

    _need_one()
    leads_to = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(leads_to, {request.get_host()}, require_https=request.is_secure()):
        leads_to = reverse(settings.LOGIN_REDIRECT_URL)
    request.session[_LEADS_TO] = leads_to
    try:
        return lead_there(request, request.build_absolute_uri(reverse("people:provider_back")))
    except ProviderError as fault:
        return _unreachable(request, fault)


@never_cache
def come_back(request: HttpRequest) -> HttpResponseBase:
    """Let in whom the provider vouches for, if her address has an account here."""
    from asskomm.people.interfaces.identity_provider import DeclinedError, OutdatedError, ProviderError, verified_address

    _need_one()
    try:
        address = verified_address(request)
    except DeclinedError:
        return _once_more(request, _("Die Anmeldung bei „%(name)s“ wurde abgebrochen."))
    except OutdatedError:
        return _once_more(request, _("Diese Anmeldung ist abgelaufen. Bitte beginnen Sie noch einmal."))
    except ProviderError as fault:
        return _unreachable(request, fault)
    account = Account.objects.with_address(address) if address else None
    if account is None:
        return render(request, "people/provider_unknown.html", {"address": address, "provider": settings.OIDC_NAME}, status=403)
    leads_to = request.session.pop(_LEADS_TO, reverse(settings.LOGIN_REDIRECT_URL))
    if request.user == account:
        return redirect(leads_to)
    if request.user.is_authenticated:
        logout(request)  # somebody else may sit at this machine
    return enter_by_provider(request, account, leads_to)


def _need_one() -> None:
    if not settings.OIDC_URL:
        raise Http404


def _once_more(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.warning(request, sentence % {"name": settings.OIDC_NAME})
    return redirect(settings.LOGIN_URL)


def _unreachable(request: HttpRequest, fault: Exception) -> HttpResponse:
    _log.warning("The identity provider gave no answer that can be used: %s", fault)
    return render(request, "people/provider_unreachable.html", {"provider": settings.OIDC_NAME}, status=502)
