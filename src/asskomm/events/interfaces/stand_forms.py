# SPDX-License-Identifier: EUPL-1.2
"""Forms of whoever applies for a stand or a poster, and of what she hands in later."""

from typing import IO, TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.ui.address_field import AddressField
from asskomm.core.ui.watching import WatchingForm
from asskomm.events.domain.applying import MOST_TABLES, Shown
from asskomm.events.domain.pixels import MOST_BYTES
from asskomm.events.domain.poster_files import ENDINGS, PosterError, check_poster, too_large
from asskomm.events.enums import StandKind
from asskomm.events.models import Fair, Stand, StandFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

SHOWN = ("organisation", "title", "summary", "name", "tables", "power", "note")
POSTER = ("poster", "alternative", "remove")


class ShownForm(WatchingForm):
    """What she shows, and what she needs in the hall."""

    organisation = forms.CharField(label=_("Kommune, Verein oder Stelle"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "organization"}))
    title = forms.CharField(label=_("Titel"), max_length=160, help_text=_("Zum Beispiel: Sicher zur Schule – Ergebnisse aus drei Orten"))
    summary = forms.CharField(
        label=_("Worum es geht"), max_length=1500, widget=forms.Textarea(attrs={"rows": 5}), help_text=_("Ein paar Sätze, die später alle lesen.")
    )
    name = forms.CharField(label=_("Ihr Vor- und Nachname"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    tables = forms.IntegerField(label=_("Wie viele Tische brauchen Sie?"), min_value=0, max_value=MOST_TABLES, initial=1)
    power = forms.BooleanField(label=_("Wir brauchen Strom."), required=False)
    note = forms.CharField(
        label=_("Was brauchen Sie noch?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Zum Beispiel eine Stellwand, Platz für ein Rollup von 2 m, einen ruhigen Ort."),
    )

    @property
    def shown(self) -> Shown:
        """What was entered."""
        return Shown(**{name: self.cleaned_data[name] for name in SHOWN})


class ApplyForm(ShownForm):
    """The same from somebody whom nobody knows yet."""

    kind = forms.ChoiceField(label=_("Was möchten Sie zeigen?"), choices=StandKind, widget=forms.RadioSelect)
    email = AddressField(
        label=_("E-Mail-Adresse"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Dorthin schicken wir den Link, mit dem Sie alles ändern oder zurückziehen können."),
    )
    agreed = forms.BooleanField(
        label=_("Organisation, Titel, Text und Poster dürfen auf der Seite der Veranstaltung stehen, wenn wir einen Platz bekommen."),
        error_messages={"required": _("Ohne diese Zustimmung können wir Ihre Bewerbung nicht annehmen.")},
    )
    website = forms.CharField(label=_("Bitte leer lassen"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))
    field_order = ("kind", "organisation", "title", "summary", "name", "email", "tables", "power", "note", "agreed")

    def __init__(self, fair: Fair, *args: Any, **kwargs: Any) -> None:
        """Offer what there is room for; where it is one kind only it is chosen."""
        super().__init__(*args, **kwargs)
        kinds = [(row.kind, row.get_kind_display()) for row in fair.places.filter(capacity__gt=0)]
        cast("forms.ChoiceField", self.fields["kind"]).choices = kinds
        self.fields["kind"].initial = kinds[0][0] if len(kinds) == 1 else None

    @property
    def asked(self) -> list[forms.BoundField]:
        """What people see."""
        return [field for field in self.visible_fields() if field.name != "website"]

    @property
    def is_trapped(self) -> bool:
        """Whether a field is filled in that nobody sees, as programs do that fill in all there is."""
        return bool(self.cleaned_data["website"])


class StandForm(ShownForm):
    """The same by the link; for a poster also its file."""

    poster = forms.FileField(
        label=_("Poster als Datei"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
        help_text=_("PDF, JPEG, PNG oder WebP, höchstens 15 MB. Eine neue Datei ersetzt die alte. Aus Bildern entfernen wir Ort und Zeit der Aufnahme."),
        error_messages={"empty": _("Die Datei ist leer.")},
    )
    alternative = forms.CharField(
        label=_("Das Poster in Worten"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Für Menschen, die es nicht sehen: Was steht darauf, was zeigen Bilder und Zahlen?"),
    )
    remove = forms.BooleanField(label=_("Datei löschen"), required=False)

    def __init__(self, stand: Stand, *args: Any, **kwargs: Any) -> None:
        """Show what she said; a stand has no file."""
        self.file: StandFile | None = getattr(stand, "file", None)
        super().__init__(*args, initial=initial_of_stand(stand), **kwargs)
        self.fields["poster"].widget.attrs |= {"data-most": str(MOST_BYTES), "data-told": too_large()}
        gone = () if stand.kind == StandKind.POSTER else POSTER
        for name in gone or (() if self.file else ("remove",)):
            del self.fields[name]

    def clean_poster(self) -> "UploadedFile[bytes] | None":
        """Refuse what is no poster; what a picture is made of shows when it is made anew."""
        file = cast("UploadedFile[bytes] | None", self.cleaned_data["poster"])
        if file:
            try:
                check_poster(file.name or "", cast("IO[bytes]", file.file))
            except PosterError as fault:
                raise forms.ValidationError(str(fault)) from None
        return file

    def clean(self) -> dict[str, Any]:
        """Hold that a poster stands there in words too."""
        data = super().clean()
        shown = data.get("poster") or (self.file and not data.get("remove"))
        if shown and "alternative" in data and not data["alternative"]:
            self.add_error("alternative", _("Beschreiben Sie das Poster in Worten, damit es alle lesen können."))
        return data


def initial_of_stand(stand: Stand) -> dict[str, object]:
    """Give what the form shows of an application."""
    file: StandFile | None = getattr(stand, "file", None)
    return {name: getattr(stand, name) for name in SHOWN} | ({"alternative": file.alternative if file else ""} if stand.kind == StandKind.POSTER else {})
