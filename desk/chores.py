"""What has to be done from time to time, though nobody asks? Rows with a due time and a lease; any worker's round does what is due.

A round that is lost is made up by the next one, and of two at once one finds nothing to claim (ADR 0012). A chore that fails stays
due, and is tried again when its lease has ended.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from desk.retention import purged
from ivr.moment import World
from routing.clock import LONDON, local
from routing.periods import Period
from store import chores
from store.audit import Deed
from store.database import Database

LOOK_EVERY = timedelta(seconds=20)
"""So often a worker asks whether a chore is due."""

QUIET_HOUR = time(3)
"""When nightly work begins, on England's clock."""

Work = Callable[[Database, World, datetime], object]


@dataclass(frozen=True, slots=True)
class Chore:
    """A piece of work by its code, and when it is due after it was done. Doing it twice must be harmless."""

    code: str
    work: Work
    following: Callable[[datetime], datetime]


def nightly(now: datetime) -> datetime:
    """The next quiet hour, in UTC."""
    today = datetime.combine(local(now).date(), QUIET_HOUR, LONDON)
    coming = today if today > now else datetime.combine(local(now).date() + timedelta(days=1), QUIET_HOUR, LONDON)
    return coming.astimezone(UTC)


def purge(kept: Mapping[str, Period]) -> Chore:
    """Records whose time has come go at night (``desk.retention``)."""
    doer = Deed("the desk", "", "retention", "", None, None, "the nightly purge")
    return Chore("purge", lambda database, _, now: purged(database, kept, doer, now), nightly)


class Chores:
    """One worker's rounds."""

    def __init__(self, database: Database, worker: str, every: Sequence[Chore]) -> None:
        self._database, self._worker = database, worker
        self._every = {chore.code: chore for chore in every}
        self._looks_at: datetime | None = None

    def round(self, world: World, now: datetime) -> int:
        """Do what is due, if it is time to look; how many chores were done."""
        if not self._every or (self._looks_at and now < self._looks_at):
            return 0
        self._looks_at = now + LOOK_EVERY
        with self._database.read() as connection:
            if not chores.due(connection, self._every.keys(), now):
                return 0
        done = 0
        while code := self._claimed(now):
            self._do(self._every[code], world, now)
            done += 1
        return done

    def _claimed(self, now: datetime) -> str | None:
        with self._database.write() as connection:
            for chore in self._every.values():
                chores.enter(connection, [chore.code], chore.following(now))
            return chores.claimed(connection, self._every.keys(), self._worker, now)

    def _do(self, chore: Chore, world: World, now: datetime) -> None:
        chore.work(self._database, world, now)
        with self._database.write() as connection:
            chores.over(connection, chore.code, self._worker, chore.following(now), now)
