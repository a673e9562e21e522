"""When do status callbacks arrive?"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from telephone.clock import Clock
from telephone.fetching import Order


class Delivery(Protocol):
    """A policy for status callbacks; Twilio promises neither order nor once."""

    def delays(self) -> tuple[float, ...]:
        """The delay in seconds of each copy of the next callback."""
        ...


@dataclass(frozen=True, slots=True)
class InOrder:
    """Each once and at once."""

    def delays(self) -> tuple[float, ...]:
        """One copy, now."""
        return (0.0,)


@dataclass(slots=True)
class Unruly:
    """Late, so out of order, and some twice; the same for the same seed.

    What is still on its way when the call ends arrives then.
    """

    seed: int
    latest: float = 30.0
    doubled: float = 0.25
    _random: Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)

    def delays(self) -> tuple[float, ...]:
        """One or two delays of up to `latest` seconds."""
        copies = 2 if self._random.random() < self.doubled else 1
        return tuple(self._random.uniform(0.0, self.latest) for _ in range(copies))


@dataclass(slots=True)
class Postbag:
    """The status callbacks that are on their way."""

    clock: Clock
    delivery: Delivery
    send: Callable[[Order], None]
    _waiting: list[tuple[float, int, Order]] = field(default_factory=list)
    _posted: int = 0

    def post(self, order: Order) -> None:
        """Send a callback on its way; those that are due arrive at once."""
        for delay in self.delivery.delays():
            self._posted += 1
            heapq.heappush(self._waiting, (self.clock.now + delay, self._posted, order))
        self.deliver()

    def deliver(self) -> None:
        """Hand over what is due by now."""
        while self._waiting and self._waiting[0][0] <= self.clock.now:
            self.send(heapq.heappop(self._waiting)[2])

    def empty(self) -> None:
        """Hand over the rest: the call has ended and nothing else will make time pass."""
        while self._waiting:
            self.send(heapq.heappop(self._waiting)[2])
