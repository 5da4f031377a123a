# SPDX-License-Identifier: EUPL-1.2
"""Every table that says something about a person has a rule by which it goes, or a reason why it needs none."""

from django.apps import apps
from django.db import models

from asskomm.core.retention import DELETION_RULES
from asskomm.people.models import Account, Person

GOES_BY = {
    "persons": {"people.Person", "people.Account", "people.Function", "people.CalendarFeed", "people.ApiToken", "mfa.Authenticator", "account.EmailAddress"},
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
    "addresses": {"mail.Address", "mail.Unsubscription"},
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


def test_the_rules_are_there() -> None:
    assert GOES_BY.keys() - set(DELETION_RULES.keys()) == set()
