# SPDX-License-Identifier: EUPL-1.2
"""Persons in their office; citizens are never persons here."""

from django.db import models


class Person(models.Model):
    """Somebody who holds a function somewhere."""

    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        """Read by name."""

        ordering = ("family_name", "given_name", "pk")

    def __str__(self) -> str:
        """Give the full name."""
        return f"{self.given_name} {self.family_name}"
