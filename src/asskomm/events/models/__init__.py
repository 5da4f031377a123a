# SPDX-License-Identifier: EUPL-1.2
"""Nouns of the room."""

from asskomm.events.models.attendance import Attendance, AttendanceCount, Certificate, DoorPass
from asskomm.events.models.gathering import Gathering, GatheringShare
from asskomm.events.models.head_count import HeadCount
from asskomm.events.models.meeting_room import MeetingRoom
from asskomm.events.models.places import Places
from asskomm.events.models.programme_version import ProgrammeVersion
from asskomm.events.models.registration import Needs, Registration
from asskomm.events.models.session import Session, Speaking
from asskomm.events.models.speaker import Speaker
from asskomm.events.models.track import Track

__all__ = [
    "Attendance",
    "AttendanceCount",
    "Certificate",
    "DoorPass",
    "Gathering",
    "GatheringShare",
    "HeadCount",
    "MeetingRoom",
    "Needs",
    "Places",
    "ProgrammeVersion",
    "Registration",
    "Session",
    "Speaker",
    "Speaking",
    "Track",
]
