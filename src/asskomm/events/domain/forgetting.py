# SPDX-License-Identifier: EUPL-1.2
"""Forget who registered and who came, and keep the numbers; forget who was asked to contribute, and who proposed to."""

import datetime as dt
from dataclasses import asdict

from django.db import transaction
from django.db.models import QuerySet

from asskomm.events.domain.queries.arriving import counted_now
from asskomm.events.domain.queries.counting import counted_from
from asskomm.events.domain.queries.origins import origins_of, places_visited
from asskomm.events.domain.registering import FORGOTTEN
from asskomm.events.enums import StandState
from asskomm.events.models import (
    Attendance,
    AttendanceCount,
    Gathering,
    HeadCount,
    Invitation,
    ProgrammeVersion,
    Proposal,
    Registration,
    Seat,
    Speaker,
    Stand,
    Visit,
    Wish,
)


def forget_who_came(gathering: Gathering) -> int:
    """Count by type who was registered and who came, and from how many municipalities; then delete names, addresses, times, choices and links.

    Gives how many people are forgotten.
    """
    with transaction.atomic():
        Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
        list(Registration.objects.select_for_update(of=("self",)).filter(gathering=gathering, shredded=False).order_by("pk"))  # first, as at the door
        _keep_numbers(gathering)
        Attendance.objects.filter(registration__gathering=gathering).delete()
        gathering.door_passes.all().delete()
        Seat.objects.filter(registration__gathering=gathering).delete()
        Wish.objects.filter(registration__gathering=gathering).delete()
        rows = Registration.objects.filter(gathering=gathering, shredded=False)
        return rows.update(**FORGOTTEN)


def forget_invitations(invitations: QuerySet[Invitation]) -> int:
    """Delete invitations, and whoever is known by them alone; gives how many invitations went."""
    with transaction.atomic():
        speakers = dict(invitations.values_list("pk", "speaker"))
        Invitation.objects.filter(pk__in=speakers).delete()
        Speaker.objects.filter(pk__in=speakers.values(), speakings=None, invitations=None).delete()
    return len(speakers)


def forget_speakers(before: dt.datetime) -> int:
    """Delete whoever has no session, and of the others address and biography, also where it was released; gives how many rows that changed.

    Args:
        before: gatherings that ended before this instant.
    """
    over = Speaker.objects.filter(gathering__ends_at__lt=before)
    unheard = over.filter(speakings__isnull=True).delete()[0]
    known = over.exclude(email="", biography="").update(email="", biography="")
    released = ProgrammeVersion.objects.filter(gathering__ends_at__lt=before)
    return unheard + known + sum(_forget_biographies(version) for version in released.iterator())


def _forget_biographies(version: ProgrammeVersion) -> bool:
    voices = version.content["voices"]
    if not any(voice["biography"] for voice in voices):
        return False
    version.content = {**version.content, "voices": [{**voice, "biography": ""} for voice in voices]}
    version.save(update_fields=["content"])
    return True


def forget_stands(stands: QuerySet[Stand]) -> int:
    """Delete applications without a yes, and of the others who applied and what she needed; gives how many people are forgotten."""
    with transaction.atomic():
        gone = stands.exclude(state=StandState.ACCEPTED).delete()[1].get(Stand._meta.label, 0)
        return gone + stands.update(name="", email="", note="", tables=0, power=False, shredded=True)


def forget_proposals(proposals: QuerySet[Proposal]) -> int:
    """Delete proposals with those named in them and what reviewers said; gives how many went. What came of them stays in the programme."""
    with transaction.atomic():
        keys = list(proposals.values_list("pk", flat=True))
        Proposal.objects.filter(pk__in=keys).delete()
    return len(keys)


def _keep_numbers(gathering: Gathering) -> None:
    """Write down what will not be there to count, once; what somebody counted by hand gives way to what can be counted."""
    kept = AttendanceCount.objects.filter(gathering=gathering)
    by_hand, _rows = HeadCount.objects.filter(gathering=gathering, by_hand=True).delete()
    if by_hand:
        kept.delete()
    if kept.exists():
        return
    rows = counted_now(gathering)
    AttendanceCount.objects.bulk_create(
        AttendanceCount(gathering=gathering, participant_type=kind, registered=registered, came=came, walk_ins=guests)
        for kind, registered, came, guests in rows
    )
    places = places_visited([gathering]).get(gathering.pk, set())
    Visit.objects.bulk_create([Visit(gathering=gathering, municipality_id=place) for place in sorted(places)], ignore_conflicts=True)
    if rows:
        (_how, by_type), origins = counted_from(rows), origins_of(gathering)
        HeadCount.objects.create(gathering=gathering, participants=sum(by_type.values()), **asdict(origins))
