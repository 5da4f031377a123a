# SPDX-License-Identifier: EUPL-1.2
"""Forms of whoever calls for sessions: the call, who looks at proposals, and what is decided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.clock import clock
from asskomm.core.ui.address_field import AddressField
from asskomm.core.ui.day_field import DayField
from asskomm.core.ui.watching import WatchingForm
from asskomm.events.domain.calling import KINDS, CallFacts
from asskomm.events.domain.proposal_letters import OF_DECISION
from asskomm.events.enums import Score, SessionKind
from asskomm.events.models import Call, Review, Track
from asskomm.people.models import Account, Function

_KINDS = [(kind.value, kind.label) for kind in KINDS]
_DECISIONS = [(state.value, label) for state, label in zip(OF_DECISION, (_("annehmen"), _("auf die Nachrückliste"), _("ablehnen")), strict=True)]


class CallForm(WatchingForm):
    """What is called for, and until when."""

    text = forms.CharField(
        label=_("Was suchen Sie?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Ein paar Sätze für alle, die etwas beitragen könnten: worum es geht, für wen, wie lange ein Beitrag dauert."),
    )
    closes_on = DayField(
        label=_("Letzter Tag"), help_text=_("Bis zum Ende dieses Tages kann man vorschlagen, zum Beispiel 14.09.2027. Ein späterer Tag verlängert.")
    )
    kinds = forms.MultipleChoiceField(
        label=_("Welche Art von Beitrag?"), choices=_KINDS, widget=forms.CheckboxSelectMultiple, initial=[SessionKind.TALK, SessionKind.WORKSHOP]
    )
    nameless = forms.BooleanField(label=_("Namen ausblenden: Wer begutachtet, sieht nicht, von wem ein Vorschlag ist."), required=False)

    @property
    def facts(self) -> CallFacts:
        """What was entered."""
        return CallFacts(**{name: self.cleaned_data[name] for name in ("text", "closes_on", "kinds", "nameless")})


def initial_of_call(call: Call | None) -> dict[str, object]:
    """Give what the form shows of a call."""
    return {name: getattr(call, name) for name in ("text", "closes_on", "kinds", "nameless")} if call else {}


class ReviewerForm(forms.Form):
    """Who is to look at proposals: a colleague, or anybody with an account."""

    all_optional = True  # one of the two is enough

    account = forms.ModelChoiceField(label=_("Aus Ihrer Organisation"), required=False, queryset=Account.objects.none(), empty_label=_("bitte wählen"))
    email = AddressField(label=_("Oder jemand anderes"), required=False, help_text=_("Die E-Mail-Adresse, mit der sie oder er sich einloggt."))
    tracks = forms.ModelMultipleChoiceField(
        label=_("Nur Vorschläge aus"),
        required=False,
        queryset=Track.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ohne Haken: alle Vorschläge."),
    )

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        """Offer the colleagues of those who invite."""
        super().__init__(*args, **kwargs)
        serving = Function.objects.on(clock.today()).filter(organisation=call.gathering.owner_id).values("person")
        colleagues = Account.objects.filter(person__in=serving, is_active=True).exclude(pk__in=call.reviewers.values("account"))
        tracks = call.gathering.tracks.all()
        if tracks:
            self.fields["tracks"].queryset = tracks  # type: ignore[attr-defined]
        else:
            del self.fields["tracks"]
        self.fields["account"].queryset = colleagues.select_related("person").order_by("person__family_name", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find who is meant; whoever holds no function today would not get in."""
        data = super().clean() or {}
        if data.get("account") is None and data.get("email"):
            serving = Function.objects.on(clock.today()).values("person")
            data["account"] = Account.objects.filter(email__iexact=data["email"], is_active=True, person__in=serving).first()
            if data["account"] is None:
                self.add_error("email", _("Zu dieser Adresse gibt es kein Konto mit einer Funktion in der Allianz."))
        elif data.get("account") is None and not self.errors:
            self.add_error("account", _("Wählen Sie jemanden, oder nennen Sie eine Adresse."))
        return data


class ReviewForm(WatchingForm):
    """What somebody thinks of a proposal."""

    score = forms.TypedChoiceField(
        label=_("Wie gut passt der Vorschlag?"), required=False, coerce=int, empty_value=None, choices=Score.choices, widget=forms.RadioSelect
    )
    remark = forms.CharField(
        label=_("Anmerkung"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Lesen die Einladenden.")
    )
    biased = forms.BooleanField(label=_("Ich bin befangen und bewerte diesen Vorschlag nicht."), required=False)


def initial_of_review(review: Review | None) -> dict[str, object]:
    """Give what the form shows of a review."""
    return {name: getattr(review, name) for name in ("score", "remark", "biased")} if review else {"score": None, "remark": "", "biased": False}


class DecisionForm(forms.Form):
    """Which proposals are decided how."""

    proposals = forms.MultipleChoiceField(label=_("Vorschläge"), choices=(), error_messages={"required": _("Wählen Sie mindestens einen Vorschlag.")})
    decision = forms.ChoiceField(label=_("Entscheidung"), choices=_DECISIONS)

    def __init__(self, references: list[str], *args: Any, **kwargs: Any) -> None:
        """Offer the proposals of a call."""
        super().__init__(*args, **kwargs)
        self.fields["proposals"].choices = [(reference, reference) for reference in references]  # type: ignore[attr-defined]
