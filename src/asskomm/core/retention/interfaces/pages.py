# SPDX-License-Identifier: EUPL-1.2
"""Pages: what is deleted when, and all that is kept about oneself as a file."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from asskomm.core.estimates import Estimate
from asskomm.core.retention.domain.access import archive_of, records_of, subject_of
from asskomm.core.retention.domain.deletion import last_deletions
from asskomm.core.retention.registry import DELETION_RULES
from asskomm.core.visibility import ReaderRequest


def rules(request: ReaderRequest) -> HttpResponse:
    """Show every rule, and when it deleted something last."""
    last = last_deletions()
    rows = [(rule, line.at if (line := last.get(rule.key)) else None, Estimate(line.count) if line else None) for rule in DELETION_RULES]
    return render(request, "retention/rules.html", {"rows": rows})


@login_required
def access(request: ReaderRequest) -> HttpResponse:
    """Give the reader all that is kept about herself."""
    subject = subject_of(cast("int", request.principal.account))
    response = HttpResponse(archive_of(records_of(subject)), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="auskunft.zip"'
    return response
