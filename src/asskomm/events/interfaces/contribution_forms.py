# SPDX-License-Identifier: EUPL-1.2
"""What somebody who is asked to contribute fills in by her link: five fields first, the rest folded."""

from typing import IO, TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.clock import clock
from asskomm.core.ui.watching import WatchingForm
from asskomm.events.domain.contributing import Contribution
from asskomm.events.domain.expenses import Claim, claim_of
from asskomm.events.domain.slides import KINDS, MOST_BYTES, SlidesError, check_slides, too_large
from asskomm.events.models import Invitation, Slides

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

FIRST = ("title", "abstract", "biography", "technology", "photo_consent")
FOR_WHOM = "organisation"
MONEY = ("fee", "travel")
SLIDES = ("slides", "documented", "remove")


class ContributionForm(WatchingForm):
    """Her session, herself, what she needs, and her slides."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    abstract = forms.CharField(label=_("Worum es geht"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    organisation = forms.CharField(
        label=_("Für wen sprechen Sie?"), required=False, max_length=160, help_text=_("Ihre Kommune oder Stelle, wie sie im Programm stehen soll.")
    )
    biography = forms.CharField(
        label=_("Zur Person"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ein paar Sätze für das Programm. Acht Wochen nach der Veranstaltung werden sie gelöscht."),
    )
    technology = forms.CharField(
        label=_("Welche Technik brauchen Sie?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Zum Beispiel Beamer, Ton, ein Flipchart, ein eigener Rechner."),
    )
    photo_consent = forms.BooleanField(label=_("Fotos von mir dürfen gezeigt werden."), required=False, help_text=_("Höchstens fünf Jahre lang."))
    fee = forms.DecimalField(
        label=_("Honorar in Euro"), required=False, min_value=0, max_value=99_999, max_digits=7, decimal_places=2, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}), help_text=_("Leer heißt, Sie nehmen keines."),
    )  # fmt: skip
    travel = forms.CharField(
        label=_("Anreise und Übernachtung"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wie Sie kommen, was wir buchen oder erstatten sollen."),
    )
    slides = forms.FileField(
        label=_("Folien"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in KINDS)}),
        help_text=_("PDF, ODP oder PPTX, höchstens 15 MB. Eine neue Datei ersetzt die alte."),
        error_messages={"empty": _("Die Datei ist leer.")},
    )
    documented = forms.BooleanField(
        label=_("Meine Folien dürfen nach der Veranstaltung in die Dokumentation."), required=False, help_text=_("Dort stehen sie fünf Jahre.")
    )
    remove = forms.BooleanField(label=_("Folien löschen"), required=False)

    def __init__(self, invitation: Invitation, slides: Slides | None, *args: Any, **kwargs: Any) -> None:
        """Leave out what can be changed no more."""
        super().__init__(*args, initial=initial_of_contribution(invitation), **kwargs)
        self.fields["slides"].widget.attrs |= {"data-most": str(MOST_BYTES), "data-told": too_large()}
        if invitation.speaker.organisation:
            del self.fields["organisation"]
        if slides is None:
            del self.fields["remove"]
        if not invitation.is_open(clock.now()):
            for name in (*FIRST, FOR_WHOM, *MONEY):
                self.fields.pop(name, None)

    def clean_slides(self) -> "UploadedFile[bytes] | None":
        """Refuse what is no presentation."""
        file = cast("UploadedFile[bytes] | None", self.cleaned_data["slides"])
        if file:
            try:
                check_slides(file.name or "", file.size or 0, cast("IO[bytes]", file.file))
            except SlidesError as fault:
                raise forms.ValidationError(str(fault)) from None
        return file

    @property
    def first(self) -> list[forms.BoundField]:
        """What everybody fills in."""
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def folded(self) -> list[forms.BoundField]:
        """What only some need."""
        return [self[name] for name in (FOR_WHOM, *MONEY, *SLIDES) if name in self.fields]

    @property
    def unfolded(self) -> bool:
        """Whether the rest is shown at once: something stands there, does not fit, or is all that there is."""
        return not self.first or any(field.errors or field.value() for field in self.folded)

    @property
    def contribution(self) -> Contribution:
        """What was entered."""
        data = self.cleaned_data
        return Contribution(**{name: data[name] for name in (*FIRST, FOR_WHOM) if name in data}, claim=Claim(data["fee"], data["travel"].strip()))


def initial_of_contribution(invitation: Invitation) -> dict[str, object]:
    """Give what the form shows of an invitation."""
    claim = claim_of(invitation)
    said = {"title": invitation.session.title, "abstract": invitation.session.abstract, "technology": invitation.technology}
    own = {"biography": invitation.speaker.biography, "photo_consent": invitation.speaker.photo_consent}
    return {**said, **own, "fee": claim.fee, "travel": claim.travel, "documented": invitation.documented}
