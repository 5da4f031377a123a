# SPDX-License-Identifier: EUPL-1.2
"""Nouns of the room."""

from asskomm.events.models.attendance import Attendance, AttendanceCount, Certificate, DoorPass
from asskomm.events.models.call import Call, Reviewer
from asskomm.events.models.feedback import Feedback
from asskomm.events.models.gathering import Gathering, GatheringShare
from asskomm.events.models.head_count import HeadCount
from asskomm.events.models.invitation import Expenses, Invitation, Slides
from asskomm.events.models.meeting_room import MeetingRoom
from asskomm.events.models.minutes import ActionItem, AgendaItem
from asskomm.events.models.picture import Picture
from asskomm.events.models.places import Places, SessionPlaces
from asskomm.events.models.poll import DatePoll, PollOption, PollVote, PollVoter
from asskomm.events.models.programme_version import ProgrammeVersion
from asskomm.events.models.proposal import CoSpeaker, Proposal, Review
from asskomm.events.models.question import Asking, CallQuestion, Question
from asskomm.events.models.registration import Needs, Registration
from asskomm.events.models.seat import Seat, Wish
from asskomm.events.models.session import Session, Speaking
from asskomm.events.models.speaker import Speaker
from asskomm.events.models.stand import Fair, Spot, Stand, StandFile, StandPlaces
from asskomm.events.models.track import Track
from asskomm.events.models.visit import Visit

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Asking",
    "Attendance",
    "AttendanceCount",
    "Call",
    "CallQuestion",
    "Certificate",
    "CoSpeaker",
    "DatePoll",
    "DoorPass",
    "Expenses",
    "Fair",
    "Feedback",
    "Gathering",
    "GatheringShare",
    "HeadCount",
    "Invitation",
    "MeetingRoom",
    "Needs",
    "Picture",
    "Places",
    "PollOption",
    "PollVote",
    "PollVoter",
    "ProgrammeVersion",
    "Proposal",
    "Question",
    "Registration",
    "Review",
    "Reviewer",
    "Seat",
    "Session",
    "SessionPlaces",
    "Slides",
    "Speaker",
    "Speaking",
    "Spot",
    "Stand",
    "StandFile",
    "StandPlaces",
    "Track",
    "Visit",
    "Wish",
]
