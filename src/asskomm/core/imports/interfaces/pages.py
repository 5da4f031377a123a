# SPDX-License-Identifier: EUPL-1.2
"""Read data in: upload or paste, preview, take over, undo."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from asskomm.core.estimates import Estimate
from asskomm.core.exports import Column, Sheet, export
from asskomm.core.imports.domain import door
from asskomm.core.imports.domain.looking import note_look
from asskomm.core.imports.domain.queries.batches import batches_of
from asskomm.core.imports.domain.queries.same import taken_before
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.interfaces.forms import UploadForm
from asskomm.core.imports.models import Batch
from asskomm.core.imports.registry import IMPORTERS, Importer
from asskomm.core.imports.table import TableError
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest, allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOVING = (BatchState.READING, BatchState.COMMITTING, BatchState.UNDOING)
_NEWEST = 10
_REJECTED_COLUMNS = (
    Column("row", gettext_lazy("Zeile"), gettext_lazy("Nummer der Zeile in der Datei")),
    Column("column", gettext_lazy("Spalte"), gettext_lazy("Spalte, an der es liegt")),
    Column("value", gettext_lazy("Wert"), gettext_lazy("Was dort steht")),
    Column("reason", gettext_lazy("Grund"), gettext_lazy("Warum die Zeile nicht übernommen wurde")),
    Column("nearest", gettext_lazy("Nächster gültiger Wert"), gettext_lazy("Was gemeint sein könnte")),
)


def _usable(request: ReaderRequest) -> list[Importer]:
    """Give the importers that the reader may use.

    Raises
    ------
        PermissionDenied: there is none.
    """
    usable = [importer for importer in IMPORTERS if allowed(importer.rule, request.principal)]
    if not usable:
        raise PermissionDenied
    return usable


@login_required
def upload(request: ReaderRequest) -> HttpResponse:
    """Take a file or a pasted table; list what can be read in and what was."""
    usable = _usable(request)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(request.principal, *given)
    if given and form.is_valid():
        try:
            return redirect(_received(request, form))
        except TableError as fault:
            form.add_error("file" if form.cleaned_data["file"] else "pasted", str(fault))
    newest = batches_of(request.principal)[:_NEWEST]
    context = {"form": form, "importers": usable, "limit": settings.UPLOAD_LIMIT // 1024**2, "batches": newest}
    return render(request, "imports/upload.html", context, status=422 if form.errors else 200)


def _received(request: ReaderRequest, form: UploadForm) -> Batch:
    data = form.cleaned_data
    name = data["file"].name if data["file"] else _("eingefügte Tabelle")
    blocks: Iterator[bytes] = data["file"].chunks() if data["file"] else iter([data["pasted"].encode()])
    return door.receive(name, blocks, by=request.principal, importer=data["importer"])


def _visible(request: ReaderRequest, reference: str) -> Batch:
    return get_object_or_404(batches_of(request.principal), reference=reference)


@login_required
def batch(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show how far a file is, what it would do, or what it did; a part of the page asks again while something runs."""
    shown = _visible(request, reference)
    note_look(shown, by=request.principal)
    moving = shown.state in _MOVING and shown.job is not None and not shown.job.ended
    if request.headers.get("HX-Request") == "true":
        answer = render(request, "imports/moving.html", {"batch": shown, "moving": moving})
        if not moving:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "imports/batch.html", {"batch": shown, "moving": moving, **_details(request, shown)})


def _details(request: ReaderRequest, shown: Batch) -> dict[str, object]:
    labels = {key: str(label) for key, label in shown.kind.columns.items()}
    page = page_of_rows(request, shown.rejections.all())
    same = taken_before(shown, request.principal)
    return {
        "counts": {name: Estimate(getattr(shown, name)) for name in ("accepted", "rejected", "duplicates", "written")},
        "repairs": [(text, Estimate(count)) for text, count in shown.repairs.items()],
        "page": page,
        "faults": Estimate(shown.rejections.filter(row__gt=0).count()) if page.length != shown.rejected else None,
        "rejections": [(rejection, labels.get(rejection.column, rejection.column)) for rejection in page],
        "same": same,
        "same_at": same and (same if same.account == request.principal.account else same.source),
        "options": [(name, option, shown.options.get(name, option.default)) for name, option in shown.kind.options.items()],
        "obstacles": shown.kind.obstacles(shown)[:1] if shown.state == BatchState.LIVE else [],
        "may_take_over": shown.state == BatchState.COMMITTING or (shown.state == BatchState.READY and shown.accepted > 0),
        "stuck": shown.job is not None and shown.job.ended,
    }


@login_required
def rejections(request: ReaderRequest, reference: str) -> HttpResponse:
    """Give the rows that were not taken over as a table, to be put right and read in again."""
    shown = _visible(request, reference)
    note_look(shown, by=request.principal)
    labels = {key: str(label) for key, label in shown.kind.columns.items()}
    rows = ((r.row or None, labels.get(r.column, r.column), r.value, r.reason, r.nearest) for r in shown.rejections.iterator())
    return export(Sheet(_("Nicht übernommen"), _REJECTED_COLUMNS, rows), "excel.csv", f"nicht-uebernommen-{shown.reference}")


def _asked(request: ReaderRequest, verb: "Callable[..., object]", shown: Batch, **more: object) -> bool:
    """Do what a button asks for; false, with the sentence as a message, where it cannot be."""
    try:
        verb(shown, by=request.principal, **more)
    except door.DoorError as fault:
        messages.error(request, str(fault))
        return False
    return True


@login_required
@require_POST
def take_over(request: ReaderRequest, reference: str) -> HttpResponse:
    """Write the accepted rows."""
    shown = _visible(request, reference)
    _asked(request, door.take_over, shown, options={name: request.POST[name] for name in shown.kind.options if name in request.POST})
    return redirect(shown)


@login_required
@require_POST
def undo(request: ReaderRequest, reference: str) -> HttpResponse:
    """Undo what the file made."""
    shown = _visible(request, reference)
    _asked(request, door.undo, shown)
    return redirect(shown)


@login_required
@require_POST
def drop(request: ReaderRequest, reference: str) -> HttpResponse:
    """Forget the file."""
    shown = _visible(request, reference)
    if not _asked(request, door.drop, shown):
        return redirect(shown)
    messages.success(request, _("Die Datei ist verworfen, nichts wurde übernommen."))
    return redirect("imports:upload")


@login_required
def sample(request: ReaderRequest, importer: str) -> HttpResponse:
    """Give a file to start from."""
    found = next((usable for usable in _usable(request) if usable.key == importer), None)
    if found is None:
        raise Http404
    name, content = found.sample()
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
