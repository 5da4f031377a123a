# SPDX-License-Identifier: EUPL-1.2
"""Who is expected at the door, who came, and how many."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.search.analysis.folding import fold
from asskomm.events.domain.badge_codes import code_of, registration_with
from asskomm.events.domain.days import came_on, day_at, days_of
from asskomm.events.enums import OPEN, ParticipantType, RegistrationState
from asskomm.events.models import Attendance, AttendanceCount, Gathering, Registration, Speaker

_MOST_FOUND, _DIGEST = 20, 32


@dataclass(frozen=True)
class Turnout:
    """How many of those registered came."""

    came: Estimate
    expected: Estimate

    @property
    def line(self) -> str:
        """Both in one line."""
        return _("%(came)s von %(expected)s da") % {"came": self.came, "expected": self.expected}


def turnout_of(gathering: Gathering) -> Turnout:
    """Count who came, while it lasts several days today."""
    expected = Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED).count()
    rows = Attendance.objects.present().filter(registration__gathering=gathering, registration__state=RegistrationState.CONFIRMED)
    if len(days_of(gathering)) > 1 and clock.now() < gathering.ends_at:
        rows = rows.filter(days__has_key=day_at(gathering, clock.now()).isoformat())
    return Turnout(Estimate(rows.count(), "persons"), Estimate(expected, "persons"))


@dataclass(frozen=True)
class TypeTurnout:
    """The same for one type of participants; `guests` came without being registered."""

    label: str
    turnout: Turnout
    guests: Estimate


def turnout_by_type(gathering: Gathering) -> list[TypeTurnout]:
    """Count who came by the type for which they come; when the names are gone, what was counted before they went."""
    by_door = AttendanceCount.objects.filter(gathering=gathering).exclude(gathering__head_count__by_hand=True)
    kept = by_door.values_list("participant_type", "registered", "came", "walk_ins")
    found = {kind: counts for kind, *counts in kept or counted_now(gathering)}
    return [_type_turnout(kind, *found[kind]) for kind in ParticipantType if kind in found]


def _type_turnout(kind: ParticipantType, expected: int, came: int, guests: int) -> TypeTurnout:
    return TypeTurnout(str(kind.label), Turnout(Estimate(came), Estimate(expected)), Estimate(guests))


def counted_now(gathering: Gathering) -> Sequence[tuple[str, int, int, int]]:
    """Count from the registrations: type, registered, came, came without being registered.

    Whoever contributes is counted for whom she speaks, as far as that is known: a police officer who gives a talk is one who came from the police.
    """
    speaks = Speaker.objects.filter(gathering=gathering, email__iexact=OuterRef("email")).exclude(email="").exclude(participant_type="")
    kind = Case(
        When(participant_type=ParticipantType.SPEAKER, then=Coalesce(Subquery(speaks.values("participant_type")[:1]), Value(ParticipantType.SPEAKER.value))),
        default="participant_type",
    )
    came = Q(attendance__came_at__isnull=False)
    rows = Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED).annotate(kind=kind).order_by("kind").values_list("kind")
    counts = {"all": Count("pk"), "came": Count("pk", filter=came), "guests": Count("pk", filter=came & Q(attendance__walk_in=True))}
    return list(rows.annotate(**counts))


def expected_at(gathering: Gathering) -> QuerySet[Registration]:
    """Give whoever may stand at the door, by name: registered, in the line, or cancelled after having confirmed."""
    rows = Registration.objects.filter(gathering=gathering, shredded=False).select_related("attendance", "gathering").order_by("name", "pk")
    return rows.filter(Q(state__in=OPEN) | Q(state=RegistrationState.CANCELLED, address_confirmed=True))


def confirmed_at(gathering: Gathering) -> list[Registration]:
    """Give whoever has a place, by family name as far as a name tells."""
    rows = Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED, shredded=False).select_related("gathering")
    return sorted(rows, key=lambda row: [fold(word) for word in reversed(row.name.split())])


def attended(gathering: Gathering) -> list[Registration]:
    """Give whoever was there, by family name; nobody before it is over."""
    if not gathering.published or gathering.ends_at > clock.now():
        return []
    came = set(Attendance.objects.present().filter(registration__gathering=gathering).values_list("registration", flat=True))
    return [row for row in confirmed_at(gathering) if row.pk in came]


def who_was_there(gathering: Gathering) -> list[Registration]:
    """Give whoever was let in, or where nobody was checked whoever had a place; only those who can be written to."""
    rows = Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED, shredded=False).exclude(email="").order_by("number")
    checked = Attendance.objects.present().filter(registration__gathering=gathering).exists()
    return list((rows.filter(attendance__came_at__isnull=False) if checked else rows).select_related("gathering"))


def found_at(gathering: Gathering, words: str) -> list[Registration]:
    """Give whose code it is, or whose name or organisation has all of these words in it."""
    with_code = registration_with(words, gathering)
    if with_code is not None:
        return [with_code]
    wanted = [fold(word) for word in words.split()]
    if not wanted:
        return []
    hits = (row for row in expected_at(gathering) if all(word in fold(f"{row.name} {row.organisation}") for word in wanted))
    return [row for row, _number in zip(hits, range(_MOST_FOUND), strict=False)]


def without_place(gathering: Gathering) -> list[Registration]:
    """Give the guests who were let in without a connection although no place was free; they count once they have one."""
    inside = Registration.objects.filter(gathering=gathering, state=RegistrationState.WAITING, shredded=False, attendance__came_at__isnull=False)
    return list(inside.filter(attendance__walk_in=True).order_by("name", "pk"))


def came_at(row: Registration) -> str:
    """Give the time at which somebody came today, empty if she did not."""
    attendance = getattr(row, "attendance", None)
    at = came_on(attendance, row.gathering).get(day_at(row.gathering, clock.now())) if attendance is not None else None
    return f"{localtime(at):%H:%M}" if at is not None else ""


def _state_at_door(row: Registration) -> str:
    """Say why somebody is not let in just like that; empty where she is."""
    if row.state == RegistrationState.CONFIRMED:
        return ""
    return _("ohne freien Platz eingelassen") if row.state == RegistrationState.WAITING and came_at(row) else str(row.get_state_display())


def list_for_devices(gathering: Gathering) -> list[dict[str, str]]:
    """Give what a telephone needs to know without a connection: of a code its digest only, and no address."""
    return [
        {
            "key": row.reference,
            "code": hashlib.sha256(code_of(row).encode()).hexdigest()[:_DIGEST],
            "name": row.name,
            "organisation": row.organisation,
            "state": _state_at_door(row),
            "came": came_at(row),
        }
        for row in expected_at(gathering)
    ]
