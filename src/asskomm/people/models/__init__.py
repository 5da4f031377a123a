# SPDX-License-Identifier: EUPL-1.2
"""Nouns of the room."""

from asskomm.people.models.account import Account
from asskomm.people.models.calendar_feed import CalendarFeed
from asskomm.people.models.device import Device
from asskomm.people.models.different_persons import DifferentPersons
from asskomm.people.models.former_post import FormerPost
from asskomm.people.models.function import Function
from asskomm.people.models.one_time_link import OneTimeLink
from asskomm.people.models.organisation import Organisation, Relation
from asskomm.people.models.person import Person
from asskomm.people.models.profile import Profile
from asskomm.people.models.reminder import Reminder
from asskomm.people.models.token import ApiToken

__all__ = [
    "Account",
    "ApiToken",
    "CalendarFeed",
    "Device",
    "DifferentPersons",
    "FormerPost",
    "Function",
    "OneTimeLink",
    "Organisation",
    "Person",
    "Profile",
    "Relation",
    "Reminder",
]
