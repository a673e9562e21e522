"""How long is something kept, and what is past it? Counted on England's calendar: a year is a year, with a leap day in it or not."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from routing.clock import LONDON, local

PERIOD = re.compile(r"([1-9][0-9]{0,2})(y)|([1-9][0-9]{0,4})(d)")


@dataclass(frozen=True, slots=True)
class Period:
    """So many years, or so many days."""

    years: int = 0
    days: int = 0

    def begins(self, now: datetime) -> datetime:
        """The moment that is just inside the period; whatever is older is past it. On 29 February, where the other year has
        no such day, that is the beginning of 1 March."""
        here = local(now) - timedelta(days=self.days)
        try:
            return here.replace(year=here.year - self.years).astimezone(UTC)
        except ValueError:
            return datetime(here.year - self.years, 3, 1, tzinfo=LONDON).astimezone(UTC)

    @property
    def words(self) -> str:
        """The period as it is said."""
        much, what = (self.years, "year") if self.years else (self.days, "day")
        return f"{much} {what}{'' if much == 1 else 's'}"


def period_from(text: str) -> Period | None:
    """``2y`` or ``90d``; nothing where it is neither."""
    found = PERIOD.fullmatch(text)
    if found is None:
        return None
    return Period(years=int(found[1])) if found[1] else Period(days=int(found[3]))
