# SPDX-License-Identifier: EUPL-1.2
"""Pictures of a gathering in its documentation."""

from django.db import models
from django.urls import reverse

from asskomm.core.references import REFERENCE_LENGTH, new_reference


class Picture(models.Model):
    """A picture; the file lies in the data folder under its reference, made anew from what was uploaded, so that it carries nothing else.

    `agreed_at` is when those who invite said that everybody who can be recognised agreed to it.
    """

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="pictures")
    alternative = models.CharField(max_length=500)
    credit = models.CharField(max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    given_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    agreed_at = models.DateTimeField()

    class Meta:
        """In the order in which they came; the same file once a gathering."""

        ordering = ("gathering", "pk")
        constraints = (models.UniqueConstraint(fields=["gathering", "given_sha256"], name="picture_once"),)

    def __str__(self) -> str:
        """Give the words that stand for it."""
        return self.alternative

    def get_absolute_url(self) -> str:
        """Give the address of the file."""
        return reverse("events:picture", args=[self.gathering.reference, self.reference])
