# SPDX-License-Identifier: EUPL-1.2
"""Forms of how one registers, and of whoever does."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.clock import clock
from asskomm.core.ui.address_field import AddressField
from asskomm.core.ui.watching import WatchingForm
from asskomm.events.domain.gatherings import Terms
from asskomm.events.domain.needs import needs_text
from asskomm.events.domain.queries.origins import recognised_place
from asskomm.events.domain.registering import MOST_COMPANIONS, Applicant, Details
from asskomm.events.enums import Ask, Meal, ParticipantType, Travel
from asskomm.events.interfaces.forms import instant
from asskomm.events.interfaces.question_fields import add_fields, answers_in, check_answers, questions_of
from asskomm.events.models import Gathering, Registration

_OPEN_TO_ALL = [choice for choice in ParticipantType.choices if choice[0] != ParticipantType.SPEAKER]
_ASKED = {Ask.MEAL: ("meal",), Ask.NEEDS: ("needs",), Ask.TRAVEL: ("travel",), Ask.LISTING: ("listed",), Ask.COMPANIONS: ("companions",)}


class TermsForm(WatchingForm):
    """How one registers: from when, what is asked, who decides, and places for some types of participants."""

    registers_from = instant(_("Anmelden ab"), required=False, help_text=_("Leer heißt: sobald die Veranstaltung veröffentlicht ist"))
    approves = forms.BooleanField(label=_("Jede Anmeldung erst ansehen und zusagen"), required=False)
    asks = forms.MultipleChoiceField(
        label=_("Was zusätzlich gefragt wird"),
        required=False,
        choices=Ask,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Jede Frage kostet die Leute Zeit: Fragen Sie nur, was Sie für die Vorbereitung brauchen."),
    )

    wishes_until = instant(
        _("Wünsche für Workshops sammeln bis"),
        required=False,
        help_text=_(
            "Wo drei oder mehr Workshops zur selben Zeit laufen, nennt jede und jeder bis dahin drei Wünsche; danach teilen Sie zu. "
            "Leer heißt, wer zuerst wählt, hat einen Platz."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add a field for each contingent."""
        super().__init__(*args, **kwargs)
        for key, label in ParticipantType.choices:
            self.fields[f"places_{key}"] = forms.IntegerField(label=_("Höchstens für: %(type)s") % {"type": label}, required=False, min_value=0)
        self.fields[f"places_{ParticipantType.values[0]}"].help_text = _(
            "Eine Höchstzahl hält keine Plätze frei. Sollen für jemanden Plätze übrig bleiben, begrenzen Sie alle anderen."
        )

    @property
    def terms(self) -> Terms:
        """What was entered."""
        data = self.cleaned_data
        contingents = {key: data[f"places_{key}"] for key in ParticipantType.values if data[f"places_{key}"] is not None}
        return Terms(data["registers_from"], data["approves"], data["asks"], contingents, data["wishes_until"])


def initial_terms(gathering: Gathering) -> dict[str, object]:
    """Give what the form shows of a gathering."""
    contingents = {f"places_{row.contingent}": row.capacity for row in gathering.places.exclude(contingent="")}
    return {
        "registers_from": gathering.registers_from,
        "approves": gathering.approves,
        "asks": gathering.asks,
        "wishes_until": gathering.wishes_until,
        **contingents,
    }


