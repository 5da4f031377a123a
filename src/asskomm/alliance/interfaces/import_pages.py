# SPDX-License-Identifier: EUPL-1.2
"""Read events in from a file: upload, preview, take over."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asskomm.alliance.domain.staging import claim, drop, stage
from asskomm.alliance.interfaces.forms import UploadForm
from asskomm.alliance.interfaces.importer import COLUMNS, EventReader, preview_events, take_over
from asskomm.alliance.models import StagedImport
from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.imports import TableError
from asskomm.core.visibility import ReaderRequest, allowed

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_SHOWN = 200


def _require(request: ReaderRequest) -> None:
    if not allowed("alliance.enter_events", request.principal):
        raise PermissionDenied


@login_required
def upload(request: ReaderRequest) -> HttpResponse:
    """Take a file and show its preview."""
    _require(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        staged = stage(cast("UploadedFile[bytes]", form.cleaned_data["file"]), by=request.principal)
        return redirect("alliance:preview", staged.key)
    context = {"form": form, "columns": COLUMNS, "limit": settings.UPLOAD_LIMIT // 1024**2}
    return render(request, "alliance/upload.html", context, status=422 if form.errors else 200)


@login_required
def preview(request: ReaderRequest, key: str) -> HttpResponse:
    """Show what a file would do, and do it on demand."""
    _require(request)
    staged = get_object_or_404(StagedImport, key=key, account=request.principal.account, created_at__gt=clock.now() - dt.timedelta(days=1))
    if request.method == "POST" and "drop" in request.POST:
        drop(staged)
        return redirect("alliance:upload")
    try:
        found = preview_events(Path(staged.path), EventReader.load(request.principal))
    except TableError as fault:
        drop(staged)
        return render(
            request,
            "alliance/upload.html",
            {"form": UploadForm(), "fault": str(fault), "columns": COLUMNS, "limit": settings.UPLOAD_LIMIT // 1024**2},
            status=422,
        )
    if request.method == "POST":
        with transaction.atomic():
            events = take_over(found, by=request.principal) if claim(staged) else []
        drop(staged)
        messages.success(request, ngettext("%(count)s Ereignis ist übernommen.", "%(count)s Ereignisse sind übernommen.", len(events)) % {"count": len(events)})
        return redirect("alliance:events")
    counts = {"accepted": Estimate(len(found.accepted)), "rejected": Estimate(len(found.rejected)), "duplicates": Estimate(len(found.duplicates))}
    rejected = [(rejection, COLUMNS.get(rejection.column, "")) for rejection in found.rejected[:_SHOWN]]
    context = {"staged": staged, "preview": found, "counts": counts, "accepted": found.accepted[:_SHOWN], "rejected": rejected}
    return render(request, "alliance/preview.html", context)


@login_required
def sample(request: ReaderRequest) -> HttpResponse:
    """Give a file to start from."""
    _require(request)
    rows = [";".join(COLUMNS.values()), "14.09.2023;Tag;Beratung;Görlitz;;Kommune;gemeldet;Verkehr;;erstes Gespräch;Gesprächsvermerk"]
    response = HttpResponse("\r\n".join(rows).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_("ereignisse-vorlage")}.csv"'
    return response
