# SPDX-License-Identifier: EUPL-1.2
"""Persons who are probably entered twice: names that are written or sound alike, with what else speaks for it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations

from asskomm.people.models import DifferentPersons, Person
from asskomm.territory.domain.queries.names import fold

_LIKE = 0.86
_SOUNDS = (
    (r"a[iy]|e[iy]", "ei"),
    (r"oe|oi|eu|aeu", "oe"),
    (r"ph|v", "f"),
    (r"th|dt", "t"),
    (r"ck|c(?!h)|q", "k"),
    (r"tz|ts", "z"),
    (r"y", "i"),
    (r"ie|ih", "i"),
    (r"(?<=[aeiou])h(?![aeiou])", ""),
    (r"([a-z])\1+", r"\1"),
)
_FEWEST_DIGITS = 6


class Why(StrEnum):
    """What speaks for it that two rows are one person, the strongest first."""

    SAME_NAME = "same_name"
    SWAPPED = "swapped"
    LIKE_NAME = "like_name"
    REACHED_ALIKE = "reached_alike"


@dataclass(frozen=True)
class Pair:
    """Two who are probably one, the older row first."""

    one: Person
    other: Person
    why: Why


@dataclass(frozen=True)
class _Known:
    """What is compared of somebody."""

    person: Person
    given: str
    family: str
    reached: frozenset[str]


def sound_of(name: str) -> str:
    """Write a folded name as it sounds.

    >>> sound_of("meyer") == sound_of("maier") == sound_of("meier"), sound_of("schmidt") == sound_of("schmitt")
    (True, True)
    >>> sound_of("weber") == sound_of("wagner")
    False
    """
    for written, sound in _SOUNDS:
        name = re.sub(written, sound, name)
    return name


def doubled_persons() -> list[Pair]:
    """Give the pairs of whom nobody said that they are two, by the age of the rows.

    One part of the name has to sound the same, in its place or in that of the other part; the other part is written or sounds alike,
    or both have the same telephone or the same mailbox.
    """
    apart = set(DifferentPersons.objects.values_list("one", "other"))
    everybody = [_known(person) for person in Person.objects.select_related("account").order_by("pk")]
    found = {}
    for one, other in _with_a_part_alike(everybody):
        key = (one.person.pk, other.person.pk)
        if key not in found and key not in apart and (why := _why(one, other)):
            found[key] = Pair(one.person, other.person, why)
    return [pair for _key, pair in sorted(found.items())]


def _known(person: Person) -> _Known:
    phone = re.sub(r"\D", "", re.sub(r"^\s*(\+|00)49\s*(\(0\))?", "0", person.phone))
    account = getattr(person, "account", None)
    reached = {phone if len(phone) >= _FEWEST_DIGITS else "", account.email.partition("@")[0].lower() if account else ""}
    return _Known(person, fold(person.given_name), fold(person.family_name), frozenset(reached - {""}))


def _with_a_part_alike(everybody: Iterable[_Known]) -> Iterator[tuple[_Known, _Known]]:
    """Compare only those with a part of the name that sounds the same, so that the time does not grow with the square of all."""
    by_sound: dict[str, list[_Known]] = defaultdict(list)
    for known in everybody:
        for sound in {sound_of(known.given), sound_of(known.family)}:
            by_sound[sound].append(known)
    for alike in by_sound.values():
        yield from combinations(alike, 2)


def _why(one: _Known, other: _Known) -> Why | None:
    if (one.given, one.family) == (other.given, other.family):
        return Why.SAME_NAME
    if _alike(one.given, other.family) and _alike(one.family, other.given):
        return Why.SWAPPED
    if _alike(one.given, other.given) and _alike(one.family, other.family):
        return Why.LIKE_NAME
    same_part = sound_of(one.given) == sound_of(other.given) or sound_of(one.family) == sound_of(other.family)
    return Why.REACHED_ALIKE if same_part and one.reached & other.reached else None


def _alike(one: str, other: str) -> bool:
    if sound_of(one) == sound_of(other):
        return True
    matcher = SequenceMatcher(None, one, other)
    return matcher.quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE
