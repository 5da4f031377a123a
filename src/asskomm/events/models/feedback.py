# SPDX-License-Identifier: EUPL-1.2
"""What people say afterwards, without saying who they are."""

from django.db import models
from django.db.models import Q

from asskomm.events.enums import Rating


class Feedback(models.Model):
    """One answer about a gathering or a session of it; nobody knows whose, and its time is not kept.

    `nonce` is given out with the form, so that whoever presses twice has answered once. `praise` is set by those who invite: it counts as a
    quote, and its text stays longer than the others; when that is gone too, it still counts.
    """

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="feedback")
    session = models.ForeignKey("events.Session", models.CASCADE, null=True, blank=True, related_name="feedback")
    rating = models.PositiveSmallIntegerField(choices=Rating)
    liked = models.TextField(blank=True, default="")
    better = models.TextField(blank=True, default="")
    praise = models.BooleanField(default=False)
    nonce = models.CharField(max_length=32, unique=True)

    class Meta:
        """In the order in which they came."""

        ordering = ("pk",)
        verbose_name_plural = "feedback"
        indexes = (models.Index(fields=["gathering", "session"], name="feedback_about"),)
        constraints = (models.CheckConstraint(condition=Q(rating__in=Rating.values), name="feedback_rating_known"),)

    def __str__(self) -> str:
        """Give the rating in words."""
        return str(self.get_rating_display())
