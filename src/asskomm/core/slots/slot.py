# SPDX-License-Identifier: EUPL-1.2
"""An ordered registry that a lower room offers and upper rooms fill at start."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Slot(Generic[T]):
    """Entries in a fixed order, each registered once under its key.

    >>> greetings: Slot[str] = Slot()
    >>> greetings.register("b", "Guten Tag", order=20)
    >>> greetings.register("a", "Guten Morgen", order=10)
    >>> list(greetings)
    ['Guten Morgen', 'Guten Tag']
    """

    def __init__(self) -> None:
        """Start empty."""
        self._entries: dict[str, tuple[int, T]] = {}

    def register(self, key: str, entry: T, *, order: int = 100) -> None:
        """Add an entry.

        Raises
        ------
            ValueError: the key is taken by another entry.
        """
        if key in self._entries:
            raise ValueError(f"slot entry {key!r} is registered twice")
        self._entries[key] = (order, entry)

    def remove(self, key: str) -> None:
        """Take an entry out again, as a test's toy room does."""
        del self._entries[key]

    def __iter__(self) -> Iterator[T]:
        """Give the entries by order, then key."""
        return (entry for _key, (_order, entry) in sorted(self._entries.items(), key=lambda item: (item[1][0], item[0])))

    def __getitem__(self, key: str) -> T:
        """Give one entry."""
        return self._entries[key][1]

    def keys(self) -> list[str]:
        """Give the keys in order."""
        return [key for key, _ in sorted(self._entries.items(), key=lambda item: (item[1][0], item[0]))]

    def items(self) -> list[tuple[str, T]]:
        """Give keys and entries in order."""
        return [(key, self._entries[key][1]) for key in self.keys()]

    def __contains__(self, key: object) -> bool:
        """Whether a key is registered."""
        return key in self._entries
