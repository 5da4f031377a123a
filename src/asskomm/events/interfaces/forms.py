# SPDX-License-Identifier: EUPL-1.2
"""The form of an invitation."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.ui.watching import WatchingForm
from asskomm.core.visibility import Principal, Visibility
from asskomm.events.domain.gatherings import Facts, Room
from asskomm.events.enums import GatheringKind, ParticipantType
from asskomm.events.models import Gathering
from asskomm.events.rules import ORGANISING
from asskomm.people.models import Organisation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FOR_WHOM = [("", _("noch nicht bekannt")), *(choice for choice in ParticipantType.choices if choice[0] != ParticipantType.SPEAKER)]
"""On whose behalf somebody speaks."""
_MOST_PLACES = 20_000
_INSTANT = "%d.%m.%Y %H:%M"


def instant(label: "_StrPromise", *, required: bool = True, help_text: "str | _StrPromise" = "") -> forms.DateTimeField:
    """Give a field for day and time, as one writes them in Germany."""
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=[_INSTANT],
        widget=forms.DateTimeInput(format=_INSTANT),
        error_messages={"invalid": _("Schreiben Sie Tag und Uhrzeit, zum Beispiel 14.09.2027 9:30.")},
    )


class GatheringForm(WatchingForm):
    """What an invitation says."""

    owner = forms.ModelChoiceField(label=_("Wer lädt ein?"), queryset=Organisation.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("Was ist es?"), choices=GatheringKind)
    title = forms.CharField(label=_("Titel"), max_length=160)
    starts_at = instant(_("Beginn"), help_text=_("Tag und Uhrzeit, zum Beispiel 14.09.2027 9:30"))
    ends_at = instant(_("Ende"))
    place = forms.CharField(label=_("Ort"), max_length=200, help_text=_("Haus und Anschrift, oder „online“"))
    video_link = forms.URLField(
        label=_("Link zur Videokonferenz"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Sehen nur Angemeldete; wo man sich nicht anmeldet, alle Mitglieder der Allianz."),
    )
    summary = forms.CharField(label=_("Worum es geht"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))
    plain_words = forms.CharField(
        label=_("In einfachen Worten"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Für alle, denen lange Texte schwerfallen: kurze Sätze, ein Gedanke je Satz, keine Abkürzungen. "
            "Was ist das? Für wen? Wann und wo? Wen kann ich fragen? Steht zuerst auf der Seite und über dem Programm."
        ),
    )
    capacity = forms.IntegerField(
        label=_("Plätze"),
        required=False,
        min_value=1,
        max_value=_MOST_PLACES,
        help_text=_("Leer heißt, dass man sich nicht anmeldet. Sind alle vergeben, entsteht von selbst eine Warteliste."),
    )
    registers_until = instant(_("Anmelden bis"), required=False, help_text=_("Leer heißt bis zum Beginn"))
    visibility = forms.ChoiceField(
        label=_("Sichtbar für"), choices=[choice for choice in Visibility.choices if choice[0] != Visibility.PARTNERS], initial=Visibility.PUBLIC
    )

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        """Offer the organisations for which the reader invites."""
        super().__init__(*args, **kwargs)
        own = Organisation.objects.all() if principal.everything else Organisation.objects.filter(pk__in=principal.houses(*ORGANISING))
        self.fields["owner"].queryset = own  # type: ignore[attr-defined]

    @property
    def facts(self) -> Facts:
        """What was entered."""
        names = ("kind", "title", "place", "starts_at", "ends_at", "summary", "registers_until", "visibility", "video_link", "plain_words")
        return Facts(**{name: self.cleaned_data[name] for name in names})

    @property
    def room(self) -> Room:
        """How many can come."""
        return Room(self.cleaned_data["capacity"])


def initial_of(gathering: Gathering) -> dict[str, object]:
    """Give what the form shows of a gathering."""
    names = ("kind", "title", "place", "starts_at", "ends_at", "summary", "registers_until", "visibility", "video_link", "plain_words")
    whole = gathering.places.filter(contingent="").first()
    return {name: getattr(gathering, name) for name in names} | {"owner": gathering.owner_id, "capacity": whole.capacity if whole else None}
