"""Who does a piece of work that waits in a table? Whoever claims it first, until their lease ends.

Tables of work carry ``state``, ``due_at``, ``claimed_by``, ``claimed_until`` and ``attempts``. A claim is one conditional
UPDATE and its row count, so that a lost or doubled wake-up is harmless (dependencies.md, section 7).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, or_, select, true, update

LEASE = timedelta(seconds=30)
DUE = "due"


def claim(
    connection: Connection,
    table: Table,
    worker: str,
    now: datetime,
    most: int = 1,
    only: ColumnElement[bool] | None = None,
) -> Sequence[Row[Any]]:
    """Up to ``most`` rows that are due and nobody's, now this worker's for one lease; the longest due come first."""
    free = or_(table.c.claimed_until.is_(None), table.c.claimed_until < now)
    waiting = (table.c.state == DUE) & (table.c.due_at <= now) & free & (true() if only is None else only)
    found = select(table.c.id).where(waiting).order_by(table.c.due_at, table.c.id).limit(most)
    if connection.dialect.name == "postgresql":
        found = found.with_for_update(skip_locked=True)
    claimed = [row.id for row in connection.execute(found) if _claimed(connection, table, row.id, worker, now, waiting)]
    if not claimed:
        return []
    return connection.execute(select(table).where(table.c.id.in_(claimed)).order_by(table.c.due_at, table.c.id)).all()


def _claimed(
    connection: Connection, table: Table, key: str, worker: str, now: datetime, waiting: ColumnElement[bool]
) -> bool:
    taken = update(table).where(table.c.id == key, waiting)
    values = {"claimed_by": worker, "claimed_until": now + LEASE, "attempts": table.c.attempts + 1}
    return connection.execute(taken.values(**values)).rowcount == 1
