"""Which moments does a day have in England? Days of 23 and 25 hours among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from routing.clock import LONDON, local


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, the first and the last among them."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """Midnight before the first, in UTC."""
        return beginning(self.first)

    @property
    def ends(self) -> datetime:
        """Midnight after the last, in UTC: the first moment that is not among them."""
        return beginning(self.last + timedelta(days=1))

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Days":
        """As many days, right before these."""
        return Days(self.first - timedelta(days=self.length), self.first - timedelta(days=1))

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range(self.length))


def beginning(day: date) -> datetime:
    """Midnight before a day on England's clock, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def day_of(at: datetime) -> date:
    """The day of a moment in England."""
    return local(at).date()


def month_of(day: date) -> Days:
    """The whole month of a day."""
    first = day.replace(day=1)
    return Days(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
