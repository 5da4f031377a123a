# SPDX-License-Identifier: EUPL-1.2
"""Every table that says something about a person has a rule by which it goes and is part of what she is told, or a reason why not."""

from django.apps import apps
from django.db import models

from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
from asskomm.people.models import Account, Person

GOES_BY = {
    "persons": {
        *("people.Person", "people.Account", "people.Function", "people.CalendarFeed", "people.ApiToken", "people.DifferentPersons"),
        *("mfa.Authenticator", "account.EmailAddress"),
    },
    "registrations": {"events.Registration", "events.Attendance", "events.DoorPass", "events.Seat", "events.Wish"},
    "speakers": {"events.Speaker", "events.Speaking"},
    "invitations": {"events.Invitation", "events.Expenses"},
    "slides": {"events.Slides"},
    "registration_needs": {"events.Needs"},
    "feedback": {"events.Feedback"},
    "polls": {"events.PollVoter"},
    "stands": {"events.Stand", "events.StandFile"},
    "pictures": {"events.Picture"},
    "proposals": {"events.Proposal", "events.CoSpeaker", "events.Reviewer", "events.Review"},
    "proposal_drafts": {"events.Proposal", "events.CoSpeaker"},
    "actions": {"events.ActionItem"},
    "reminders": {"people.Reminder"},
    "one_time_links": {"people.OneTimeLink"},
    "devices": {"people.Device"},
    "mails": {"mail.Mail"},
    "addresses": {"mail.Address"},
    "unsubscriptions": {"mail.Unsubscription"},
    "jobs": {"jobs.Job"},
    "files": {"imports.Batch"},
    "history": {"audit.Entry", "audit.Content"},
}
WITHOUT_NAME = {
    "alliance.Wave": "a row for minutes, while a file begins to count",
    "alliance.Event": "who recorded it is forgotten with her; the event stays",
    "publishing.PressSheet": "who wrote it is forgotten with her; a release stays",
    "publishing.PressQuote": "somebody spoke to the public, and released it",
    "provenance.Source": "the number of an account leads to nobody once she is gone",
    "merging.Merge": "the number of an account leads to nobody once she is gone",
    "people.Profile": "the mailbox of an office, not of a person",
}
TOLD_IN = {
    "person": {"people.Person", "people.Account"},
    "functions": {"people.Function"},
    "factors": {"mfa.Authenticator"},
    "tokens": {"people.ApiToken"},
    "links": {"people.OneTimeLink"},
    "devices": {"people.Device"},
    "calendar_feeds": {"people.CalendarFeed"},
    "reminders": {"people.Reminder"},
    "registrations": {"events.Registration", "events.Attendance", "events.Seat", "events.Wish", "events.Needs"},
    "contributions": {"events.Speaker", "events.Speaking", "events.Invitation", "events.Expenses", "events.Slides"},
    "proposals": {"events.Proposal", "events.CoSpeaker"},
    "reviews": {"events.Reviewer", "events.Review"},
    "stands": {"events.Stand", "events.StandFile"},
    "files": {"imports.Batch"},
    "addresses": {"mail.Address", "mail.Unsubscription"},
    "mails": {"mail.Mail"},
    "jobs": {"jobs.Job"},
    "press": {"publishing.PressSheet", "publishing.PressQuote"},
    "history": {"audit.Entry"},
}
_IN_THE_HISTORY = "which account did it stands in the history, which she is told"
NOT_TOLD = {
    "account.EmailAddress": "the same address as that of the account",
    "alliance.Event": _IN_THE_HISTORY,
    "alliance.Wave": _IN_THE_HISTORY,
    "audit.Content": "what objects looked like; hers are told as they are, who changed them in the history",
    "events.ActionItem": "a name in words that leads to no address; the organiser finds it in the minutes",
    "events.DoorPass": "a link for whoever stands at a door, without her name",
    "events.Feedback": "without a name, a time or an address",
    "events.Picture": "shows people without their names; whoever took it is named in words",
    "events.PollVoter": "a name in words that leads to no address; she has her own link",
    "merging.Merge": _IN_THE_HISTORY,
    "people.DifferentPersons": "that somebody else is somebody else; it would name her",
    "people.Profile": "the mailbox of an office, not of a person",
    "provenance.Source": _IN_THE_HISTORY,
}
NAMES = ("account", "email", "person", "given_name", "family_name", "phone", "issued_by", "speaker", "address")


def _says_something(model: type[models.Model]) -> bool:
    """Whether a table points to a person or an account, holds an address, or a name."""
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey | models.OneToOneField) and field.related_model in {Account, Person}:
            return True
        if isinstance(field, models.EmailField) or (isinstance(field, models.Field) and field.name in NAMES):
            return True
    return False


def test_every_table_about_persons_has_a_rule_or_a_reason() -> None:
    ours = {model._meta.label for model in apps.get_models() if _says_something(model)}
    listed = set().union(*GOES_BY.values(), WITHOUT_NAME)
    assert ours - listed == set()
    assert {label for label in listed if not apps.get_model(label)} == set()


def test_every_table_about_persons_is_part_of_what_she_is_told_or_has_a_reason() -> None:
    about = {model._meta.label for model in apps.get_models() if _says_something(model)} | set().union(*GOES_BY.values())
    told = set().union(*TOLD_IN.values())
    assert about - told - NOT_TOLD.keys() == set()
    assert told & NOT_TOLD.keys() == set()
    assert (told | NOT_TOLD.keys()) - about == set()
    assert TOLD_IN.keys() == set(SUBJECT_RECORDS.keys())


def test_the_rules_are_there() -> None:
    assert GOES_BY.keys() - set(DELETION_RULES.keys()) == set()
