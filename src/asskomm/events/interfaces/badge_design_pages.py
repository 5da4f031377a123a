# SPDX-License-Identifier: EUPL-1.2
"""Where those who organise say what stands on the badges, with a picture of one beside it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from asskomm.core.documents.qr import data_address
from asskomm.core.references import REFERENCE_LENGTH
from asskomm.core.ui.watching import WatchingForm, in_turn
from asskomm.core.visibility import ReaderRequest
from asskomm.events.documents.badges import badge_formats, badge_picture
from asskomm.events.domain.badge_design import BadgeDesign, design_badges, design_of
from asskomm.events.enums import Accent, ParticipantType
from asskomm.events.interfaces.finding import organised_gathering
from asskomm.events.models import Gathering, Registration

_LONGEST_LINE = 80
_OWN = ("line", "large", "organisation", "participant_type", "code")


class BadgeDesignForm(WatchingForm):
    """What stands on a badge; the last two fields are for the picture only."""

    all_optional = True  # what is left out does not stand on the badge

    line = forms.CharField(
        label=gettext_lazy("Zeile über dem Namen"),
        required=False,
        max_length=_LONGEST_LINE,
        help_text=gettext_lazy("Zum Beispiel das Motto. Leer heißt: der Titel der Veranstaltung."),
    )
    large = forms.BooleanField(label=gettext_lazy("Namen so groß wie möglich"), required=False)
    organisation = forms.BooleanField(label=gettext_lazy("Kommune oder Stelle unter dem Namen"), required=False)
    participant_type = forms.BooleanField(label=gettext_lazy("Wofür jemand kommt, in Worten"), required=False)
    code = forms.BooleanField(label=gettext_lazy("Code für den Einlass"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for a colour for each type of participants."""
        super().__init__(*args, **kwargs)
        colours = [("", _("keine Farbe")), *Accent.choices]
        for kind in ParticipantType:
            label = _("Farbe für „%(type)s“") % {"type": kind.label}
            self.fields[_named(kind)] = forms.ChoiceField(label=label, required=False, choices=colours)
        self.fields["shown_type"] = forms.ChoiceField(label=_("Vorschau: kommt für"), required=False, choices=ParticipantType.choices)
        self.fields["shown_on"] = forms.ChoiceField(label=_("Vorschau: Bogen"), required=False, choices=[(on.key, on.name) for on in badge_formats().values()])

    @property
    def design(self) -> BadgeDesign:
        """What was entered; where something does not fit, as it was."""
        data = {name: self.cleaned_data.get(name, self.initial.get(name)) for name in self.fields}
        colours = {kind.value: str(data[_named(kind)]) for kind in ParticipantType if data[_named(kind)]}
        own: dict[str, Any] = {name: data[name] for name in _OWN}
        return BadgeDesign(**own, colours=colours)


def initial_of_design(gathering: Gathering) -> dict[str, object]:
    """Give what the form shows of a design."""
    design = design_of(gathering)
    own: dict[str, object] = {name: getattr(design, name) for name in _OWN}
    return own | {_named(kind): design.colours.get(kind, "") for kind in ParticipantType}


@login_required
@in_turn(Gathering, "reference")
def badge_design(request: ReaderRequest, reference: str) -> HttpResponse:
    """Say how badges look."""
    found = organised_gathering(request, reference)
    form = BadgeDesignForm(request.POST or None, initial=initial_of_design(found))
    if request.method == "POST" and form.is_valid():
        design_badges(found, form.design, by=request.principal)
        messages.success(request, _("So sehen die Schilder ab jetzt aus."))
        return redirect("events:day", found.reference)
    return _shown(request, found, form)


@require_POST
@login_required
def badge_preview(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show how a badge would look, and save nothing; to a script only the picture."""
    found = organised_gathering(request, reference)
    form = BadgeDesignForm(request.POST, initial=initial_of_design(found))
    form.is_valid()
    return _shown(request, found, form)


def _shown(request: ReaderRequest, found: Gathering, form: BadgeDesignForm) -> HttpResponse:
    design = form.design if form.is_bound else design_of(found)
    data = form.cleaned_data if form.is_bound else {}
    on = badge_formats().get(str(data.get("shown_on"))) or next(iter(badge_formats().values()))
    kind = data.get("shown_type") or ParticipantType.MUNICIPALITY
    row = Registration(
        reference="0" * REFERENCE_LENGTH, gathering=found, name=_("Ada Muster-Beispiel"), organisation=_("Stadt Musterau"), participant_type=kind
    )
    context = {"gathering": found, "form": form, "picture": data_address(badge_picture(found, design, row, on)), "row": row, "design": design}
    part = request.headers.get("HX-Request") == "true"
    page = "events/badge_picture.html" if part else "events/badge_design.html"
    return render(request, page, context, status=200 if part else 422 if form.errors else 200)


def _named(kind: ParticipantType) -> str:
    return f"colour_{kind.value}"
