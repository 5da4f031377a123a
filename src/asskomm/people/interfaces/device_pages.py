# SPDX-License-Identifier: EUPL-1.2
"""Pages of one's open sessions, and the sentence for whoever holds no function."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from asskomm.core.ui.errors import error_page
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest
from asskomm.people.domain.devices import end_sessions, open_devices
from asskomm.people.interfaces.stepping_up import confirmed
from asskomm.people.models import Device


@login_required
def devices(request: ReaderRequest) -> HttpResponse:
    """List where one is signed in."""
    rows = open_devices().visible_to(request.principal)
    return render(request, "people/devices.html", {"page": page_of_rows(request, rows), "own": request.session.session_key})


@login_required
@require_POST
@confirmed
def end_one(request: ReaderRequest, reference: str) -> HttpResponse:
    """Sign one device off."""
    device = get_object_or_404(Device.objects.visible_to(request.principal), reference=reference)
    end_sessions(Device.objects.filter(pk=device.pk))
    messages.success(request, _("Abgemeldet: %(name)s") % {"name": device})
    return redirect("people:devices")


@login_required
@require_POST
@confirmed
def end_others(request: ReaderRequest) -> HttpResponse:
    """Sign all other devices off."""
    end_sessions(Device.objects.visible_to(request.principal).exclude(session_key=request.session.session_key))
    messages.success(request, _("Alle anderen Geräte sind abgemeldet."))
    return redirect("people:devices")


def no_function(request: ReaderRequest) -> HttpResponse:
    """Say why somebody does not get in."""
    text = _("Sie haben heute keine Funktion, und ohne Funktion kann man sich nicht einloggen. Wenden Sie sich an Ihre Kommune oder den Landespräventionsrat.")
    return error_page(request, 403, text, _("Sie haben zurzeit keinen Zugang"))
