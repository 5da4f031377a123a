# SPDX-License-Identifier: EUPL-1.2
"""Pages of organisations and of one's own account."""

from typing import cast

from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from asskomm.core.clock import clock
from asskomm.core.installation.domain import is_example
from asskomm.core.ui.errors import error_page
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.people.domain.merging import mergeable_kind
from asskomm.people.enums import OrganisationKind
from asskomm.people.example import PEOPLE
from asskomm.people.interfaces.merge_pages import merges_into
from asskomm.people.interfaces.serving import may_appoint, serving
from asskomm.people.models import Account, Organisation, Profile, Relation


def organisations(request: ReaderRequest) -> HttpResponse:
    """List organisations, filtered by kind."""
    kind = request.GET.get("art", "")
    rows = (
        Organisation.objects.select_related("municipality__district", "district").filter(kind=kind)
        if kind in OrganisationKind.values
        else Organisation.objects.exclude(kind="municipality")
    )
    page = page_of_rows(request, rows)
    may_add = allowed("people.add_organisation", request.principal, Organisation(kind=OrganisationKind.ASSOCIATION))
    context = {"page": page, "kinds": OrganisationKind, "kind": kind, "may_add": may_add, "may_merge": allowed("people.merge", request.principal)}
    return render(request, "people/organisations.html", context)


def organisation(request: ReaderRequest, pk: int) -> HttpResponse:
    """Show one organisation with its place and relations; persons only to members."""
    body = get_object_or_404(Organisation.everything.select_related("municipality__district", "district", "merged_into"), pk=pk)
    if body.merged_into is not None:
        return redirect(body.merged_into)
    today, reader = clock.today(), request.principal
    profile = Profile.objects.filter(organisation=body).first()
    may_merge = mergeable_kind(body.kind) and allowed("people.merge", reader)
    context = {
        "body": body,
        "relations": Relation.objects.on(today).filter(subject=body).select_related("target"),
        "related": Relation.objects.on(today).filter(target=body).select_related("subject"),
        "profile": profile.as_read(member=reader.is_member) if profile else {},
        "people": serving(body, reader) if reader.is_member else [],
        "may_see_terms": allowed("people.see_terms", reader, body),
        "may_appoint": may_appoint(body, reader),
        "may_write": allowed("people.write_profile", reader, body),
        "may_relate": allowed("people.relate", reader, body),
        "may_merge": may_merge,
        "merges": merges_into(body) if may_merge else [],
    }
    return render(request, "people/organisation.html", context)


@login_required
def account(request: ReaderRequest) -> HttpResponse:
    """Show one's own functions and the state of one's sign-in."""
    own = cast("Account", request.user)
    functions = own.person.functions.select_related("organisation").order_by("-start")
    from allauth.mfa.utils import is_mfa_enabled

    return render(request, "people/account.html", {"functions": functions, "today": clock.today(), "second_factor": is_mfa_enabled(own)})


def inactive(request: ReaderRequest) -> HttpResponse:
    """Say that an account is closed."""
    return error_page(request, 403, _("Dieser Zugang ist geschlossen. Wenden Sie sich an Ihre Kommune oder den Landespräventionsrat."))


@require_POST
def sign_in_as_example(request: ReaderRequest, role: str) -> HttpResponse:
    """Sign in as one of the example people; exists in example folders only."""
    chosen = next((person for person in PEOPLE if person.role.value.replace("_", "-") == role), None)
    if chosen is None or not is_example():
        raise Http404
    login(request, get_object_or_404(Account, email=chosen.email), backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("people:desk")
