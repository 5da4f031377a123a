# SPDX-License-Identifier: EUPL-1.2
"""Mails, the addresses they go to, and what somebody does not want any more."""

from typing import Self

from django.db import models
from django.db.models import Q

from asskomm.core.mail.enums import MailState
from asskomm.core.mail.registry import MAIL_KINDS
from asskomm.core.references import new_reference
from asskomm.core.visibility import Principal


class Address(models.Model):
    """Where mails go; links in mails name it by reference, so that no address stands in a log."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    email = models.EmailField(unique=True, help_text="lower case")
    used_at = models.DateTimeField()
    undeliverable_since = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        """Those that no mail reaches are found quickly."""

        verbose_name_plural = "addresses"
        indexes = (models.Index(fields=["-undeliverable_since"], name="address_undeliverable", condition=Q(undeliverable_since__isnull=False)),)

    def __str__(self) -> str:
        """Show the first letter and the domain only.

        >>> str(Address(email="kim.muster@stadt.example"))
        'k…@stadt.example'
        """
        return f"{self.email[:1]}…@{self.email.rpartition('@')[2]}"


class Unsubscription(models.Model):
    """A kind of mail that an address does not get."""

    address = models.ForeignKey(Address, models.CASCADE, related_name="unsubscriptions")
    kind = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        """Once for each kind."""

        constraints = (models.UniqueConstraint(fields=["address", "kind"], name="unsubscribed_once"),)

    def __str__(self) -> str:
        """Name the kind."""
        return self.kind


class MailQuerySet(models.QuerySet["Mail"]):
    """Questions about several mails."""

    def visible_to(self, principal: Principal) -> Self:
        """Keep those written to oneself; their contents are nobody else's."""
        return self.filter(account=principal.account) if principal.account else self.none()


class Mail(models.Model):
    """One mail to one address.

    `fence` counts how often it was taken up; only the worker that took it up last may write to it, until `lease_until`.
    `once` names a mail that must not be written twice, such as a reminder of one date.
    `message_id` is fixed from the start, so that a mail that was sent twice after a crash is known as the same one.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    address = models.ForeignKey(Address, models.CASCADE, related_name="mails")
    account = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=50)
    language = models.CharField(max_length=5, default="de")
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True, default="")
    once = models.CharField(max_length=120, null=True, blank=True, unique=True)
    message_id = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_fault = models.CharField(max_length=500, blank=True, default="")

    objects = MailQuerySet.as_manager()

    class Meta:
        """Newest first; those that wait are found by when they may go, and all by when they are deleted."""

        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["not_before"], name="mail_waiting", condition=Q(state=MailState.WAITING)),
            models.Index(fields=["not_before"], name="mail_by_day"),
            models.Index(fields=["account", "-id"], name="mail_of_account"),
        )

    def __str__(self) -> str:
        """Give the subject."""
        return self.subject

    @property
    def kind_name(self) -> str:
        """What the pages call its kind."""
        return str(MAIL_KINDS[self.kind].name) if self.kind in MAIL_KINDS else self.kind
