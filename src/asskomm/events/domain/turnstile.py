# SPDX-License-Identifier: EUPL-1.2
"""Who waits in front of the same door goes through it together: one of them takes the others along, in the order in which they came.

When registration for a conference opens, hundreds stand there within a second, and each would lock, look, write and commit for herself.
"""

import threading
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

from django.db import connection

Asked = TypeVar("Asked")
Given = TypeVar("Given")

MOST = 30
"""So many at once, so that nobody else waits for long."""


class Turnstile(Generic[Asked, Given]):
    """The threads of this process that want the same; other processes come by the lock in the database.

    >>> doubled = Turnstile[int, int]()
    >>> doubled.go("door", 4, lambda numbers: [2 * number for number in numbers])
    8
    """

    def __init__(self) -> None:
        """Stand there; nobody waits yet."""
        self._queues: WeakValueDictionary[Hashable, _Queue[Asked, Given]] = WeakValueDictionary()  # gone with the last who waits
        self._guard = threading.Lock()

    def go(self, door: Hashable, asked: Asked, serve: Callable[[Sequence[Asked]], Sequence[Given]]) -> Given:
        """Be served, alone or together with whoever waits in front of the same door.

        Whoever is within a transaction goes alone: she may hold what the others wait for. Where it fails for several, each goes alone, so that
        nobody pays for somebody else, and everybody reads the reason in her own language.

        Args:
            door: what is waited for; who names the same may be served together.
            asked: by this one.
            serve: does it for several in one transaction, all or nothing, and gives an answer for each in their order.

        Raises
        ------
            Exception: what `serve` raises for her alone.
        """
        if connection.in_atomic_block:
            return serve([asked])[0]
        ticket = _Ticket[Asked, Given](asked)
        with self._guard:
            queue = self._queues.setdefault(door, _Queue())
            queue.waiting.append(ticket)
        with queue.turn:
            while not ticket.called:
                queue.take_along(serve)
        return ticket.given[0] if ticket.given else serve([asked])[0]


class _Ticket(Generic[Asked, Given]):
    def __init__(self, asked: Asked) -> None:
        self.asked, self.called = asked, False
        self.given: list[Given] = []  # one, or nothing where it failed


class _Queue(Generic[Asked, Given]):
    def __init__(self) -> None:
        self.waiting: deque[_Ticket[Asked, Given]] = deque()
        self.turn = threading.Lock()

    def take_along(self, serve: Callable[[Sequence[Asked]], Sequence[Given]]) -> None:
        together = [self.waiting.popleft() for _each in range(min(MOST, len(self.waiting)))]
        for ticket in together:
            ticket.called = True  # whatever happens now, nobody waits for it any more
        try:
            answers = serve([ticket.asked for ticket in together])
        except Exception:
            if len(together) == 1:
                raise  # it is hers who serves
            return
        for ticket, answer in zip(together, answers, strict=True):
            ticket.given.append(answer)
