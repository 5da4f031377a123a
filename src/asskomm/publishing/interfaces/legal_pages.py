# SPDX-License-Identifier: EUPL-1.2
"""What the law asks of a public body's site, reachable from every page; in German, as the law is."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.documents import FORMATS, as_download
from asskomm.core.ui.address_field import AddressField
from asskomm.core.ui.form_page import form_page
from asskomm.core.visibility import ReaderRequest, allowed, require
from asskomm.people.interfaces.limits import HOUR, counted, network_of
from asskomm.publishing.documents.data_protection import DRAFTS, data_protection_document
from asskomm.publishing.domain.barriers import report_barrier
from asskomm.publishing.domain.processing import processings, scope
from asskomm.publishing.legal import STATEMENT_OF

_REPORTS_OF_NETWORK = 10


def imprint(request: HttpRequest) -> HttpResponse:
    """Say who runs the site."""
    return render(request, "publishing/legal/imprint.html", {"operator": settings.OPERATOR})


def privacy(request: ReaderRequest) -> HttpResponse:
    """Say what is kept about whom, for what, how long, and who answers for it."""
    may_see_drafts = allowed("publishing.data_protection", request.principal)
    context = {"rows": processings(), "scope": scope(), "operator": settings.OPERATOR, "may_see_drafts": may_see_drafts}
    return render(request, "publishing/legal/privacy.html", context)


@login_required
def drafts(request: ReaderRequest) -> HttpResponse:
    """Offer the drafts for the data protection officer."""
    require("publishing.data_protection", request.principal)
    return render(request, "publishing/legal/drafts.html", {"drafts": DRAFTS, "formats": FORMATS})


@login_required
def draft(request: ReaderRequest, name: str, ending: str) -> HttpResponse:
    """Give a draft as a file."""
    require("publishing.data_protection", request.principal)
    if name not in DRAFTS or ending not in FORMATS:
        raise Http404
    return as_download(data_protection_document(name), ending, f"datenschutz-{name}")


def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the statement that the law asks for."""
    return render(request, "publishing/legal/accessibility.html", {"operator": settings.OPERATOR, "day": STATEMENT_OF})


def easy(request: HttpRequest) -> HttpResponse:
    """Say in easy language what this is."""
    return render(request, "publishing/legal/easy.html")


class BarrierForm(forms.Form):
    """What does not work, where, and how to answer."""

    text = forms.CharField(label=gettext_lazy("Was geht nicht?"), max_length=2000, widget=forms.Textarea)
    page = forms.CharField(label=gettext_lazy("Auf welcher Seite?"), required=False, max_length=200)
    reply = AddressField(
        label=gettext_lazy("Ihre E-Mail-Adresse"),
        required=False,
        help_text=gettext_lazy("Freiwillig, damit wir antworten können. Sie steht nur in der Nachricht an uns."),
    )


def report(request: HttpRequest) -> HttpResponse:
    """Let somebody tell of a barrier, without an account."""
    form = BarrierForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _reported(form, request):
        messages.success(request, _("Danke. Ihre Meldung ist unterwegs."))
        return redirect("publishing:accessibility")
    lead = _("Etwas ist nicht zu lesen, nicht zu bedienen oder nicht zu verstehen? Sagen Sie es uns, in einem Satz.")
    back, title = "/barrierefreiheit/", _("Barriere melden")
    return form_page(request, form, title=title, belongs_to=_("Barrierefreiheit"), back=back, lead=lead, button=_("Abschicken"))


def _reported(form: BarrierForm, request: HttpRequest) -> bool:
    if counted(HOUR, "barrier", network_of(request)) > _REPORTS_OF_NETWORK:
        form.add_error(None, _("Von Ihrem Anschluss kamen in dieser Stunde schon viele Meldungen. Versuchen Sie es später noch einmal."))
        return False
    if not report_barrier(**form.cleaned_data):
        form.add_error(None, _("Hier ist noch niemand eingetragen, der Meldungen liest. Rufen Sie bitte den Landespräventionsrat an."))
        return False
    return True
