"""Which work that comes round by itself is due, and which worker does it? One row per chore, claimed for a lease (``store.claims``)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select, update

from store.claims import DUE, claim
from store.database import Transaction, insert_new
from store.tables_tasks import chore as table


def enter(connection: Transaction, codes: Iterable[str], due_at: datetime) -> None:
    """A row for each chore that has none yet."""
    insert_new(connection, table, [{"id": code, "state": DUE, "due_at": due_at, "attempts": 0} for code in codes])


def due(connection: Transaction, codes: Collection[str], now: datetime) -> bool:
    """Whether one of these is due, or was never entered; asked before a transaction that writes."""
    rows = connection.execute(select(table.c.due_at).where(table.c.id.in_(codes))).all()
    return len(rows) < len(codes) or any(row.due_at <= now for row in rows)


def claimed(connection: Transaction, codes: Collection[str], worker: str, now: datetime) -> str | None:
    """The one of these that is due longest, now this worker's for one lease."""
    found = claim(connection, table, worker, now, only=table.c.id.in_(codes))
    return str(found[0].id) if found else None


def over(connection: Transaction, code: str, worker: str, next_at: datetime, now: datetime) -> bool:
    """A chore is done, and due again later; false where the lease had gone to another worker meanwhile."""
    mine = (table.c.id == code) & (table.c.claimed_by == worker)
    values = {"due_at": next_at, "done_at": now, "claimed_by": None, "claimed_until": None, "attempts": 0}
    return connection.execute(update(table).where(mine).values(**values)).rowcount == 1
