# SPDX-License-Identifier: EUPL-1.2
"""Jobs in the browser: what waits, how far it is, what came out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.models import Job
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest


@login_required
def jobs(request: ReaderRequest) -> HttpResponse:
    """List one's own jobs, newest first; all of them to those who run the installation."""
    return render(request, "jobs/jobs.html", {"page": page_of_rows(request, Job.objects.visible_to(request.principal), counted=False)})


def _visible(request: ReaderRequest, reference: str) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.principal), reference=reference)


@login_required
def job(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show one job with its log; a part of the page asks again while it runs."""
    shown = _visible(request, reference)
    part = request.headers.get("HX-Request") == "true"
    return render(request, "jobs/progress.html" if part else "jobs/job.html", {"job": shown, "lines": shown.lines.all()})


@login_required
@require_POST
def cancel(request: ReaderRequest, reference: str) -> HttpResponse:
    """Cancel a job."""
    found = orders.cancel(_visible(request, reference))
    messages.success(request, _("Der Auftrag ist abgebrochen.") if found.ended else _("Der Auftrag endet nach dem laufenden Schritt."))
    return redirect(found)


@login_required
@require_POST
def try_again(request: ReaderRequest, reference: str) -> HttpResponse:
    """Let a job go on from where it was."""
    found = orders.try_again(_visible(request, reference))
    messages.success(request, _("Der Auftrag läuft weiter, wo er aufgehört hat."))
    return redirect(found)
