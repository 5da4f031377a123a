# SPDX-License-Identifier: EUPL-1.2
"""What packages register: checks, measures, files that rows name, and rules that end on a day."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise

from asskomm.core.slots import Slot

Words = str | Promise


class Level(StrEnum):
    """How something stands."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """What was found.

    Args:
        level: how it stands.
        text: in a sentence, without a word from the data.
        remedy: what to do, in a sentence; empty where there is nothing to do.
    """

    level: Level
    text: str
    remedy: str = ""

    @classmethod
    def ok(cls, text: str) -> "Finding":
        """Say that all is well."""
        return cls(Level.OK, text)

    @classmethod
    def warning(cls, text: str, remedy: str) -> "Finding":
        """Say what will go wrong some day."""
        return cls(Level.WARNING, text, remedy)

    @classmethod
    def fault(cls, text: str, remedy: str) -> "Finding":
        """Say what is wrong now."""
        return cls(Level.FAULT, text, remedy)


@dataclass(frozen=True)
class Check:
    """Something to look at.

    Args:
        key: name for machines.
        name: what it looks at, in a word.
        look: looks.
        thorough: whether it takes its time, so that a page does without unless asked.
        asks_database: whether it is of no use without one.
    """

    key: str
    name: Words
    look: Callable[[], Finding]
    thorough: bool = False
    asks_database: bool = True


@dataclass(frozen=True)
class Reading:
    """One number of a measure, with what it is told apart by; never anything about a person."""

    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """Something that is measured when somebody asks; its key is its name behind `asskomm_`.

    Args:
        meaning: in English, as monitoring has it.
        read: reads it; nothing where there is nothing to say.
    """

    meaning: str
    read: Callable[[], Iterable[Reading]]


@dataclass(frozen=True)
class DatedRule:
    """A rule of law, of a grant or of the house, with its last day.

    Args:
        name: of the rule.
        ends: its last day.
    """

    name: Words
    ends: dt.date


CHECKS: Slot[Check] = Slot()
MEASURES: Slot[Measure] = Slot()
NAMED_FILES: Slot[Callable[[], Iterable[str]]] = Slot()
"""Each gives the paths, within the data folder, of files that rows name."""
DATED_RULES: Slot[Callable[[], Iterable[DatedRule]]] = Slot()
"""Each gives the rules in force of a room."""
ROW_COUNTS: Slot[Callable[[], int]] = Slot()
"""Each counts the rows of a main table."""
