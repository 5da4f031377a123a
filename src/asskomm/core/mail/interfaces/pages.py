# SPDX-License-Identifier: EUPL-1.2
"""Pages: the example's inbox, how all mails stand, and unsubscribing by a link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from asskomm.core.installation.domain import is_example
from asskomm.core.mail.domain import claims
from asskomm.core.mail.domain.unsubscribing import unsubscribe as unsubscribe_kind
from asskomm.core.mail.models import Address, Mail
from asskomm.core.mail.registry import MAIL_KINDS
from asskomm.core.mail.signatures import is_signed
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest, allowed

_MOST_ADDRESSES = 50


@login_required
def inbox(request: ReaderRequest) -> HttpResponse:
    """Show what the example would have sent to whoever reads; a real installation has no such page."""
    if not is_example():
        raise Http404
    return render(request, "mail/inbox.html", {"page": page_of_rows(request, Mail.objects.visible_to(request.principal), counted=False)})


@login_required
def outbox(request: ReaderRequest) -> HttpResponse:
    """List how all mails stand, without a word of what they say; for those who run the installation."""
    _require_outbox(request)
    rows = Mail.objects.select_related("address").defer("text")
    stopped = Address.objects.filter(undeliverable_since__isnull=False).order_by("-undeliverable_since")[:_MOST_ADDRESSES]
    return render(request, "mail/outbox.html", {"page": page_of_rows(request, rows, counted=False), "stopped": stopped})


@login_required
@require_POST
def write_again(request: ReaderRequest, reference: str) -> HttpResponse:
    """Let mails go to an address again."""
    _require_outbox(request)
    claims.write_again(get_object_or_404(Address, reference=reference), by=request.principal)
    messages.success(request, _("An diese Adresse wird wieder geschrieben."))
    return redirect("mail:outbox")


def _require_outbox(request: ReaderRequest) -> None:
    if not allowed("mail.see_outbox", request.principal):
        raise PermissionDenied


@csrf_exempt  # the mail program of the reader posts here on one click (RFC 8058); the link itself is signed
def unsubscribe(request: ReaderRequest, reference: str, kind: str, signature: str) -> HttpResponse:
    """Show a button, and unsubscribe when it is pressed: programs that follow every link of a mail must not unsubscribe anybody."""
    if not is_signed(signature, "unsubscribe", reference, kind) or kind not in MAIL_KINDS or MAIL_KINDS[kind].duty:
        raise Http404
    address, done = get_object_or_404(Address, reference=reference), request.method == "POST"
    if done:
        unsubscribe_kind(address, kind)
    return render(request, "mail/unsubscribe.html", {"kind": MAIL_KINDS[kind], "address": address, "done": done})