class DetailsForm(forms.Form):
    """What somebody says about herself, and may change later; asks only what this gathering asks."""

    demands_answers = True
    """Whether what has to be answered has to be answered here."""

    name = forms.CharField(label=_("Vor- und Nachname"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    organisation = forms.CharField(
        label=_("Kommune oder Stelle"), required=False, max_length=160, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    travel = forms.ChoiceField(label=_("Wie reisen Sie an?"), required=False, choices=[("", _("keine Angabe")), *Travel.choices])
    meal = forms.ChoiceField(label=_("Was möchten Sie essen?"), required=False, choices=[("", _("keine Angabe")), *Meal.choices])
    needs = forms.CharField(
        label=_("Was brauchen Sie, um gut teilnehmen zu können?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Zum Beispiel ein Platz für den Rollstuhl, Gebärdensprache, eine Unverträglichkeit. Zwei Wochen nach der Veranstaltung wird es gelöscht."),
    )
    listed = forms.BooleanField(label=_("Mein Name und meine Stelle dürfen auf der Liste für die anderen Teilnehmenden stehen."), required=False)

    def __init__(self, gathering: Gathering, *args: Any, **kwargs: Any) -> None:
        """Leave out what is not asked."""
        super().__init__(*args, **kwargs)
        for ask, names in _ASKED.items():
            if ask not in gathering.asks:
                for name in names:
                    self.fields.pop(name, None)
        self._questions = questions_of(gathering, self._type())
        add_fields(self, self._questions)

    def _type(self) -> str | None:
        """Give the type of whoever changes what she said; `None` where the form asks for it."""
        return str(self.initial["participant_type"]) if "participant_type" in self.initial else None

    def clean(self) -> dict[str, Any]:
        """Hold that she answers what has to be answered."""
        data = super().clean() or {}
        if self.demands_answers:
            check_answers(self, self._questions, self._type() or data.get("participant_type", ""))
        return data

    @property
    def details(self) -> Details:
        """What was entered; empty where nothing was asked."""
        data = self.cleaned_data
        names = ("organisation", "travel", "meal", "needs")
        answers = answers_in(data, self._questions, self._type() or data.get("participant_type", ""))
        return Details(listed=data.get("listed", False), answers=answers, **{name: data.get(name, "") for name in names})


def initial_details(registration: Registration) -> dict[str, object]:
    """Give what the form shows of a registration."""
    needs = getattr(registration, "needs", None)
    said = {"meal": needs.meal, "needs": needs_text(needs)} if needs else {}
    answers = {f"question_{key}": answer for key, answer in registration.answers.items()}
    return {name: getattr(registration, name) for name in ("name", "organisation", "travel", "listed", "participant_type")} | said | answers


class RegisterForm(DetailsForm):
    """Who comes: four fields on a telephone where nothing else is asked."""

    email = AddressField(label=_("E-Mail-Adresse"), help_text=_("Dorthin schicken wir den Link, mit dem Sie bestätigen und sich abmelden können."))
    participant_type = forms.ChoiceField(label=_("Sie kommen für"), choices=_OPEN_TO_ALL)
    companions = forms.CharField(
        label=_("Wen bringen Sie mit?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ein Name je Zeile. Alle E-Mails gehen an Sie."),
    )
    field_order = ("name", "email", "participant_type", "organisation")

    def clean_companions(self) -> list[str]:
        """Give the names."""
        names = [" ".join(line.split()) for line in self.cleaned_data["companions"].splitlines() if line.strip()]
        if len(names) > MOST_COMPANIONS:
            raise forms.ValidationError(_("Höchstens %(most)s Namen auf einmal."), params={"most": MOST_COMPANIONS})
        if any(len(name) > 120 for name in names):
            raise forms.ValidationError(_("Ein Name hat höchstens 120 Zeichen."))
        return names

    @property
    def applicant(self) -> Applicant:
        """Who comes; a municipality is recognised by its name."""
        data = self.cleaned_data
        place = recognised_place(data["organisation"], clock.today()) if data["participant_type"] == ParticipantType.MUNICIPALITY else None
        return Applicant(data["name"], data["email"], data["participant_type"], place, self.details)

    @property
    def brought(self) -> list[str]:
        """Whom she brings."""
        names: list[str] = self.cleaned_data.get("companions", [])
        return names


class EnrolForm(RegisterForm):
    """Somebody who called or wrote, entered by those who invite, who may not know every answer."""

    demands_answers = False

    def __init__(self, gathering: Gathering, *args: Any, **kwargs: Any) -> None:
        """Ask for an address only where there is one; offer every type."""
        super().__init__(gathering, *args, **kwargs)
        self.fields.pop("companions", None)
        self.fields["email"].required = False
        self.fields["email"].help_text = _("Dorthin geht die Bestätigung. Ohne Adresse schreiben wir nicht.")
        self.fields["participant_type"] = forms.ChoiceField(label=_("Kommt für"), choices=ParticipantType)
