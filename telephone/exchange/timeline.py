"""What happens next, and when?

A discrete-event simulation: callbacks wait in a heap for their moment, and virtual time jumps from one to the next.
What happens at the same moment happens in the order in which it was asked for.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from threading import RLock

from telephone.clock import ignore_time
from telephone.errors import Circling, OutOfTurn

MOST_AT_ONCE = 20_000
"""More events than this in one virtual instant are a loop."""

Act = Callable[[], object]


def leave_it() -> None:
    """Nothing is to be done afterwards."""


@dataclass(slots=True)
class Timeline:
    """Virtual time in seconds, and what is due in it.

    `follow` is told whenever it moves; `afterwards` belongs to each event; `hooks` run after each event and every
    `tick` seconds. The lock is held while an event runs, but not while an application answers or a hook runs: their
    requests to the REST API may need it.
    """

    follow: Callable[[float], None] = ignore_time
    tick: float = 1.0
    now: float = 0.0
    afterwards: Act = leave_it
    hooks: list[Act] = field(default_factory=list)
    lock: RLock = field(default_factory=RLock)
    _due: list[tuple[float, int, Act]] = field(default_factory=list)
    _asked: int = 0
    _is_moving: bool = False

    def ahead(self, seconds: float) -> float:
        """The moment in so many seconds, as exactly as the clock shows it: it is reached, not just approached."""
        return round(self.now + seconds, 3)

    def at(self, moment: float, act: Act) -> None:
        """Let something happen at a moment, or at once where that has passed."""
        with self.lock:
            self._asked += 1
            heapq.heappush(self._due, (max(round(moment, 3), self.now), self._asked, act))

    def soon(self, act: Act) -> None:
        """Let something happen now, behind what is due already."""
        self.at(self.now, act)

    def after(self, seconds: float, act: Act) -> None:
        """Let something happen in a while."""
        self.at(self.now + seconds, act)

    def settle(self) -> None:
        """Let happen what is due now. Within an event or a hook this is left to the event's own end."""
        if not self._is_moving:
            self._run(self.now, _never)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._run(self.ahead(seconds), _never)

    def until(self, condition: Callable[[], bool], within: float) -> bool:
        """Let time pass until the condition holds; whether it came to hold within these seconds."""
        return self._run(self.ahead(within), condition)

    def _run(self, end: float, condition: Callable[[], bool]) -> bool:
        if self._is_moving:
            raise OutOfTurn("time is moved by the test, not by what happens in it")
        self._is_moving = True
        try:
            return self._reaches(end, condition)
        finally:
            self._is_moving = False

    def _reaches(self, end: float, condition: Callable[[], bool]) -> bool:
        while True:
            if self._all_that_is_due(condition):
                return True
            if self.now >= end:
                return False
            self._move(min(end, self._next(), self.now + self.tick if self.hooks else inf))

    def _all_that_is_due(self, condition: Callable[[], bool]) -> bool:
        """Whether the condition came to hold between two of the events."""
        for _ in range(MOST_AT_ONCE):
            if condition():
                return True
            if self._next() > self.now:
                return False
            self._one()
        raise Circling(f"{MOST_AT_ONCE} events at second {self.now:g}")

    def _one(self) -> None:
        with self.lock:
            act = heapq.heappop(self._due)[2]
            act()
            self.afterwards()
        self._pause()

    def _move(self, moment: float) -> None:
        self.now = round(moment, 3)
        self.follow(self.now)
        self._pause()

    def _pause(self) -> None:
        for hook in tuple(self.hooks):
            hook()

    def _next(self) -> float:
        with self.lock:
            return self._due[0][0] if self._due else inf


def _never() -> bool:
    return False
