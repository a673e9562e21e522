"""How often was a sign-in tried in vain, and until when is no further one looked at? By keyed hashes, never by names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, delete, select, update

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


def forget(connection: Connection, subject: str) -> int:
    """Somebody proved who they are: their own failures are forgotten; how many attempts they were, the last included."""
    own = tables.attempt.c.subject == subject
    attempts = connection.scalar(select(tables.attempt.c.failures).where(own)) or 0
    connection.execute(delete(tables.attempt).where(own))
    return attempts


def take_back(connection: Connection, subject: str, attempts: int, at: datetime) -> None:
    """So many attempts were somebody's who mistyped and then signed in; those of others still count."""
    table = tables.attempt
    left = case((table.c.failures > attempts, table.c.failures - attempts), else_=0)
    connection.execute(update(table).where(table.c.subject == subject).values(failures=left, until=at))
