# SPDX-License-Identifier: EUPL-1.2
"""What those who invite want to know beside what is always asked."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext as _

from asskomm.events.enums import QuestionKind


class Asking(models.Model):
    """A question and how it is answered, whoever asks it of whom.

    `choices` lists what can be chosen, where something is chosen. Answers stand with whoever answers, by the key of the question.
    """

    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=QuestionKind, default=QuestionKind.TEXT)
    choices = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=False)

    class Meta:
        """No table of its own."""

        abstract = True

    def __str__(self) -> str:
        """Give its text."""
        return self.text

    def said(self, answer: str) -> str:
        """Give an answer as one reads it."""
        return {"yes": _("ja"), "no": _("nein")}.get(answer, answer) if self.kind == QuestionKind.YES_NO else answer

    @property
    def asked_of(self) -> Sequence[str]:
        """Types of participants of whom it is asked; empty for everybody."""
        return ()

    def is_for(self, participant_type: str) -> bool:
        """Whether it is asked of a type of participants."""
        return not self.asked_of or participant_type in self.asked_of


class Question(Asking):
    """A question of one gathering; asked of some types of participants, or of all where `participant_types` is empty."""

    gathering = models.ForeignKey("events.Gathering", models.CASCADE, related_name="questions")
    participant_types = models.JSONField(default=list, blank=True)

    class Meta:
        """In their order."""

        ordering = ("gathering", "position", "pk")

    @property
    def asked_of(self) -> Sequence[str]:
        """Types of participants of whom it is asked; empty for everybody."""
        return list(self.participant_types)


class CallQuestion(Asking):
    """A question of one call, asked of whoever proposes."""

    call = models.ForeignKey("events.Call", models.CASCADE, related_name="questions")

    class Meta:
        """In their order."""

        ordering = ("call", "position", "pk")
