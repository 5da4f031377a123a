# SPDX-License-Identifier: EUPL-1.2
"""Kinds of objects with a history register here: what their state is, what its fields are called, who may see it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.db.models.enums import ChoicesType
from django.utils.formats import date_format
from django.utils.functional import Promise

from asskomm.core.slots import Slot
from asskomm.core.visibility import Principal

Words = str | Promise
Value = str | list[str]


def _plain(value: str) -> str:
    return value


@dataclass(frozen=True)
class Field:
    """Something that is kept of an object.

    Args:
        label: what the page calls it.
        say: turns a kept value, or each one of a list, into words.
    """

    label: Words
    say: Callable[[str], str] = _plain

    def words(self, value: Value) -> str:
        """Say a kept value.

        >>> Field("Orte").words(["Görlitz", "Zittau"])
        'Görlitz, Zittau'
        """
        return ", ".join(map(self.say, value)) if isinstance(value, list) else self.say(value) if value else ""


def labelled(choices: ChoicesType) -> Callable[[str], str]:
    """Say a choice by its label."""
    labels = dict(choices.choices)
    return lambda value: str(labels.get(value, value))


def as_day(value: str) -> str:
    """Say a day in the reader's language."""
    return date_format(dt.date.fromisoformat(value), "d.m.Y")


@dataclass(frozen=True)
class State:
    """What an object says now.

    Args:
        key: of the object.
        values: texts or lists of texts by the name of the field; empty ones are left out.
        audience: who may see this state, `None` for whoever may see the object.
    """

    key: str
    values: Mapping[str, Value]
    audience: frozenset[str] | None = None


@dataclass(frozen=True)
class Subject:
    """An object as a page of its history names it."""

    title: str
    url: str


@dataclass(frozen=True)
class Trail:
    """A kind of object with a history.

    Args:
        name: of one such object.
        fields: what is kept of it, in the order of the page.
        states: gives the states of several objects in a fixed number of queries.
        find: gives an object by its key, `None` where there is none or the reader may not see it.
        kept: after how long former contents are deleted; `None` for as long as the object is kept.
    """

    name: Words
    fields: Mapping[str, Field]
    states: Callable[[Sequence[Any]], Iterable[State]]
    find: Callable[[str, Principal], Subject | None]
    kept: dt.timedelta | None = None


def no_states(_objects: Sequence[Model]) -> Iterable[State]:
    """Keep nothing but that something was done."""
    return ()


TRAILS: Slot[Trail] = Slot()
