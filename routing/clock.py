"""What time is it? The only module that asks."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """Where a moment comes from."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        """The moment at which it was stopped."""
        return self.at


def minute_of(at: datetime) -> datetime:
    """The moment cut to its minute, in UTC: what a step's bytes may depend on (ruling 16)."""
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def local(at: datetime) -> datetime:
    """The same moment on a clock on the wall in England."""
    return at.astimezone(LONDON)
