# SPDX-License-Identifier: EUPL-1.2
"""What whoever proposes a session fills in; in a draft anything may be missing."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.ui.address_field import AddressField
from asskomm.core.ui.watching import WatchingForm, digest_of
from asskomm.events.domain.proposing import DEMANDED, Said
from asskomm.events.enums import SessionKind
from asskomm.events.interfaces.question_fields import add_fields, answers_in, check_answers
from asskomm.events.models import Call, CallQuestion, Proposal

_OWN = ("name", "email", "organisation", "kind", "track_id", "title", "abstract", "technology", "photo_consent")


class ProposalForm(WatchingForm):
    """Herself, her session, what she needs, and what the call asks."""

    name = forms.CharField(label=gettext_lazy("Vor- und Nachname"), required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = AddressField(
        label=gettext_lazy("E-Mail-Adresse"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Dorthin schicken wir den Link, mit dem Sie weiterschreiben, ändern und zurückziehen."),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Kommune oder Stelle"), required=False, max_length=160, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Was soll es werden?"), required=False)
    track_id = forms.TypedChoiceField(label=gettext_lazy("Themenreihe"), required=False, coerce=int, empty_value=None)
    title = forms.CharField(label=gettext_lazy("Titel"), required=False, max_length=200)
    abstract = forms.CharField(label=gettext_lazy("Worum es geht"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    technology = forms.CharField(
        label=gettext_lazy("Welche Technik brauchen Sie?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Zum Beispiel Beamer, Ton, ein Flipchart, ein eigener Rechner."),
    )
    photo_consent = forms.BooleanField(
        label=gettext_lazy("Fotos von mir dürfen gezeigt werden."), required=False, help_text=gettext_lazy("Höchstens fünf Jahre lang.")
    )

    def __init__(self, call: Call, proposal: Proposal | None, data: QueryDict | None = None, *, submits: bool = False) -> None:
        """Offer what the call asks for; where it is handed in, hold that nothing is missing."""
        super().__init__(data, initial=initial_of_proposal(proposal))
        self._submits, self._questions = submits, list(call.questions.all())
        offered = [(kind.value, kind.label) for kind in SessionKind if kind in call.kinds]
        self.fields["kind"].choices = [("", _("bitte wählen")), *offered]  # type: ignore[attr-defined]
        tracks = list(call.gathering.tracks.values_list("pk", "name"))
        if tracks:
            self.fields["track_id"].choices = [("", _("keine bestimmte")), *tracks]  # type: ignore[attr-defined]
        else:
            del self.fields["track_id"]
        for name in DEMANDED:
            self.fields[name].conditional = True  # type: ignore[attr-defined]  # not voluntary, though a draft may leave it out
        add_fields(self, self._questions)

    def clean(self) -> dict[str, Any]:
        """Hold that what has to be said is said, where it is handed in."""
        data = super().clean()
        if self._submits:
            for name in DEMANDED:
                if name not in self.errors and not data.get(name):
                    self.add_error(name, _("Das fehlt noch."))
            check_answers(self, self._questions)
        return data

    @property
    def said(self) -> Said:
        """What was entered; where something does not fit, what stood there before."""
        data = {name: self.cleaned_data.get(name, self.initial.get(name)) for name in self.fields}
        own: dict[str, Any] = {name: data[name] for name in _OWN if data.get(name)}
        return Said(**own, answers=answers_in(data, self._questions))


def initial_of_proposal(proposal: Proposal | None) -> dict[str, object]:
    """Give what the form shows of a proposal."""
    if proposal is None:
        return {}
    answers = {f"question_{key}": answer for key, answer in proposal.answers.items()}
    return {name: getattr(proposal, name) for name in _OWN} | answers


def seen_of(proposal: Proposal) -> str:
    """Give the digest of what a form shows of a proposal, for a page that goes on without being loaded anew."""
    return digest_of(initial_of_proposal(proposal))


def answers_of(proposal: Proposal) -> list[tuple[CallQuestion, str]]:
    """Give the questions that were answered, with the answers as one reads them."""
    questions = [question for question in proposal.call.questions.all() if str(question.pk) in proposal.answers]
    return [(question, question.said(proposal.answers[str(question.pk)])) for question in questions]


class CoSpeakerForm(forms.Form):
    """Somebody with whom it is proposed."""

    name = forms.CharField(label=gettext_lazy("Vor- und Nachname"), max_length=120)
    email = AddressField(
        label=gettext_lazy("E-Mail-Adresse"), help_text=gettext_lazy("Dorthin geht der Link, mit dem sie oder er zusagt oder den Namen wegnimmt.")
    )
