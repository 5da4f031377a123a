# SPDX-License-Identifier: EUPL-1.2
"""Fields of action: one list over all rooms."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext


class FieldOfAction(models.Model):
    """A field of action (Handlungsfeld) such as graffiti or traffic."""

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=80, unique=True)
    description = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()

    class Meta:
        """Read in the list's own order."""

        ordering = ("position", "key")

    def __str__(self) -> str:
        """Give the name in the reader's language."""
        return gettext(self.name)

    @property
    def meaning(self) -> str:
        """The description in the reader's language."""
        return gettext(self.description)

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("library:field", args=[self.key])
