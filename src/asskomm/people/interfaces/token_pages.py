# SPDX-License-Identifier: EUPL-1.2
"""Tokens for programs in the browser: list, issue, revoke."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from asskomm.core.clock import clock
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest
from asskomm.people.domain.tokens import Issued, TokenError, issue_token, revoke_token
from asskomm.people.interfaces.stepping_up import confirmed
from asskomm.people.interfaces.token_forms import TokenForm
from asskomm.people.models import Account, ApiToken


@login_required
@confirmed
def tokens(request: ReaderRequest) -> HttpResponse:
    """List one's own tokens, and issue one; its secret is shown on this page only, and only now."""
    given = (request.POST,) if request.method == "POST" else ()
    form = TokenForm(request.principal, *given)
    issued = _issued(request, form) if given and form.is_valid() else None
    now = clock.now()
    page = page_of_rows(request, ApiToken.objects.visible_to(request.principal))
    context = {
        "form": TokenForm(request.principal) if issued else form,
        "issued": issued,
        "page": page,
        "rows": [(token, token.live_at(now)) for token in page],
        "api": request.build_absolute_uri("/api/"),
    }
    return render(request, "people/tokens.html", context, status=422 if form.errors else 200)


def _issued(request: ReaderRequest, form: TokenForm) -> Issued | None:
    data = form.cleaned_data
    try:
        return issue_token(cast("Account", request.user), name=data["name"], scopes=data["scopes"], days=data["days"], by=request.principal)
    except TokenError as fault:
        form.add_error(None, str(fault))
        return None


@login_required
@require_POST
def revoke(request: ReaderRequest, reference: str) -> HttpResponse:
    """Revoke a token."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.principal).select_related("account"), reference=reference)
    revoke_token(token, by=request.principal)
    messages.success(request, _("Der Zugang „%(name)s“ gilt nicht mehr.") % {"name": token.name})
    return redirect("people:tokens")
