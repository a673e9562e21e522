"""Which lines does somebody at the desk answer now? A worker's memory of it, read again every moment (ruling 22)."""

import time
from collections.abc import Callable
from datetime import datetime

from store import presence
from store.database import Database
from store.presence import Present, Status

STALE_SECONDS = 10.0
"""Without an answer of the database for so long, nobody counts as signed in: callers do not wait for a desk that cannot see
them."""


class Attendance:
    """Who was at the desk when it was last looked at, and how long ago that was."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database, self._clock = database, clock
        self._known: tuple[Present, ...] = ()
        self._looked_at = -STALE_SECONDS

    def look(self, now: datetime) -> None:
        """Read it again. Raises when the database is away."""
        began = self._clock()
        with self._database.read() as connection:
            self._known = presence.signed_in(connection, now)
        self._looked_at = began

    def staffed(self, now: datetime) -> frozenset[str]:
        """The lines of everybody who is there and not away."""
        if self._clock() - self._looked_at >= STALE_SECONDS:
            return frozenset()
        there = (one for one in self._known if one.is_there(now) and one.status is not Status.AWAY)
        return frozenset(line for one in there for line in one.lines)
