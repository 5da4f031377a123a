# SPDX-License-Identifier: EUPL-1.2
"""Pages on which rooms and tracks are renamed, and rooms, tracks and speakers removed."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain import programme_parts as verbs
from asskomm.events.domain.programme import ProgrammeError
from asskomm.events.interfaces.finding import organised_gathering
from asskomm.events.interfaces.programme_forms import RoomForm, TrackForm
from asskomm.events.interfaces.programme_pages import plan_of, saved
from asskomm.events.models import Gathering


@login_required
@in_turn(Gathering, "reference")
def room_change(request: ReaderRequest, reference: str, room: int) -> HttpResponse:
    """Rename a room, or say how many it holds."""
    found = organised_gathering(request, reference)
    row = get_object_or_404(found.rooms, pk=room)
    form = RoomForm(request.POST or None, initial={"name": row.name, "capacity": row.capacity})
    return saved(request, found, form, _("Raum ändern"), lambda: verbs.change_room(row, **form.cleaned_data, by=request.principal))


@login_required
@in_turn(Gathering, "reference")
def track_change(request: ReaderRequest, reference: str, track: int) -> HttpResponse:
    """Rename a track."""
    found = organised_gathering(request, reference)
    row = get_object_or_404(found.tracks, pk=track)
    form = TrackForm(request.POST or None, initial={"name": row.name})
    return saved(request, found, form, _("Themenreihe ändern"), lambda: verbs.change_track(row, form.cleaned_data["name"], by=request.principal))


@login_required
def room_remove(request: ReaderRequest, reference: str, room: int) -> HttpResponse:
    """Ask once, then remove a room."""
    found = organised_gathering(request, reference)
    row = get_object_or_404(found.rooms, pk=room)
    lead = _("„%(name)s“ verschwindet aus dem Plan. Beiträge darin behalten ihre Zeit und haben dann keinen Raum.") % {"name": row.name}
    return _removed(request, found, _("Raum entfernen"), lead, lambda: verbs.remove_part(row, by=request.principal))


@login_required
def track_remove(request: ReaderRequest, reference: str, track: int) -> HttpResponse:
    """Ask once, then remove a track."""
    found = organised_gathering(request, reference)
    row = get_object_or_404(found.tracks, pk=track)
    lead = _("„%(name)s“ verschwindet aus dem Plan. Beiträge darin bleiben und gehören dann zu keiner Themenreihe.") % {"name": row.name}
    return _removed(request, found, _("Themenreihe entfernen"), lead, lambda: verbs.remove_part(row, by=request.principal))


@login_required
def speaker_remove(request: ReaderRequest, reference: str, speaker: str) -> HttpResponse:
    """Ask once, then remove somebody who contributes."""
    found = organised_gathering(request, reference)
    row = get_object_or_404(found.speakers, reference=speaker)
    lead = _("%(name)s steht dann bei keinem Beitrag mehr, und was hier über sie oder ihn eingetragen ist, wird gelöscht.") % {"name": row.name}
    return _removed(request, found, _("Mitwirkende entfernen"), lead, lambda: verbs.remove_speaker(row, by=request.principal))


def _removed(request: ReaderRequest, found: Gathering, title: str, lead: str, verb: Callable[[], None]) -> HttpResponse:
    if request.method == "POST":
        try:
            verb()
        except ProgrammeError as fault:
            messages.error(request, str(fault))
        else:
            messages.success(request, _("Entfernt."))
        return redirect(plan_of(found))
    return render(request, "events/part_remove.html", {"title": title, "lead": lead, "back": plan_of(found)})
