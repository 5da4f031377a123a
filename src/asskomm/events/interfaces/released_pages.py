# SPDX-License-Identifier: EUPL-1.2
"""The released programme as the public reads it: page, session, speaker, calendars, and files for other programs."""

import hashlib
from collections.abc import Iterable

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

import asskomm
from asskomm.core.calendar import Entry
from asskomm.core.calendar.ics import answer_with
from asskomm.core.clock import clock
from asskomm.core.ui.kept import is_stranger, render_kept, same_for_strangers
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain.programme_content import Part, Programme
from asskomm.events.domain.queries.changes import where_and_when
from asskomm.events.domain.queries.standing import session_places_line
from asskomm.events.domain.slides import shown_slides
from asskomm.events.enums import SessionKind
from asskomm.events.interfaces.finding import visible_gathering
from asskomm.events.interfaces.programme_drawing import CHOICES, Choice, Moment, drawn_programme, programme_of, session_url
from asskomm.events.interfaces.schedule_files import schedule_json, schedule_xml
from asskomm.events.interfaces.slides_file import slides_file
from asskomm.events.models import Gathering, ProgrammeVersion

_KEPT = 60


@require_safe
@same_for_strangers
def programme(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show the last version by day and time; a reader without an account who has it already is told so in one line."""
    version = _version(request, reference)
    if version is None:
        return render(request, "events/programme.html", {"gathering": visible_gathering(request, reference), "drawn": None})
    found = version.gathering
    choice = Choice(*(request.GET.get(name, "") for name in CHOICES))
    now, soon = _moments(found, version, choice)
    context = {"gathering": found, "now": now, "soon": soon}
    if not is_stranger(request):
        return render(request, "events/programme.html", context | {"drawn": drawn_programme(found, version, choice)})
    etag = _etag(found, version, choice, [*now, *soon])
    if (known := get_conditional_response(request, etag=etag)) is not None:
        return known
    seconds = _KEPT if request.GET.keys() <= set(CHOICES) else 0  # nobody fills what is kept with parameters that mean nothing
    key = f"{etag}:{request.get_full_path()}"
    response = render_kept(request, "events/programme.html", lambda: context | {"drawn": drawn_programme(found, version, choice)}, key=key, seconds=seconds)
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _version(request: ReaderRequest, reference: str) -> ProgrammeVersion | None:
    """Give the last version with its gathering in one question, because a whole conference reads this page."""
    seen = Gathering.objects.visible_to(request.principal).filter(reference=reference)
    return ProgrammeVersion.objects.defer("content").select_related("gathering__owner").filter(gathering__in=seen).order_by("-number").first()


def _moments(found: Gathering, version: ProgrammeVersion, choice: Choice) -> tuple[list[Moment], list[Moment]]:
    """Give what is on and what comes next, while people are there."""
    instant = clock.now()
    if not found.starts_at <= instant < found.ends_at:
        return [], []
    drawn = drawn_programme(found, version, choice)
    return drawn.now(instant), drawn.soon(instant)


@require_safe
def session(request: ReaderRequest, reference: str, session: str) -> HttpResponse:
    """Show a session."""
    found, _version, content = _released(request, reference)
    part = _part(content, session)
    voices = [content.voice[speaker] for speaker in part.speakers]
    context = {
        "gathering": found,
        "part": part,
        "kind": SessionKind(part.kind).label,
        "voices": voices,
        "when": where_and_when(part),
        "places": session_places_line(found, part),
        "slides": shown_slides(found, part.reference),
    }
    return render(request, "events/session.html", context)


@require_safe
def session_slides(request: ReaderRequest, reference: str, session: str, slides: str) -> FileResponse:
    """Give slides to whoever sees the session, once it is over and if she who made them allows it."""
    found, _version, content = _released(request, reference)
    return slides_file(shown_slides(found, _part(content, session).reference).filter(reference=slides).first())


@require_safe
def speaker(request: ReaderRequest, reference: str, speaker: str) -> HttpResponse:
    """Show somebody who contributes, and to what."""
    found, _version, content = _released(request, reference)
    voice = content.voice.get(speaker)
    if voice is None:
        raise Http404
    return render(request, "events/speaker.html", {"gathering": found, "voice": voice, "parts": content.of_voice(voice)})


@require_safe
def programme_calendar(request: ReaderRequest, reference: str) -> HttpResponse:
    """Give all sessions for a calendar."""
    found, _version, content = _released(request, reference)
    return _calendar(found, content, content.parts, "programm")


@require_safe
def session_calendar(request: ReaderRequest, reference: str, session: str) -> HttpResponse:
    """Give one session for a calendar."""
    found, _version, content = _released(request, reference)
    return _calendar(found, content, [_part(content, session)], "beitrag")


@require_safe
def speaker_calendar(request: ReaderRequest, reference: str, speaker: str) -> HttpResponse:
    """Give the sessions of somebody for a calendar."""
    found, _version, content = _released(request, reference)
    voice = content.voice.get(speaker)
    if voice is None:
        raise Http404
    return _calendar(found, content, content.of_voice(voice), "mitwirkende")


@require_safe
def xml(request: ReaderRequest, reference: str) -> HttpResponse:
    """Give the programme as conference apps read it."""
    return HttpResponse(schedule_xml(*_released(request, reference)), content_type="text/xml; charset=utf-8")


@require_safe
def json(request: ReaderRequest, reference: str) -> HttpResponse:
    """Give the programme as conference apps read it, as JSON."""
    return JsonResponse(schedule_json(*_released(request, reference)), json_dumps_params={"ensure_ascii": False})


def _calendar(found: Gathering, content: Programme, parts: Iterable[Part], file_name: str) -> HttpResponse:
    entries = [
        Entry(
            f"session:{part.guid}",
            part.title,
            part.starts_at,
            part.ends_at,
            session_url(found, part),
            ", ".join(filter(None, (part.room, found.place))),
            "\n\n".join(filter(None, (", ".join(content.names(part)), part.abstract))),
            called_off=found.called_off,
        )
        for part in parts
    ]
    return answer_with(entries, found.title, file_name)


def _released(request: ReaderRequest, reference: str) -> tuple[Gathering, ProgrammeVersion, Programme]:
    found = visible_gathering(request, reference)
    version = found.programme_versions.defer("content").first()
    if version is None:
        raise Http404
    return found, version, programme_of(version)


def _part(content: Programme, reference: str) -> Part:
    found = content.part.get(reference)
    if found is None:
        raise Http404
    return found


def _etag(found: Gathering, version: ProgrammeVersion, choice: Choice, moments: Iterable[Moment]) -> str:
    said = (found.title, found.plain_words, found.visibility, found.state)
    told = repr((asskomm.__version__, *said, version.pk, get_language(), choice, [moment.url for moment in moments]))
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'
