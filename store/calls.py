"""Which calls were there, and what is known of each?"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from ivr.record import Record
from store import tables
from store.projections import events_of


def latest(connection: Connection, limit: int, before: str = "") -> Sequence[Row[Any]]:
    """Calls, newest first; ``before`` is the SID of the last one of the page before."""
    call = tables.call
    newest = select(call).order_by(call.c.began_at.desc().nulls_last(), call.c.sid.desc()).limit(limit)
    if before:
        began = select(call.c.began_at).where(call.c.sid == before).scalar_subquery()
        older = (call.c.began_at < began) | ((call.c.began_at == began) & (call.c.sid < before))
        newest = newest.where(older)
    return connection.execute(newest).all()


def one(connection: Connection, sid: str) -> Row[Any] | None:
    """A call's row."""
    return connection.execute(select(tables.call).where(tables.call.c.sid == sid)).first()


def legs(connection: Connection, sid: str) -> Sequence[Row[Any]]:
    """The phones that a call rang."""
    return connection.execute(select(tables.leg).where(tables.leg.c.call == sid)).all()


def callbacks(connection: Connection, sid: str) -> Sequence[Row[Any]]:
    """The call-backs that a caller booked."""
    return connection.execute(select(tables.callback).where(tables.callback.c.call == sid)).all()


def trace(connection: Connection, sid: str) -> list[Record]:
    """Every record of a call, in order."""
    return events_of(connection, sid)


def events_since(connection: Connection, at: datetime) -> Iterator[Record]:
    """Every record from a moment on, in order, without holding them all."""
    event = tables.event
    rows = connection.execution_options(yield_per=500).execute(
        select(event).where(event.c.at >= at).order_by(event.c.at, event.c.call, event.c.sequence)
    )
    return (Record(row.call, row.leg, row.sequence, row.kind, row.at, row.body) for row in rows)


def trail(connection: Connection, limit: int, before: int | None = None) -> Sequence[Row[Any]]:
    """The audit trail, newest first, below a sequence."""
    audit = tables.audit
    newest = select(audit).order_by(audit.c.sequence.desc()).limit(limit)
    return connection.execute(newest.where(audit.c.sequence < before) if before is not None else newest).all()


def log_version(connection: Connection) -> int:
    """How far the log of changes goes."""
    return connection.scalar(select(func.max(tables.change.c.version))) or 0
