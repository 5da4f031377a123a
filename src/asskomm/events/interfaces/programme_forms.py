# SPDX-License-Identifier: EUPL-1.2
"""Forms of those who plan a programme."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.ui.address_field import AddressField
from asskomm.core.ui.watching import WatchingForm
from asskomm.events.domain.programme import SessionFacts, Slot, SpeakerFacts
from asskomm.events.enums import Level, SessionKind
from asskomm.events.interfaces.forms import FOR_WHOM, instant
from asskomm.events.models import Gathering, MeetingRoom, Session, Speaker, Track
from asskomm.library.models import FieldOfAction

_LANGUAGES = (("", _("Deutsch")), ("en", _("Englisch")), ("cs", _("Tschechisch")), ("pl", _("Polnisch")))
_LONGEST_MINUTES, _USUAL_MINUTES, _MOST_SEATS = 720, 45, 20_000


class RoomForm(WatchingForm):
    """A room of the house."""

    name = forms.CharField(label=_("Name"), max_length=80)
    capacity = forms.IntegerField(label=_("Plätze"), required=False, min_value=1, max_value=_MOST_SEATS, help_text=_("Leer heißt, es passen alle hinein."))


class TrackForm(WatchingForm):
    """A track."""

    name = forms.CharField(label=_("Name"), max_length=80)


class SpeakerForm(WatchingForm):
    """Somebody who contributes."""

    name = forms.CharField(label=_("Vor- und Nachname"), max_length=120)
    email = AddressField(label=_("E-Mail-Adresse"), required=False, help_text=_("Sehen nur Sie; acht Wochen nach der Veranstaltung wird sie gelöscht."))
    organisation = forms.CharField(label=_("Kommune oder Stelle"), required=False, max_length=160)
    participant_type = forms.ChoiceField(label=_("Spricht für"), required=False, choices=FOR_WHOM)
    level = forms.ChoiceField(label=_("Ebene"), required=False, choices=[("", _("keine Angabe")), *Level.choices])
    biography = forms.CharField(
        label=_("Zur Person"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Acht Wochen nach der Veranstaltung wird es gelöscht, auch im Programm."),
    )
    photo_consent = forms.BooleanField(label=_("Fotos von ihr oder ihm dürfen gezeigt werden"), required=False, help_text=_("Höchstens fünf Jahre lang."))

    @property
    def facts(self) -> SpeakerFacts:
        """What was entered."""
        return SpeakerFacts(**{name: self.cleaned_data[name] for name in _SPEAKER})


_SPEAKER = ("name", "email", "organisation", "participant_type", "level", "biography", "photo_consent")


def initial_of_speaker(speaker: Speaker) -> dict[str, object]:
    """Give what the form shows of somebody who contributes."""
    return {name: getattr(speaker, name) for name in _SPEAKER}


class SessionForm(WatchingForm):
    """What a session is about."""

    kind = forms.ChoiceField(label=_("Was ist es?"), choices=SessionKind, initial=SessionKind.TALK)
    title = forms.CharField(label=_("Titel"), max_length=200)
    abstract = forms.CharField(label=_("Worum es geht"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    language = forms.ChoiceField(label=_("Sprache"), required=False, choices=_LANGUAGES)
    track = forms.ModelChoiceField(label=_("Themenreihe"), required=False, queryset=Track.objects.none(), empty_label=_("keine"))
    speakers = forms.ModelMultipleChoiceField(
        label=_("Mitwirkende"), required=False, queryset=Speaker.objects.none(), widget=forms.CheckboxSelectMultiple, to_field_name="reference"
    )
    places = forms.IntegerField(
        label=_("Plätze"),
        required=False,
        min_value=1,
        max_value=_MOST_SEATS,
        help_text=_("Leer heißt, alle können kommen. Sonst wählt man den Beitrag nach der Anmeldung; sind alle Plätze vergeben, entsteht eine Warteliste."),
    )
    fields_of_action = forms.ModelMultipleChoiceField(
        label=_("Themen"), required=False, queryset=FieldOfAction.objects.all(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, gathering: Gathering, *args: Any, **kwargs: Any) -> None:
        """Offer what belongs to the gathering."""
        super().__init__(*args, **kwargs)
        self.fields["track"].queryset = gathering.tracks.all()  # type: ignore[attr-defined]
        self.fields["speakers"].queryset = gathering.speakers.all()  # type: ignore[attr-defined]

    @property
    def facts(self) -> SessionFacts:
        """What was entered; those who contribute stay in the order in which they stood."""
        data = self.cleaned_data
        before = list(self.initial.get("speakers", ()))
        speakers = sorted(data["speakers"], key=lambda speaker: before.index(speaker.reference) if speaker.reference in before else len(before))
        return SessionFacts(data["kind"], data["title"], data["abstract"], data["language"], data["track"], list(data["fields_of_action"]), speakers)


def initial_of_session(session: Session) -> dict[str, object]:
    """Give what the form shows of a session."""
    return {
        **{name: getattr(session, name) for name in ("kind", "title", "abstract", "language")},
        "track": session.track_id,
        "places": session.places.capacity if hasattr(session, "places") else None,
        "speakers": [speaking.speaker.reference for speaking in session.speakings.select_related("speaker")],
        "fields_of_action": [field.key for field in session.fields.all()],
    }


class SlotForm(forms.Form):
    """When and where: the way by keyboard, which dragging fills in too."""

    room = forms.ModelChoiceField(label=_("Raum"), required=False, queryset=MeetingRoom.objects.none(), empty_label=_("noch offen"))
    starts_at = instant(_("Beginn"), required=False, help_text=_("Leer heißt, der Beitrag hat noch keine Zeit."))
    minutes = forms.IntegerField(label=_("Minuten"), min_value=5, max_value=_LONGEST_MINUTES, initial=_USUAL_MINUTES)

    def __init__(self, gathering: Gathering, *args: Any, **kwargs: Any) -> None:
        """Offer the rooms of the house."""
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = gathering.rooms.all()  # type: ignore[attr-defined]

    @property
    def slot(self) -> Slot | None:
        """What was entered; `None` without a begin."""
        begin = self.cleaned_data["starts_at"]
        return Slot(begin, begin + dt.timedelta(minutes=self.cleaned_data["minutes"]), self.cleaned_data["room"]) if begin else None


def slot_form_of(session: Session) -> SlotForm:
    """Give the form with what a session has, its fields named apart from those of other sessions."""
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60) if session.starts_at and session.ends_at else _USUAL_MINUTES
    initial = {"room": session.room_id, "starts_at": session.starts_at, "minutes": minutes}
    return SlotForm(session.gathering, initial=initial, auto_id=f"{session.reference}-%s")


class ReleaseForm(forms.Form):
    """What is different in a new version."""

    notes = forms.CharField(
        label=_("Was ist neu?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Steht im Programm unter „Änderungen“. Vorgeschlagen ist, was sich seit der letzten Fassung geändert hat."),
    )
    knowing_conflicts = forms.BooleanField(label=_("Trotz der Widersprüche veröffentlichen"), required=False)
