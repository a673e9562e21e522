"""Was this asked before, by the same caller under the same key, and what was the answer? Kept for a day (ruling 28)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from store import tables
from store.database import insert_new

LIFE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A caller's key, and a hash of what was asked under it."""

    who: str
    key: str
    hash: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How it was answered; ``body`` is sealed by whoever keeps it."""

    status: int
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """The first request under a key: what was asked, and the answer unless it is still to come."""

    hash: str
    answer: Answer | None


def claimed(connection: Connection, asked: Asked, at: datetime) -> bool:
    """Take the key; whether it was free. What is older than a day is let go."""
    table = tables.repeat
    connection.execute(delete(table).where(table.c.at <= at - LIFE))
    row = {"who": asked.who, "key": asked.key, "asked": asked.hash, "at": at}
    return insert_new(connection, table, [row]) == 1


def earlier(connection: Connection, asked: Asked) -> Earlier | None:
    """The first request under this key."""
    table = tables.repeat
    row = connection.execute(select(table).where(table.c.who == asked.who, table.c.key == asked.key)).first()
    if row is None:
        return None
    return Earlier(row.asked, None if row.status is None else Answer(row.status, row.headers, row.body))


def keep(connection: Connection, asked: Asked, answer: Answer) -> None:
    """Keep the answer."""
    table = tables.repeat
    values = {"status": answer.status, "headers": dict(answer.headers), "body": answer.body}
    connection.execute(update(table).where(table.c.who == asked.who, table.c.key == asked.key).values(**values))


def release(connection: Connection, asked: Asked) -> None:
    """Let go of a key under which nothing was done."""
    table = tables.repeat
    connection.execute(delete(table).where(table.c.who == asked.who, table.c.key == asked.key))
