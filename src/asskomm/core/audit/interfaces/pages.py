# SPDX-License-Identifier: EUPL-1.2
"""Pages: what was done to one object, two of its states side by side, and everything that was done."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from asskomm.core.audit.domain.queries.history import compare, entries_of, moments, state_of, who
from asskomm.core.audit.models import Content, Entry, Seal
from asskomm.core.audit.registry import TRAILS, Subject
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.core.visibility.accounts import names_of_accounts

_DIGITS = 15


def _subject(request: ReaderRequest, kind: str, key: str) -> Subject:
    found = TRAILS[kind].find(key, request.principal) if kind in TRAILS and request.principal.is_member else None
    if found is None:
        raise Http404
    return found


@login_required
def history(request: ReaderRequest, kind: str, key: str) -> HttpResponse:
    """Show what was done to one object; for members who may see the object."""
    subject = _subject(request, kind, key)
    page = page_of_rows(request, entries_of(kind, key, reads=allowed("audit.see_readings", request.principal)), counted=False)
    found = moments(page, request.principal)
    states = [moment for moment in found if moment.shown]
    context = {"subject": subject, "trail": TRAILS[kind], "kind": kind, "key": key, "page": page, "moments": found, "states": states}
    return render(request, "audit/history.html", context)


@login_required
def comparison(request: ReaderRequest, kind: str, key: str) -> HttpResponse:
    """Show two states of an object side by side, the older one on the left."""
    subject = _subject(request, kind, key)
    before, after = sorted((_state(request, kind, key, name) for name in ("a", "b")), key=lambda content: content.pk)
    context = {
        "subject": subject,
        "kind": kind,
        "key": key,
        "before": before.entry,
        "after": after.entry,
        "changes": compare(TRAILS[kind], before.values, after.values),
    }
    return render(request, "audit/comparison.html", context)


def _state(request: ReaderRequest, kind: str, key: str, name: str) -> Content:
    text = request.GET.get(name, "")
    found = state_of(kind, key, int(text), request.principal) if text.isdecimal() and len(text) <= _DIGITS else None
    if found is None:
        raise Http404
    return found


@login_required
def log(request: ReaderRequest) -> HttpResponse:
    """List everything that was done, without a word of what was written; for those who run the installation."""
    if not allowed("audit.see_log", request.principal):
        raise PermissionDenied
    kind = request.GET.get("art", "")
    rows = Entry.objects.filter(kind=kind) if kind in TRAILS else Entry.objects.all()
    page = page_of_rows(request, rows.order_by("-pk"), counted=False)
    names = names_of_accounts({row.account for row in page if row.account})
    context = {
        "page": page,
        "rows": [(row, who(row, names)) for row in page],
        "kinds": [(key, trail.name) for key, trail in TRAILS.items()],
        "kind": kind,
        "seal": Seal.objects.order_by("-number").first(),
    }
    return render(request, "audit/log.html", context)
