# SPDX-License-Identifier: EUPL-1.2
"""Pages of the fields of action."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from asskomm.core.visibility import ReaderRequest
from asskomm.library import slots
from asskomm.library.models import FieldOfAction


def fields(request: ReaderRequest) -> HttpResponse:
    """List all fields of action."""
    return render(request, "library/fields.html", {"fields": FieldOfAction.objects.all()})


def field(request: ReaderRequest, key: str) -> HttpResponse:
    """Show one field; other rooms fill it through slots."""
    chosen = get_object_or_404(FieldOfAction, key=key)
    panels = [text for panel in slots.FIELD_PANELS if (text := panel(request, chosen))]
    return render(request, "library/field.html", {"field": chosen, "panels": panels})
