"""When are the calls of a day counted for the reports? As soon as there is more to count of it, by one worker of all."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from ivr.moment import World
from routing.days import Days, day_of
from store import report_counts
from store.database import Database, Transaction

KIND = "counting"
EVERY = timedelta(minutes=5)
LOOKED_BACK = 8
"""Of so many days, today among them, late events are looked for. Older ones are counted once: after an upgrade, or a long stop."""

AT_ONCE = 31
"""At most so many days in one round: the next one goes on."""


def round_of(database: Database, _: World, now: datetime) -> int:
    """Count the days that have more to count; how many those were. Each in a transaction of its own."""
    with database.read() as connection:
        due = list(islice(_due(connection, day_of(now)), AT_ONCE))
    for day, events in due:
        with database.write() as connection:
            report_counts.count_day(connection, day, events, now)
    return len(due)


def _due(connection: Transaction, today: date) -> Iterator[tuple[date, int]]:
    """The newest first. A day of which fewer events are known than once has been purged, and stays as it was counted."""
    first = report_counts.first_call(connection)
    known = report_counts.known_days(connection)
    since = min(day_of(first), today) if first else today
    for day in sorted(Days(since, today), reverse=True):
        if (today - day).days < LOOKED_BACK or day not in known:
            events = report_counts.events_of(connection, day)
            if day == today or events > known.get(day, -1):
                yield day, events
