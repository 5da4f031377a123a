# SPDX-License-Identifier: EUPL-1.2
"""Forget who registered and who came, and keep the numbers."""

from django.db import transaction

from asskomm.events.domain.queries.arriving import counted_now
from asskomm.events.models import Attendance, AttendanceCount, Gathering, Registration, Seat, Wish


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
