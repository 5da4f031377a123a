# SPDX-License-Identifier: EUPL-1.2
"""Enter an event in under a minute; upload a file of events."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.alliance.domain.drafts import EventDraft, RefusalError, fingerprint
from asskomm.alliance.domain.wording import read_amount, read_detail
from asskomm.alliance.enums import Confirmation, ReportedBy
from asskomm.alliance.measures import MEASURES
from asskomm.alliance.models import Event, EventKind
from asskomm.alliance.rules import REPORTING
from asskomm.core.clock import Span, SpanError, clock
from asskomm.core.ui.day_field import DayField
from asskomm.core.ui.watching import WatchingForm
from asskomm.core.visibility import Principal, Role, Visibility
from asskomm.library.models import FieldOfAction
from asskomm.people.models import Organisation
from asskomm.territory.domain.queries.names import MunicipalityFinder, UnknownPlaceError
from asskomm.territory.models import Municipality

_COLUMNS = {"amount": "amount", "valid_until": "valid_until", "detail": "detail", "municipality": "places", "date": "date", "kind": "kind"}
Words = str | Promise


class EventForm(WatchingForm):
    """What happened, when, where; everything else may stay empty."""

    kind = forms.ModelChoiceField(label=gettext_lazy("Was ist geschehen?"), queryset=EventKind.objects.all(), empty_label=gettext_lazy("bitte wählen"))
    date = forms.CharField(label=gettext_lazy("Wann?"), max_length=30, help_text=gettext_lazy("Tag, Monat oder Jahr: 14.09.2023, September 2023 oder 2023"))
    places = forms.CharField(label=gettext_lazy("Wo?"), required=False, max_length=1000, help_text=gettext_lazy("Name der Kommune; mehrere durch | trennen"))
    visibility = forms.ChoiceField(label=gettext_lazy("Sichtbar für"), choices=Visibility.choices, initial=Visibility.ALLIANCE)
    partners = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Genannte Partner"),
        required=False,
        queryset=Organisation.objects.exclude(kind="municipality"),
        help_text=gettext_lazy("Nur bei „genannte Partner“: wer es außer Ihnen sehen darf"),
    )
    parties = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Weitere Beteiligte"), required=False, queryset=Organisation.objects.exclude(kind="municipality")
    )
    fields_of_action = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Handlungsfelder"), required=False, queryset=FieldOfAction.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    amount = forms.CharField(
        label=gettext_lazy("Betrag in Euro"), required=False, max_length=30, help_text=gettext_lazy("Nur bei Geld, zum Beispiel 12.500,00")
    )
    valid_until = DayField(
        label=gettext_lazy("Gilt bis"), required=False, help_text=gettext_lazy("Nur bei Vereinbarungen. Sechs, drei und einen Monat vorher erinnern wir.")
    )
    detail = forms.CharField(
        label=gettext_lazy("Notiz und Zahlen"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Zum Beispiel: Teilnehmende=24; gute Stimmung"),
    )
    document_url = forms.URLField(label=gettext_lazy("Adresse eines Dokuments"), required=False, assume_scheme="https")
    source = forms.CharField(label=gettext_lazy("Quelle"), required=False, max_length=300)

    again = forms.BooleanField(label=gettext_lazy("Trotzdem noch einmal eintragen"), required=False)

    def __init__(self, *args: Any, principal: Principal, correcting: bool = False, **kwargs: Any) -> None:
        """Know who enters, and whether she corrects."""
        super().__init__(*args, **kwargs)
        self.principal = principal
        self.correcting = correcting
        self.twice = False
        self.draft: EventDraft | None = None

    def clean(self) -> dict[str, Any]:
        """Make the draft, each refusal at its field."""
        data = super().clean()
        if not self.errors:
            try:
                self.draft = self._draft(data)
                self.draft.check(clock.today())
                self._refuse_twice(self.draft, again=bool(data.get("again")))
            except RefusalError as fault:
                self.add_error(_COLUMNS.get(fault.field), str(fault))
        return data

    def _refuse_twice(self, draft: EventDraft, *, again: bool) -> None:
        same = (
            Event.objects.current()
            .visible_to(self.principal)
            .filter(kind=draft.kind, counts_from=draft.span.last)
            .prefetch_related("municipalities", "parties")
        )
        self.twice = not self.correcting and any(fingerprint(event) == draft.fingerprint for event in same)
        if self.twice and not again:
            raise RefusalError(
                "", _("Dieses Ereignis ist schon eingetragen. Gab es an diesem Tag wirklich zwei, kreuzen Sie unten „Trotzdem noch einmal eintragen“ an.")
            )

    def _draft(self, data: dict[str, Any]) -> EventDraft:
        span = self._span(data["date"])
        municipalities = self._municipalities(data["places"], span)
        measures, note = read_detail(data["detail"])
        council = self.principal.has(Role.STATE_COUNCIL)
        return EventDraft(
            kind=data["kind"],
            span=span,
            owner=self._owner(municipalities),
            municipalities=municipalities,
            parties=tuple(data["parties"]),
            fields=tuple(data["fields_of_action"]),
            reported_by=ReportedBy.STATE_COUNCIL if council else ReportedBy.MUNICIPALITY,
            status=Confirmation.CONFIRMED if council else Confirmation.REPORTED,
            amount=read_amount(data["amount"]),
            measures=measures,
            valid_until=data["valid_until"],
            note=note,
            document_url=data["document_url"],
            source=data["source"],
            visibility=Visibility(data["visibility"]),
            partners=tuple(data["partners"]) if data["visibility"] == Visibility.PARTNERS else (),
        )

    def _span(self, text: str) -> Span:
        try:
            return Span.parse(text)
        except SpanError as fault:
            raise RefusalError("date", str(fault)) from None

    def _municipalities(self, text: str, span: Span) -> tuple[Municipality, ...]:
        finder = MunicipalityFinder.load()
        try:
            return tuple(dict.fromkeys(finder.find(name, span.first) for name in (part.strip() for part in text.split("|")) if name))
        except UnknownPlaceError as fault:
            raise RefusalError("municipality", str(fault), fault.nearest) from None

    def _owner(self, municipalities: tuple[Municipality, ...]) -> Organisation:
        own = Organisation.objects.filter(pk__in=self.principal.houses(*REPORTING))
        fitting = own.filter(municipality__in=municipalities).first() or own.filter(kind="state_council").first() or own.first()
        if fitting is None:
            raise RefusalError("", _("Sie haben zurzeit keine Funktion, in der Sie Ereignisse eintragen können."))
        return fitting


def initial_of(event: Event) -> dict[str, Any]:
    """Give the content of an event as the form's first content."""
    measures = [f"{MEASURES.get(name, name)}={value}" for name, value in event.measures.items()]
    return {
        "kind": event.kind_id,
        "date": str(event.span),
        "places": " | ".join(m.ags if m.valid_to < clock.today() else _unique(m) for m in event.municipalities.select_related("district")),
        "visibility": event.visibility,
        "partners": [share.organisation_id for share in event.shares.all()],
        "parties": [o.pk for o in event.parties.all()],
        "fields_of_action": [f.pk for f in event.fields.all()],
        "amount": f"{event.amount:.2f}".replace(".", ",") if event.amount is not None else "",
        "valid_until": event.valid_until,
        "detail": "; ".join([*measures, event.note] if event.note else measures),
        "document_url": event.document_url,
        "source": event.source,
    }


def _unique(place: Municipality) -> str:
    return f"{place.name} ({place.district.name})"
