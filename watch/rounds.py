"""When is what looked at, and by which thread? Chores that one worker of all claims, and what each worker tells of itself.

A thread of its own, since some of it waits for the network: neither callers nor the desk wait with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.chores import Chore, Chores, Work
from ivr.alarms import Alarming
from ivr.moment import World
from routing.clock import Clock
from store import alarms
from store.alarm_book import AlarmBook
from store.database import Database
from watch.telling import Telling

SILENCE_EVERY = timedelta(minutes=5)
ACCOUNT_EVERY = timedelta(hours=1)
JUDGED_EVERY = timedelta(minutes=1)


def every(code: str, period: timedelta, work: Work) -> Chore:
    """Work that comes round so long after it was done."""
    return Chore(code, work, lambda now: now + period)


@dataclass(frozen=True, slots=True)
class Watch:
    """One worker's watch: its chores, what it knows, and who is told."""

    database: Database
    world: Callable[[], World]
    clock: Clock
    book: AlarmBook
    chores: Chores
    mails: Chores
    telling: Telling | None = None
    unwatched: frozenset[Alarming] = frozenset()

    def round(self) -> None:
        """Do what is due, tell the database what is seen here, and people what they were not told. Raises while the database is away."""
        now = self.clock.now()
        self.book.look(now)
        self._forget_unwatched(now)
        self.chores.round(self.world(), now)
        if self.telling:
            self.telling.of_all(self.database, now)

    def _forget_unwatched(self, now: datetime) -> None:
        """What is not looked at any more cannot be seen to end."""
        if any(one.alarm.code in self.unwatched for one in self.book.standing(now)):
            with self.database.write() as connection:
                alarms.settled(connection, self.unwatched, (), now)

    def post(self) -> None:
        """Send the reports that are due by e-mail, on a thread of their own: a mail server may take its time. Raises while the database
        is away."""
        self.mails.round(self.world(), self.clock.now())

    def tell(self) -> None:
        """Tell people of this machine's own trouble, whatever the database does."""
        if self.telling:
            self.telling.of_this_machine(self.book, self.clock.now())


def codes(work: Sequence[Chore]) -> tuple[str, ...]:
    """By which names they are late, should they be."""
    return tuple(chore.code for chore in work)
