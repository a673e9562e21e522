"""What is read for ``/metrics``, how often, and how long may that take? In a thread of its own, so that nothing that hangs hangs a scrape.

A reading that is a few seconds old serves everybody. Of those who find it older one begins the next and waits for it a little; nobody
waits for a reading that somebody else has begun, so that a database that hangs holds one thread of a worker and none that answers.
"""

import math
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from ivr.answering import Answering
from routing.clock import Clock
from store.backlog import Backlog, backlog
from store.database import AWAY, Database
from store.failover import made_at
from store.measures import Measures, measures
from store.publication import Publication
from store.tally import Spread, Tally

FRESH_SECONDS = 5.0
PATIENCE_SECONDS = 1.0
STALE_SECONDS = 30.0
"""What is older is not told any more: a gap is honest, an old number is not."""

Read = TypeVar("Read")


class Reading(Generic[Read]):
    """The last reading of something, and a thread for the next one. ``read`` may raise what a database or a disk raises; a reading
    serves for ``fresh`` seconds."""

    def __init__(self, read: Callable[[], Read]) -> None:
        self.fresh = FRESH_SECONDS
        self._read = read
        self._last: tuple[float, Read] | None = None
        self._turn = threading.Lock()

    def latest(self) -> Read | None:
        """What was last read; nothing where that is too old."""
        if self.age > self.fresh and self._turn.acquire(blocking=False):
            done = threading.Event()
            threading.Thread(target=self._renew, args=(done,), name="metrics", daemon=True).start()
            done.wait(PATIENCE_SECONDS)
        return self._last[1] if self._last and self.age < STALE_SECONDS else None

    @property
    def age(self) -> float:
        """How many seconds ago it was read; infinite before the first time."""
        return time.monotonic() - self._last[0] if self._last else math.inf

    def _renew(self, done: threading.Event) -> None:
        try:
            with suppress(*AWAY, OSError):
                self._last = time.monotonic(), self._read()
        finally:
            self._turn.release()
            done.set()


@dataclass(frozen=True, slots=True)
class Machine:
    """What the state folder tells: how webhooks were answered, what waits in the journals, and when the fail-over folder was made."""

    answered: Mapping[Answering, Spread]
    backlog: Backlog
    failover_made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Readings:
    """What the page of metrics is handed: the database's side, and this machine's."""

    database: Reading[Measures]
    machine: Reading[Machine]


def readings(state: Path, database: Database, publication: Publication, clock: Clock, tally: Tally) -> Readings:
    """The readings of a deployment with this state folder."""

    def of_the_database() -> Measures:
        with database.read() as connection:
            return measures(connection, tuple(publication.current().directory.line_answering), clock.now())

    def of_the_machine() -> Machine:
        return Machine(tally.keep(), backlog(state / "journal"), made_at(state / "failover"))

    return Readings(Reading(of_the_database), Reading(of_the_machine))
