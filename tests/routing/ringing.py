"""How do callers ring in the tests of silence? By chance, hour by hour, while a line is open."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from routing.calendar import Calendar
from routing.clock import local
from routing.hours import Holidays, Hours, open_spans, week_from
from routing.silence import Line


def line(week: str = "Mon-Fri 09:00-17:00", holidays: Holidays = Holidays.CLOSED, *known: date) -> Line:
    """A line of these hours."""
    read = week_from(week)
    assert not isinstance(read, str)
    return Line(Hours("office", read, holidays, "devon", "devon"), Calendar(dict.fromkeys(known, "a holiday")))


def rung(
    dice: Random, of: Line, since: datetime, until: datetime, an_hour: float, unrest: float = 0.0
) -> Iterator[datetime]:
    """Calls at a rate while the line is open; ``unrest`` is the variance by which days are busier or quieter."""
    day = local(since).date()
    while day <= local(until).date():
        busy = dice.gammavariate(1 / unrest, unrest) if unrest else 1.0
        for opens, closes in open_spans(of.hours, day, of.calendar):
            at = opens
            while (at := at + timedelta(hours=dice.expovariate(an_hour * busy))) < closes:
                if since <= at < until:
                    yield at
        day += timedelta(days=1)
