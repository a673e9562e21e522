"""How does one leg get on with its documents while others do the same?

A task is a generator that yields what it waits for. What happens to it from outside (a hang-up, a redirect) is thrown
into it where it waits: never in the middle of a step, and never before what was due earlier.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import TypeVar

from telephone.exchange.timeline import Timeline

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sleep:
    """Nothing but time, or an interruption, ends it. Seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Wait:
    """Until something of interest happens (`Task.wake`), or seconds have passed; None: for as long as it takes."""

    seconds: float | None = None


Steps = Generator[Sleep | Wait, None, T]
"""Something that a leg does: it yields what it waits for, and returns its result."""


class Interruption(Exception):  # noqa: N818 - named for what happens
    """Something that happens to a leg, whatever it is doing."""


def always() -> bool:
    """No condition."""
    return True


@dataclass(slots=True)
class Task:
    """One generator on the timeline."""

    timeline: Timeline
    steps: Steps[None]
    is_over: bool = False
    _waits: Sleep | Wait | None = None
    _turn: int = field(default=0)

    def start(self) -> "Task":
        """Begin, now."""
        self.timeline.soon(lambda: self._go_on(lambda: next(self.steps)))
        return self

    def wake(self) -> None:
        """Something of interest has happened."""
        self.timeline.soon(self._woken)

    def interrupt(self, what: Interruption, only_if: Callable[[], bool] = always) -> None:
        """Throw something into it, unless it is over by then or the condition no longer holds."""

        def throw() -> None:
            if not self.is_over and only_if():
                self._go_on(lambda: self.steps.throw(what))

        self.timeline.soon(throw)

    def _woken(self) -> None:
        if isinstance(self._waits, Wait):
            self._go_on(lambda: next(self.steps))

    def _go_on(self, step: Callable[[], Sleep | Wait]) -> None:
        self._turn += 1
        self._waits = None
        try:
            waits = step()
        except (StopIteration, Interruption):
            self.is_over = True
            return
        self._waits = waits
        self._schedule(self._turn, waits.seconds)

    def _schedule(self, turn: int, seconds: float | None) -> None:
        if seconds is not None:
            self.timeline.after(max(seconds, 0.0), lambda: self._timed_out(turn))

    def _timed_out(self, turn: int) -> None:
        if turn == self._turn and not self.is_over:
            self._go_on(lambda: next(self.steps))
