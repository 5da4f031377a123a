# SPDX-License-Identifier: EUPL-1.2
"""The sign-in of a person; what she may do follows from her functions, not from here."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Give the account of an address."""
        return self.get(email__iexact=username)

    def with_address(self, address: str) -> "Account | None":
        """Give the account of an address together with its person, or none."""
        return self.filter(email__iexact=address.strip()).select_related("person").first()


class Account(AbstractBaseUser):
    """An e-mail address with a password and, if set up, a second factor."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField("people.Person", models.CASCADE, related_name="account")
    is_active = models.BooleanField(default=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        """Name the person, never the address."""
        return str(self.person)
