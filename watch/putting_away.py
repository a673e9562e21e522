"""When do the events of calls that began weeks ago leave the table that the drain writes into? Bit by bit, by one worker of all."""

from datetime import datetime, timedelta

from desk.chores import Work
from ivr.moment import World
from routing.periods import Period
from store.database import Database
from store.past_events import put_away

KIND = "past-events"
EVERY = timedelta(minutes=1)


def round_with(kept: Period | None) -> Work:
    """Move some; ``kept``: how long calls are kept, where that has an end."""

    def round_of(database: Database, _: World, now: datetime) -> int:
        return put_away(database, kept.begins(now) if kept else None, now)

    return round_of
