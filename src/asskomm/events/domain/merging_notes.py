# SPDX-License-Identifier: EUPL-1.2
"""Verb: take over what a telephone noted, perhaps without a connection, and give it what it does not know yet."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, allowed
from asskomm.events.domain.attendance import CheckInError, Note, check_in
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.door_passes import Entrance
from asskomm.events.domain.queries.arriving import list_for_devices, turnout_of
from asskomm.events.domain.registering import Applicant, Details
from asskomm.events.domain.walk_ins import note_guest
from asskomm.events.enums import ParticipantType
from asskomm.events.models import Registration

_MOST, _LONGEST, _LONGEST_NAME, _LONGEST_BODY = 500, 40, 120, 160


class NotesError(ValueError):
    """What came is not what our page sends."""


def merge_notes(entrance: Entrance, sent: object, *, by: Principal) -> dict[str, object]:
    """Count each note once; those that cannot be are given back with a sentence. The list is only given where the telephone has another one.

    The telephone says what time it has, so that a wrong clock does no harm.

    Raises
    ------
        NotesError: it is not what our page sends.
    """
    notes = list(_notes(sent, entrance.station))
    rows = Registration.objects.filter(gathering=entrance.gathering).in_bulk([who for who, _note in notes if isinstance(who, str)], field_name="reference")
    refused = [said for who, note in notes if (said := _refusal(rows.get(who) if isinstance(who, str) else who, note, entrance, by))]
    people = list_for_devices(entrance.gathering)
    digest = hashlib.sha256(json.dumps(people).encode()).hexdigest()[:32]
    same = isinstance(sent, Mapping) and sent.get("digest") == digest and not refused  # whoever was refused is not in, whatever the telephone believes
    news = {} if same else {"people": people}
    return {"taken": [note.key for _who, note in notes], "refused": refused, "digest": digest, "line": turnout_of(entrance.gathering).line, **news}


def _refusal(who: Registration | Applicant | None, note: Note, entrance: Entrance, by: Principal) -> str:
    if who is None:
        return ""  # forgotten meanwhile
    try:
        if isinstance(who, Registration):
            check_in(who, note, by=by)
        elif allowed("events.let_in_guests", by, entrance):
            note_guest(entrance.gathering, who, note, by=by)
        else:
            return _("%(name)s: Gäste ohne Anmeldung lassen andere ein.") % {"name": who.name}
    except (CheckInError, RegistrationError) as fault:
        return str(fault)
    return ""


def _notes(sent: object, station: str) -> Iterator[tuple[str | Applicant, Note]]:
    if not isinstance(sent, Mapping) or not isinstance(sent.get("notes"), list) or len(sent["notes"]) > _MOST:
        raise NotesError
    ahead = clock.now() - _instant(sent.get("sent_at"))
    for row in sent["notes"]:
        if not isinstance(row, Mapping):
            raise NotesError
        who = _guest(row["guest"]) if "guest" in row else _word(row.get("who"))
        yield who, Note(_instant(row.get("at")) + ahead, station, _word(row.get("key")))


def _guest(given: Any) -> Applicant:
    """Read who was let in without being registered."""
    if not isinstance(given, Mapping) or given.get("type") not in ParticipantType.values:
        raise NotesError
    organisation = given.get("organisation", "")
    if not isinstance(organisation, str) or len(organisation) > _LONGEST_BODY:
        raise NotesError
    return Applicant(_word(given.get("name"), _LONGEST_NAME), "", given["type"], details=Details(organisation))


def _word(given: Any, longest: int = _LONGEST) -> str:
    if not isinstance(given, str) or not 0 < len(given.strip()) <= longest:
        raise NotesError
    return given


def _instant(milliseconds: Any) -> dt.datetime:
    """Read the milliseconds that a browser counts from 1970."""
    if not isinstance(milliseconds, int) or not 0 <= milliseconds < 4_102_444_800_000:
        raise NotesError
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
