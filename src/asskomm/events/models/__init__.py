# SPDX-License-Identifier: EUPL-1.2
"""Nouns of the room."""

from asskomm.events.models.attendance import Attendance, AttendanceCount, Certificate, DoorPass
from asskomm.events.models.gathering import Gathering, GatheringShare
from asskomm.events.models.places import Places
from asskomm.events.models.registration import Registration

__all__ = ["Attendance", "AttendanceCount", "Certificate", "DoorPass", "Gathering", "GatheringShare", "Places", "Registration"]
