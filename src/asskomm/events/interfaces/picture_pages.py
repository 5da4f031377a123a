# SPDX-License-Identifier: EUPL-1.2
"""Pictures in the documentation: upload with words and consent, show, remove."""

from typing import IO, TYPE_CHECKING, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from asskomm.core.api.throttles import costly
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.events.domain.pictures import add_picture, remove_picture
from asskomm.events.domain.pixels import MOST_BYTES, TAKES, PictureError, too_large
from asskomm.events.interfaces.finding import organised_gathering, visible_gathering
from asskomm.events.interfaces.kept_file import picture_file
from asskomm.events.models import Gathering, Picture

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_ACCEPTED = ",".join(f".{ending}" for endings in TAKES.values() for ending in endings)


class PictureForm(forms.Form):
    """A picture, the words that stand for it, who took it, and that everybody agreed."""

    picture = forms.FileField(
        label=gettext_lazy("Bild"),
        widget=forms.FileInput(attrs={"accept": _ACCEPTED, "data-most": str(MOST_BYTES)}),
        help_text=gettext_lazy("JPEG, PNG oder WebP, höchstens 15 MB. Wir verkleinern es und entfernen Ort und Zeit der Aufnahme."),
        error_messages={"empty": gettext_lazy("Die Datei ist leer.")},
    )
    alternative = forms.CharField(
        label=gettext_lazy("Was zu sehen ist"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Für Menschen, die es nicht sehen, zum Beispiel: Acht Menschen an einem runden Tisch im Ratssaal."),
    )
    credit = forms.CharField(label=gettext_lazy("Wer fotografiert hat"), max_length=120)
    agreed = forms.BooleanField(
        label=gettext_lazy("Alle, die auf dem Bild zu erkennen sind, haben zugestimmt, dass es gezeigt wird."),
        error_messages={"required": gettext_lazy("Ein Bild darf nur gezeigt werden, wenn alle zugestimmt haben, die darauf zu erkennen sind.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Let the page say at once that a file is too large."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["picture"].widget.attrs["data-told"] = too_large()


@login_required
@costly
def pictures(request: ReaderRequest, reference: str) -> HttpResponse:
    """List the pictures, and add one."""
    found = organised_gathering(request, reference)
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _added(request, found, form):
        return redirect("events:pictures", found.reference)
    speakers = found.speakers.order_by("name", "pk")
    context = {
        "gathering": found,
        "form": form,
        "pictures": found.pictures.select_related("gathering"),
        "against": list(speakers.filter(photo_consent=False)),
        "agreed": list(speakers.filter(photo_consent=True)),
    }
    return render(request, "events/pictures.html", context, status=422 if form.errors else 200)


@require_safe
def picture(request: ReaderRequest, reference: str, picture: str) -> FileResponse:
    """Give a picture to whoever reads the documentation."""
    found = visible_gathering(request, reference)
    if found.documented_at is None and not allowed("events.change", request.principal, found):
        raise Http404
    return picture_file(get_object_or_404(found.pictures, reference=picture))


@login_required
def remove(request: ReaderRequest, reference: str, picture: str) -> HttpResponse:
    """Ask once, then remove a picture."""
    found = organised_gathering(request, reference)
    row = get_object_or_404(Picture.objects.select_related("gathering"), gathering=found, reference=picture)
    if request.method == "POST":
        remove_picture(row, by=request.principal)
        messages.success(request, _("Das Bild ist entfernt."))
        return redirect("events:pictures", found.reference)
    return render(request, "events/picture_remove.html", {"gathering": found, "picture": row})


def _added(request: ReaderRequest, found: Gathering, form: PictureForm) -> bool:
    data = form.cleaned_data
    file = cast("UploadedFile[bytes]", data["picture"])
    said = {name: data[name] for name in ("alternative", "credit", "agreed")}
    try:
        add_picture(found, file.name or "", cast("IO[bytes]", file.file), **said, by=request.principal)
    except PictureError as fault:
        form.add_error("picture", str(fault))
        return False
    messages.success(request, _("Das Bild ist da. Gezeigt wird es mit der Dokumentation."))
    return True
