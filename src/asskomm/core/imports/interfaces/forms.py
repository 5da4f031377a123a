# SPDX-License-Identifier: EUPL-1.2
"""The form that takes a file, or what was copied from a spreadsheet."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.imports.registry import IMPORTERS
from asskomm.core.visibility import Principal, allowed


class UploadForm(forms.Form):
    """A file or a pasted table, and what it is."""

    all_optional = True
    file = forms.FileField(label=gettext_lazy("Datei"), required=False, allow_empty_file=True)
    pasted = forms.CharField(
        label=gettext_lazy("Oder aus Excel einfügen"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Zeilen in Excel markieren, kopieren, hier einfügen; die Überschriften gehören dazu."),
    )
    importer = forms.ChoiceField(label=gettext_lazy("Art der Daten"), required=False)

    def __init__(self, principal: Principal, *args: Any, **more: Any) -> None:
        """Offer what the reader may read in."""
        super().__init__(*args, **more)
        choices = [(importer.key, importer.name) for importer in IMPORTERS if allowed(importer.rule, principal)]
        self.fields["importer"].choices = [("", _("selbst erkennen")), *choices]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Refuse a file over the limit; the announced length was looked at before a byte was read."""
        file = self.cleaned_data["file"]
        if file and file.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(_("Die Datei ist größer als %(limit)s MB.") % {"limit": settings.UPLOAD_LIMIT // 1024**2})
        return file

    def clean(self) -> dict[str, Any]:
        """Want one of both."""
        data = super().clean() or {}
        if not self.errors and bool(data.get("file")) == bool(data.get("pasted", "").strip()):
            self.add_error("file", _("Wählen Sie eine Datei, oder fügen Sie eine Tabelle ein."))
        return data
