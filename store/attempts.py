"""How often was a sign-in tried in vain, and until when is no further one looked at? By keyed hashes, never by names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from store import tables
from store.database import insert_new

FORGOTTEN = timedelta(hours=1)
"""Failures are counted from the beginning again after so long without one."""

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many failures cost nothing, and how the waits after them grow: ``first``, doubled each time up to ``longest``."""

    free: int
    first: timedelta
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long nothing is looked at after so many failures."""
        over = failures - self.free
        return timedelta() if over < 0 else min(self.first * 2 ** min(over, 30), self.longest)


def counted(connection: Connection, subjects: Mapping[str, Allowance], at: datetime) -> datetime | None:
    """Count one attempt of every subject, before it is looked at; or until when one of them has to wait."""
    table = tables.attempt
    connection.execute(delete(table).where(table.c.until < at - KEPT))
    insert_new(connection, table, [{"subject": one, "failures": 0, "until": at} for one in sorted(subjects)])
    rows = connection.execute(
        select(table).where(table.c.subject.in_(subjects)).order_by(table.c.subject).with_for_update()
    ).all()
    waiting: list[datetime] = [row.until for row in rows if row.until > at]
    if waiting:
        return max(waiting)
    for row in rows:
        failures = (0 if at - row.until > FORGOTTEN else row.failures) + 1
        until = at + subjects[row.subject].wait(failures)
        connection.execute(update(table).where(table.c.subject == row.subject).values(failures=failures, until=until))
    return None


def forget(connection: Connection, subjects: Iterable[str]) -> None:
    """Somebody proved who they are: their own failures are forgotten."""
    connection.execute(delete(tables.attempt).where(tables.attempt.c.subject.in_(list(subjects))))


def take_back(connection: Connection, subject: str, at: datetime) -> None:
    """The last attempt was no failure; those of others before it still count."""
    table = tables.attempt
    change = update(table).where(table.c.subject == subject, table.c.failures > 0)
    connection.execute(change.values(failures=table.c.failures - 1, until=at))
