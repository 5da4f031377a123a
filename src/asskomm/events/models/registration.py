# SPDX-License-Identifier: EUPL-1.2
"""Somebody who registers for a gathering."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from asskomm.core.references import REFERENCE_LENGTH, new_reference
from asskomm.events.enums import HOLDING, OPEN, Meal, ParticipantType, RegistrationState, Travel

_WITH_END = (RegistrationState.HELD, RegistrationState.OFFERED)
_ENDS = Q(held_until__isnull=False, state__in=_WITH_END)
_OPEN_UNDER_ADDRESS = Q(state__in=sorted(OPEN), shredded=False) & ~Q(email="")
_STAYS = Q(held_until__isnull=True) & ~Q(state__in=_WITH_END)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Questions about several registrations."""

    def open(self) -> Self:
        """Keep those with a place or in the line."""
        return self.filter(state__in=OPEN)

    def holding(self) -> Self:
        """Keep those that take a place."""
        return self.filter(state__in=HOLDING)

    def in_line(self) -> Self:
        """Keep those that a place can be offered to, in the order in which they came."""
        return self.filter(state=RegistrationState.WAITING, address_confirmed=True, approved=True).order_by("number")

    def without_badge(self) -> Self:
        """Keep those who have a place and no badge yet: who was confirmed last, or stands at the door without being registered, comes last."""
        return self.filter(state=RegistrationState.CONFIRMED, badge_printed_at__isnull=True).order_by("number")

    def to_approve(self) -> Self:
        """Keep those that wait for the word of whoever invites."""
        return self.filter(state=RegistrationState.WAITING, address_confirmed=True, approved=False).order_by("number")

    def forgettable(self, before: dt.datetime) -> Self:
        """Keep those that somebody left behind before an instant without ever confirming her address."""
        return self.filter(address_confirmed=False, shredded=False, registered_at__lt=before).exclude(state__in=HOLDING)

    def open_under(self, *emails: str) -> Self:
        """Keep the open ones of some addresses; without an address none."""
        return self.open().filter(email__in=[email for email in emails if email], shredded=False)

    def overdue(self, now: dt.datetime) -> Self:
        """Keep those whose place goes to the next because nobody confirmed it in time."""
        return self.filter(state__in=_WITH_END, held_until__lte=now)


class Registration(models.Model):
    """A person's registration.

    `number` is the order of arrival; `held_until` the instant at which an unconfirmed place goes to the next. Whoever is brought by somebody
    may have no address: letters go to whoever brings her, and she has a number and a place of her own all the same.
    """

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="registrations")
    number = models.PositiveIntegerField()
    participant_type = models.CharField(max_length=20, choices=ParticipantType)
    state = models.CharField(max_length=10, choices=RegistrationState)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    organisation = models.CharField(max_length=160, blank=True, default="")
    municipality = models.ForeignKey("territory.Municipality", models.PROTECT, null=True, blank=True, related_name="+")
    brought_by = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="companions")
    address_confirmed = models.BooleanField(default=False)
    approved = models.BooleanField(default=True)
    listed = models.BooleanField(default=False)
    travel = models.CharField(max_length=20, choices=Travel, blank=True, default="")
    answers = models.JSONField(default=dict, blank=True)
    registered_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    badge_printed_at = models.DateTimeField(null=True, blank=True)
    shredded = models.BooleanField(default=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        """In the order of arrival; one open registration an address, and an end for what waits for an answer."""

        ordering = ("gathering", "number")
        indexes = (
            models.Index(fields=["gathering", "state", "number"], name="registration_line"),
            models.Index(fields=["held_until"], condition=Q(held_until__isnull=False), name="registration_by_end"),
        )
        constraints = (
            models.UniqueConstraint(fields=["gathering", "number"], name="registration_number_once"),
            models.UniqueConstraint(fields=["gathering", "email"], condition=_OPEN_UNDER_ADDRESS, name="registration_once_an_address"),
            models.CheckConstraint(condition=_ENDS | _STAYS, name="registration_end_fits"),
            models.CheckConstraint(condition=~Q(state=RegistrationState.CONFIRMED) | Q(address_confirmed=True), name="registration_confirmed_by_its_address"),
        )

    def __str__(self) -> str:
        """Give the name."""
        return self.name

    @property
    def holds_place(self) -> bool:
        """Whether it takes a place."""
        return self.state in HOLDING

    @property
    def writes_to(self) -> str:
        """Where letters about it go; empty where nobody left an address."""
        return self.email or (self.brought_by.email if self.brought_by else "")


class Needs(models.Model):
    """What somebody eats and what she needs; may tell of her health, so it is enciphered, has no history, and goes two weeks after the gathering."""

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="needs")
    meal = models.CharField(max_length=20, choices=Meal, blank=True, default="")
    sealed = models.TextField(blank=True, default="")

    class Meta:
        """One row a registration."""

        verbose_name_plural = "needs"

    def __str__(self) -> str:
        """Say whose."""
        return str(self.registration_id)
