# SPDX-License-Identifier: EUPL-1.2
"""What those who invite want to know beside what is always asked."""

from django.db import models
from django.utils.translation import gettext as _

from asskomm.events.enums import QuestionKind


class Question(models.Model):
    """A question of one gathering; asked of some types of participants, or of all where `participant_types` is empty.

    `choices` lists what can be chosen, where something is chosen. Answers stand with the registration, by the key of the question.
    """

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=QuestionKind, default=QuestionKind.TEXT)
    choices = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=False)
    participant_types = models.JSONField(default=list, blank=True)

    class Meta:
        """In their order."""

        ordering = ("gathering", "position", "pk")

    def __str__(self) -> str:
        """Give its text."""
        return self.text

    def said(self, answer: str) -> str:
        """Give an answer as one reads it."""
        return {"yes": _("ja"), "no": _("nein")}.get(answer, answer) if self.kind == QuestionKind.YES_NO else answer

    def is_for(self, participant_type: str) -> bool:
        """Whether it is asked of a type of participants."""
        return not self.participant_types or participant_type in self.participant_types
