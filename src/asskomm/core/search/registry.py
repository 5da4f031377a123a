# SPDX-License-Identifier: EUPL-1.2
"""What can be searched: rooms register where documents come from and who may see them."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from asskomm.core.slots import Slot
from asskomm.core.visibility import Principal
from asskomm.core.visibility.audience import PUBLIC


@dataclass(frozen=True)
class Document:
    """What is found: one object in words.

    Args:
        key: names the object within its source.
        title: what the list of hits shows first; weighs three times as much.
        text: everything else that it is found by.
        url: where it stands.
        audience: who may see it; empty for nobody but the operator.
        day: newer ones come first among equals.
        language: of title and text.
        example: whether it is made up.
    """

    key: str
    title: str
    text: str
    url: str
    audience: frozenset[str] = PUBLIC
    day: dt.date = dt.date.min
    language: str = "de"
    example: bool = False


def everything(keys: Collection[str], _principal: Principal) -> set[str]:
    """Let everybody see everything, for sources that are public."""
    return set(keys)


@dataclass(frozen=True)
class Source:
    """Where documents of one kind come from.

    Args:
        name: what the page says, in the plural.
        documents: gives those of some keys, or of all for `None`, as they are now; what is gone is left out.
        visible: keeps the keys that a reader may see, as the room itself would say today.
        prominence: what the scores of its documents are multiplied by; less than one for what explains other things.
    """

    name: str | Promise
    documents: Callable[[Collection[str] | None], Iterable[Document]]
    visible: Callable[[Collection[str], Principal], set[str]] = everything
    prominence: float = 1.0


SEARCH_SOURCES: Slot[Source] = Slot()
