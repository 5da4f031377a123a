# SPDX-License-Identifier: EUPL-1.2
"""Pages of one-time links: open one, ask for a fresh one."""

from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from asskomm.core.ui.errors import too_many_requests
from asskomm.core.visibility import ReaderRequest
from asskomm.people.domain.link_mails import account_of_lasting
from asskomm.people.domain.links import LinkError, ask_for_link, consume
from asskomm.people.domain.queries.links import live_link
from asskomm.people.enums import LinkPurpose
from asskomm.people.interfaces.entering import enter_by_link
from asskomm.people.interfaces.limits import too_many_links
from asskomm.people.interfaces.link_forms import LinkForm
from asskomm.people.models import OneTimeLink


@never_cache
@sensitive_variables("secret")
def open_link(request: ReaderRequest, secret: str) -> HttpResponseBase:
    """Show one button; only pressing it uses the link up, because programs that look through mails open every address."""
    link = live_link(secret)
    if link is None or link.account is None:
        return render(request, "people/link_gone.html", status=410)
    if request.method == "POST":
        return _enter(request, secret)
    return render(request, "people/link.html", {"link": link, "invitation": link.purpose == LinkPurpose.INVITATION})


def _enter(request: ReaderRequest, secret: str) -> HttpResponseBase:
    try:
        link = consume(secret)
    except LinkError:
        return render(request, "people/link_gone.html", status=410)
    if request.user.is_authenticated:
        logout(request)  # somebody else may sit at this machine
    return enter_by_link(request, link, _leads_to(link))


def _leads_to(link: OneTimeLink) -> str:
    return reverse("people:set_up" if link.purpose == LinkPurpose.INVITATION else "people:desk")


@never_cache
@sensitive_post_parameters("email")
def ask(request: ReaderRequest) -> HttpResponse:
    """Send a fresh link; the answer is the same whether or not the address is known."""
    word = request.POST.get("zugang") or request.GET.get("zugang", "")
    known = account_of_lasting(word) if word else None
    form = LinkForm(data=request.POST if request.method == "POST" and known is None else None)
    if request.method == "POST" and (known is not None or form.is_valid()):
        email = known.email if known else form.cleaned_data["email"]
        if too_many_links(request, email):
            return too_many_requests(request)
        ask_for_link(email)
        return redirect(f"{reverse('people:ask_for_link')}?gesendet=ja")
    context = {"form": form, "word": word if known else "", "sent": "gesendet" in request.GET}
    return render(request, "people/ask_for_link.html", context, status=422 if form.errors else 200)
