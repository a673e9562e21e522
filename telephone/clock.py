"""What time is it on this call?"""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Alarm:
    """Somebody interrupts at a moment: `error` is raised into whatever is going on at `at` seconds."""

    at: float
    error: type[Exception]


def ignore_time(elapsed: float) -> None:
    """Nobody follows the clock of this telephone."""


@dataclass(slots=True)
class Clock:
    """Virtual time: seconds since the call began to ring. It moves only when something takes time."""

    follow: Callable[[float], None] = ignore_time
    now: float = 0.0
    alarms: list[Alarm] = field(default_factory=list)

    def spend(self, seconds: float) -> None:
        """Let time pass; stops early and raises where an alarm falls in it."""
        until = self.now + max(seconds, 0.0)
        due = sorted((alarm for alarm in self.alarms if alarm.at <= until), key=lambda alarm: alarm.at)
        if not due:
            return self._move(until)
        self.alarms.remove(due[0])
        self._move(max(due[0].at, self.now))
        raise due[0].error

    def reach(self, moment: float) -> None:
        """Let time pass until `moment`; does nothing where it has passed already."""
        self.spend(moment - self.now)

    def _move(self, moment: float) -> None:
        self.now = round(moment, 3)
        self.follow(self.now)
