# SPDX-License-Identifier: EUPL-1.2
"""The released programme as markup: drawn once for each version, language and choice, and kept, because many read it at the same time."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.core.cache import caches
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from asskomm.core.clock import BERLIN
from asskomm.core.estimates import Estimate
from asskomm.core.ui.days import ParameterError
from asskomm.events.domain.programme_content import Part, Programme, read
from asskomm.events.enums import SessionKind
from asskomm.events.models import Gathering, ProgrammeVersion

_KEPT = 3600
CHOICES = ("raum", "reihe", "art")


@dataclass(frozen=True)
class Choice:
    """What a reader wants to see; an empty text stands for everything."""

    room: str = ""
    track: str = ""
    kind: str = ""

    def keeps(self, part: Part) -> bool:
        """Whether a session belongs to it."""
        return self.room in ("", part.room) and self.track in ("", part.track) and self.kind in ("", part.kind)


@dataclass(frozen=True)
class Moment:
    """When a session takes place, to say what is on now."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    room: str
    url: str


@dataclass(frozen=True)
class Drawn:
    """A programme as markup, and its moments by time."""

    markup: SafeString
    moments: Sequence[Moment]

    def now(self, instant: dt.datetime) -> list[Moment]:
        """Give what is on."""
        return [moment for moment in self.moments if moment.starts_at <= instant < moment.ends_at]

    def soon(self, instant: dt.datetime) -> list[Moment]:
        """Give what begins next, on this day."""
        ahead = [m for m in self.moments if m.starts_at > instant and m.starts_at.astimezone(BERLIN).date() == instant.astimezone(BERLIN).date()]
        return [moment for moment in ahead if moment.starts_at == ahead[0].starts_at]


@dataclass(frozen=True)
class _Shown:
    part: Part
    url: str
    kind: str
    names: str


class ChoiceForm(forms.Form):
    """Room, track and kind to choose from."""

    all_optional = True
    raum = forms.ChoiceField(label=_("Raum"), required=False)
    reihe = forms.ChoiceField(label=_("Themenreihe"), required=False)
    art = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("alle")), *SessionKind.choices])

    def __init__(self, programme: Programme, choice: Choice) -> None:
        """Offer what there is."""
        super().__init__(initial=dict(zip(CHOICES, (choice.room, choice.track, choice.kind), strict=True)))
        rooms, tracks = (room.name for room in programme.rooms), programme.tracks
        self.fields["raum"].choices = [("", _("alle")), *((name, name) for name in rooms)]  # type: ignore[attr-defined]
        self.fields["reihe"].choices = [("", _("alle")), *((name, name) for name in tracks)]  # type: ignore[attr-defined]


def drawn_programme(gathering: Gathering, version: ProgrammeVersion, choice: Choice) -> Drawn:
    """Give a version as markup.

    Args:
        gathering: whose programme.
        version: which; its content is read only where it is not drawn yet.
        choice: what to show.

    Raises
    ------
        ParameterError: there is no such room, track or kind.
    """
    key = _key(gathering, version, choice)
    drawn: Drawn | None = caches["local"].get(key)
    if drawn is None:
        drawn = _draw(gathering, version, choice)
        caches["local"].set(key, drawn, _KEPT)
    return drawn


def programme_of(version: ProgrammeVersion) -> Programme:
    """Give what a version says, read once."""
    key = f"programme:{version.pk}"
    found: Programme | None = caches["local"].get(key)
    if found is None:
        found = read(version.content)
        caches["local"].set(key, found, _KEPT)
    return found


def session_url(gathering: Gathering, part: Part) -> str:
    """Give the address of a session's page."""
    return reverse("events:session", args=[gathering.reference, part.reference])


def _key(gathering: Gathering, version: ProgrammeVersion, choice: Choice) -> str:
    told = repr((version.pk, gathering.title, get_language(), choice))
    return f"drawn:{hashlib.sha256(told.encode()).hexdigest()}"


def _draw(gathering: Gathering, version: ProgrammeVersion, choice: Choice) -> Drawn:
    programme = programme_of(version)
    _hold_known(programme, choice)
    context = {
        "gathering": gathering,
        "version": version,
        "number": Estimate(version.number),
        "path": reverse("events:programme", args=[gathering.reference]),
        "chosen": choice != Choice(),
        "form": ChoiceForm(programme, choice),
        "days": days_of(gathering, programme, choice),
    }
    moments = [Moment(part.starts_at, part.ends_at, part.title, part.room, session_url(gathering, part)) for part in programme.parts]
    return Drawn(SafeString(render_to_string("events/programme_body.html", context)), moments)


def _hold_known(programme: Programme, choice: Choice) -> None:
    """Refuse what is not there, so that nobody fills what is kept with choices that show nothing."""
    known = ({"", *(room.name for room in programme.rooms)}, {"", *programme.tracks}, {"", *SessionKind.values})
    if any(value not in values for value, values in zip((choice.room, choice.track, choice.kind), known, strict=True)):
        raise ParameterError(_("Diese Auswahl gibt es im Programm nicht."))


def days_of(gathering: Gathering, programme: Programme, choice: Choice) -> list[tuple[dt.date, list[tuple[dt.datetime, list[_Shown]]]]]:
    """Give what is shown by day and hour."""
    kept = [part for part in programme.parts if choice.keeps(part)]
    return [(day, list(_hours(gathering, programme, list(parts)))) for day, parts in groupby(kept, key=lambda part: part.day)]


def _hours(gathering: Gathering, programme: Programme, parts: Sequence[Part]) -> Iterator[tuple[dt.datetime, list[_Shown]]]:
    for begin, found in groupby(parts, key=lambda part: part.starts_at):
        rows = [_Shown(part, session_url(gathering, part), str(SessionKind(part.kind).label), ", ".join(programme.names(part))) for part in found]
        yield begin, rows
