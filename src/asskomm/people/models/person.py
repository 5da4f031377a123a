# SPDX-License-Identifier: EUPL-1.2
"""Persons in their office; citizens are never persons here."""

from django.db import models


class PersonManager(models.Manager["Person"]):
    """Leaves out who turned out to be somebody else."""

    def get_queryset(self) -> models.QuerySet["Person"]:
        """Give the persons who stand for themselves."""
        return super().get_queryset().filter(merged_into__isnull=True)


class Person(models.Model):
    """Somebody who holds a function somewhere; one who turned out to be another points to her, and can be parted again."""

    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, blank=True, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = PersonManager()
    everybody = models.Manager()  # noqa: DJ012 -- a manager too

    class Meta:
        """Read by name."""

        ordering = ("family_name", "given_name", "pk")

    def __str__(self) -> str:
        """Give the full name."""
        return f"{self.given_name} {self.family_name}"
