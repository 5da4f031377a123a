# SPDX-License-Identifier: EUPL-1.2
"""One's own dates: as a page, one by one for a calendar, and all of them to subscribe to."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from asskomm.core.calendar.ics import answer_with
from asskomm.core.clock import clock
from asskomm.core.visibility import ReaderRequest
from asskomm.people.domain.calendar_feeds import address_of, close_feed, feed_under, open_feed
from asskomm.people.domain.queries.dates import own_dates
from asskomm.people.domain.queries.principals import principal_of
from asskomm.people.models import Account, CalendarFeed


@login_required
def dates(request: ReaderRequest) -> HttpResponse:
    """Show one's own dates, and how to subscribe to them."""
    feed = CalendarFeed.objects.filter(account=request.principal.account).first()
    address = address_of(feed) if feed else ""
    webcal = f"webcal://{address.partition('://')[2]}"
    context = {"entries": own_dates(request.principal), "today": clock.today(), "feed": feed, "address": address, "webcal": webcal}
    return render(request, "people/dates.html", context)


@login_required
@require_safe
def one_date(request: ReaderRequest, key: str) -> HttpResponse:
    """Give one of one's own dates as a file for a calendar."""
    found = [entry for entry in own_dates(request.principal) if entry.key == key]
    if not found:
        raise Http404
    return answer_with(found, _("Termine"), "termin")


@require_safe
def feed(request: HttpRequest, word: str) -> HttpResponse:
    """Answer a calendar that subscribes; it signs in by nothing but its address."""
    found = feed_under(word)
    principal = principal_of(found.account, clock.today()) if found else None
    if found is None or principal is None or not principal.roles:
        raise Http404
    response = answer_with(own_dates(principal), _("ASSKomm-Termine"), "termine")
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def subscribe(request: ReaderRequest) -> HttpResponse:
    """Open a new address."""
    open_feed(cast("Account", request.user), by=request.principal)
    messages.success(request, _("Die Adresse ist angelegt. Eine frühere gilt nicht mehr."))
    return redirect("people:dates")


@login_required
@require_POST
def unsubscribe(request: ReaderRequest) -> HttpResponse:
    """Close the address."""
    close_feed(cast("Account", request.user), by=request.principal)
    messages.success(request, _("Die Adresse gilt nicht mehr."))
    return redirect("people:dates")
