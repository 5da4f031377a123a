# SPDX-License-Identifier: EUPL-1.2
"""Forget who registered and who came, and keep the numbers; forget who was asked to contribute."""

from django.db import transaction
from django.db.models import QuerySet

from asskomm.events.domain.queries.arriving import counted_now
from asskomm.events.models import Attendance, AttendanceCount, Gathering, Invitation, Registration, Seat, Speaker, Wish


def forget_who_came(gathering: Gathering) -> int:
    """Count by type who was registered and who came, then delete names, addresses, times, choices and links; gives how many people are forgotten."""
    with transaction.atomic():
        Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
        if not AttendanceCount.objects.filter(gathering=gathering).exists():
            AttendanceCount.objects.bulk_create(
                AttendanceCount(gathering=gathering, participant_type=kind, registered=registered, came=came, walk_ins=guests)
                for kind, registered, came, guests in counted_now(gathering)
            )
        Attendance.objects.filter(registration__gathering=gathering).delete()
        gathering.door_passes.all().delete()
        Seat.objects.filter(registration__gathering=gathering).delete()
        Wish.objects.filter(registration__gathering=gathering).delete()
        rows = Registration.objects.filter(gathering=gathering, shredded=False)
        return rows.update(name="", email="", organisation="", travel="", shredded=True)


def forget_invitations(invitations: QuerySet[Invitation]) -> int:
    """Delete invitations, and whoever is known by them alone; gives how many invitations went."""
    with transaction.atomic():
        speakers = dict(invitations.values_list("pk", "speaker"))
        Invitation.objects.filter(pk__in=speakers).delete()
        Speaker.objects.filter(pk__in=speakers.values(), speakings=None, invitations=None).delete()
    return len(speakers)
