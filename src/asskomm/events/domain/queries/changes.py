# SPDX-License-Identifier: EUPL-1.2
"""What is different between two states of a programme, in sentences for whoever reads the old one."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asskomm.core.clock import BERLIN
from asskomm.events.domain.programme_content import Part, Programme


def changes_between(before: Programme, after: Programme) -> list[str]:
    """Say what is new, dropped, moved, renamed, or has other speakers, in the order of the new programme."""
    old = {part.guid: part for part in before.parts}
    found = [sentence for part in after.parts for sentence in _of_part(before, after, old.get(part.guid), part)]
    kept = {part.guid for part in after.parts}
    return [*found, *(_("Entfällt: „%(title)s“.") % {"title": part.title} for part in before.parts if part.guid not in kept)]


def _of_part(before: Programme, after: Programme, old: Part | None, part: Part) -> Iterator[str]:
    if old is None:
        yield _("Neu: „%(title)s“, %(where)s.") % {"title": part.title, "where": where_and_when(part)}
        return
    if old.title != part.title:
        yield _("„%(old)s“ heißt jetzt „%(title)s“.") % {"old": old.title, "title": part.title}
    if (old.starts_at, old.ends_at, old.room) != (part.starts_at, part.ends_at, part.room):
        yield _("Verlegt: „%(title)s“, jetzt %(where)s.") % {"title": part.title, "where": where_and_when(part)}
    names = before.names(old), after.names(part)
    if names[0] != names[1]:
        yield _("Bei „%(title)s“ jetzt: %(names)s.") % {"title": part.title, "names": ", ".join(names[1]) or _("noch niemand")}


def where_and_when(part: Part) -> str:
    """Say day, time and room of a session."""
    begin, end = part.starts_at.astimezone(BERLIN), part.ends_at.astimezone(BERLIN)
    said = _("%(day)s, %(begin)s bis %(end)s Uhr") % {"day": date_format(begin, "d.m.Y"), "begin": f"{begin:%H:%M}", "end": f"{end:%H:%M}"}
    return f"{said}, {part.room}" if part.room else said
