# SPDX-License-Identifier: EUPL-1.2
"""What this room puts on the page of a municipality."""

from django.template.loader import render_to_string

from asskomm.core.clock import clock
from asskomm.core.visibility import ReaderRequest
from asskomm.people.models import Function, Organisation, Profile, Relation
from asskomm.territory.models import Municipality


def contacts(request: ReaderRequest, place: Municipality) -> str:
    """Show who is competent for a municipality and to what it belongs; its people to members only."""
    body = Organisation.objects.filter(municipality=place).first()
    if body is None:
        return ""
    today = clock.today()
    profile = Profile.objects.filter(organisation=body).first()
    context = {
        "competent": Relation.objects.on(today).filter(target=body, kind="competent_for").select_related("subject"),
        "belongs": Relation.objects.on(today).filter(subject=body).select_related("target"),
        "profile": profile,
        "reached": profile.as_read(member=request.principal.is_member) if profile else {},
        "functions": Function.objects.on(today).filter(organisation=body).select_related("person") if request.principal.is_member else [],
    }
    return render_to_string("people/panel_contacts.html", context, request) if any(context.values()) else ""
