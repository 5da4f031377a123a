# SPDX-License-Identifier: EUPL-1.2
"""The form by which somebody is asked to contribute."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.ui.address_field import AddressField
from asskomm.core.ui.day_field import DayField
from asskomm.events.domain.inviting import Invitee
from asskomm.events.enums import SessionKind
from asskomm.events.interfaces.forms import FOR_WHOM
from asskomm.events.models import Gathering, Session

_KINDS = [choice for choice in SessionKind.choices if choice[0] != SessionKind.BREAK]


class InviteForm(forms.Form):
    """Whom to ask for what."""

    name = forms.CharField(label=_("Vor- und Nachname"), max_length=120)
    email = AddressField(label=_("E-Mail-Adresse"), help_text=_("Dorthin geht der Link, mit dem sie oder er zusagt. Ein Konto ist nicht nötig."))
    topic = forms.CharField(label=_("Thema"), max_length=200, help_text=_("Arbeitstitel eines neuen Beitrags; den Titel kann sie oder er ändern."))
    kind = forms.ChoiceField(label=_("Was soll es werden?"), choices=_KINDS, initial=SessionKind.TALK)
    session = forms.ModelChoiceField(
        label=_("Oder zu einem Beitrag, den es schon gibt"),
        required=False,
        queryset=Session.objects.none(),
        empty_label=_("nein, ein neuer Beitrag"),
        to_field_name="reference",
    )
    organisation = forms.CharField(
        label=_("Kommune oder Stelle"), required=False, max_length=160, help_text=_("Für die sie oder er spricht. Leer heißt, wir fragen mit dem Link danach.")
    )
    participant_type = forms.ChoiceField(
        label=_("Spricht für"), required=False, choices=FOR_WHOM, help_text=_("Daraus wird am Ende gezählt, wie viele zum Beispiel von der Polizei mitwirkten.")
    )
    note = forms.CharField(
        label=_("Ein persönlicher Satz"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Steht in der E-Mail, zum Beispiel warum Sie gerade an sie oder ihn denken."),
    )
    answer_until = DayField(label=_("Antworten bis"), required=False, help_text=_("Tag, zum Beispiel 14.09.2027. Eine Woche davor erinnern wir einmal."))

    def __init__(self, gathering: Gathering, *args: Any, **kwargs: Any) -> None:
        """Offer the sessions that there are; where there are none, ask only for a topic."""
        super().__init__(*args, **kwargs)
        sessions = gathering.sessions.exclude(kind=SessionKind.BREAK).order_by("title", "pk")
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]
        self.fields["topic"].required = not self.data.get("session")
        if not sessions.exists():
            del self.fields["session"]

    @property
    def invitee(self) -> Invitee:
        """Who is asked."""
        data = self.cleaned_data
        return Invitee(
            **{name: data[name] for name in ("name", "email", "topic", "kind", "note", "answer_until", "organisation", "participant_type")},
            session=data.get("session"),
        )
