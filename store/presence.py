"""Who is at the desk, on which phone, for which lines? A heartbeat that is too old means that nobody is there (ruling 22)."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from store.database import upsert
from store.tables_desk import presence

HEARTBEAT = timedelta(seconds=60)


class Status(StrEnum):
    """What a handler is doing."""

    AVAILABLE = "available"
    RINGING = "ringing"
    ON_CALL = "on-call"
    WRAP_UP = "wrap-up"
    AWAY = "away"


RESTED = select(presence.c.who).where(
    presence.c.status == Status.WRAP_UP.value, presence.c.since <= bindparam("resting_since")
)


@dataclass(frozen=True, slots=True)
class Present:
    """A handler at the desk. ``phone`` is E.164; ``since`` is when the status began."""

    who: str
    name: str
    phone: str
    lines: tuple[str, ...]
    status: Status
    since: datetime
    seen_at: datetime

    def is_there(self, now: datetime) -> bool:
        """Whether their page was heard of lately."""
        return self.seen_at > now - HEARTBEAT


def one(connection: Connection, who: str) -> Present | None:
    """A handler, there or not."""
    row = connection.execute(select(presence).where(presence.c.who == who)).first()
    return _made(row) if row else None


def opened(connection: Connection, who: str) -> Present | None:
    """A handler, locked until the transaction ends."""
    row = connection.execute(select(presence).where(presence.c.who == who).with_for_update()).first()
    return _made(row) if row else None


def signed_in(connection: Connection, now: datetime) -> tuple[Present, ...]:
    """Everybody who was heard of lately, whoever has had their status longest first."""
    there = select(presence).where(presence.c.seen_at > now - HEARTBEAT).order_by(presence.c.since, presence.c.who)
    return tuple(_made(row) for row in connection.execute(there))


def change(connection: Connection, who: str, since: Collection[Status], to: Status, now: datetime) -> bool:
    """Another status, from one of these; whether it was so."""
    known = update(presence).where(presence.c.who == who, presence.c.status.in_([status.value for status in since]))
    return connection.execute(known.values(status=to.value, since=now)).rowcount == 1


def rested(connection: Connection, before: datetime) -> tuple[str, ...]:
    """Whose wrap-up began by then."""
    return tuple(connection.scalars(RESTED, {"resting_since": before}))


def arrive(connection: Connection, present: Present) -> None:
    """A handler says who, where and how they are."""
    values = asdict(present) | {"lines": list(present.lines), "status": present.status.value}
    upsert(connection, presence, {"who": values.pop("who")}, values)


def beat(connection: Connection, who: str, now: datetime) -> None:
    """Their page was heard of."""
    connection.execute(update(presence).where(presence.c.who == who).values(seen_at=now))


def _made(row: Row[Any]) -> Present:
    return Present(**dict(row._mapping) | {"lines": tuple(row.lines), "status": Status(row.status)})
