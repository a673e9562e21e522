"""What was looked at last, and how did it go? And when did callers ring: what the watch reads of the calls."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from store import tables
from store.database import Transaction, upsert
from store.tables_alarms import watched as table
from store.tables_tasks import chore

call = tables.call


class State(IntEnum):
    """How a look went."""

    WELL = 0
    AMISS = 1
    UNKNOWN = 2
    UNDER_WAY = 3


@dataclass(frozen=True, slots=True)
class Look:
    """The last look of a kind at a line. ``expected_at`` is when a silence will be improbable; ``place`` the number that rang."""

    kind: str
    subject: str
    at: datetime
    state: State
    words: str = ""
    milliseconds: int | None = None
    expected_at: datetime | None = None
    place: str = ""


def keep(connection: Transaction, look: Look) -> None:
    """It is the last of its kind at this line now."""
    row = asdict(look)
    upsert(connection, table, {name: row.pop(name) for name in ("kind", "subject")}, {**row, "state": int(look.state)})


def settled(connection: Transaction, look: Look, state: State, words: str) -> bool:
    """How a look that was under way has gone, or goes; false where another worker was first."""
    mine = (table.c.kind == look.kind) & (table.c.subject == look.subject) & (table.c.at == look.at)
    waits = update(table).where(mine, table.c.state == int(State.UNDER_WAY))
    return connection.execute(waits.values(state=int(state), words=words)).rowcount == 1


def forget(connection: Transaction, kind: str, but: Collection[str]) -> None:
    """Lines that are not there any more."""
    connection.execute(delete(table).where(table.c.kind == kind, table.c.subject.not_in(but)))


def looks(connection: Connection) -> tuple[Look, ...]:
    """Every last look, line by line."""
    rows = connection.execute(select(table).order_by(table.c.subject, table.c.kind))
    return tuple(
        Look(one.kind, one.subject, one.at, State(one.state), one.words, one.milliseconds, one.expected_at, one.place)
        for one in rows
    )


def rung_at(connection: Connection, line: str, since: datetime, ours: Collection[str]) -> list[datetime]:
    """When callers rang a line since a moment; calls from our own numbers are tests, or circles."""
    theirs = (call.c.line == line) & (call.c.began_at >= since) & from_others(ours)
    return list(connection.scalars(select(call.c.began_at).where(theirs)))


def last_rung(connection: Connection, since: datetime, ours: Collection[str]) -> Mapping[str, datetime]:
    """The last call of each line, of those since a moment."""
    theirs = call.c.line.is_not(None) & (call.c.began_at >= since) & from_others(ours)
    latest = select(call.c.line, func.max(call.c.began_at).label("last")).where(theirs).group_by(call.c.line)
    return {row.line: row.last for row in connection.execute(latest)}


def from_others(ours: Collection[str]) -> ColumnElement[bool]:
    """Whether a call came from somebody else than one of our own numbers."""
    return or_(call.c.caller.is_(None), call.c.caller.not_in(ours))


def arrived(connection: Connection, dialled: str, caller: str, since: datetime, until: datetime) -> str | None:
    """The call from one number to another that began meanwhile."""
    between = call.c.began_at.between(since, until)
    sid: str | None = connection.scalar(
        select(call.c.sid).where(call.c.dialled == dialled, call.c.caller == caller, between).limit(1)
    )
    return sid


def taken_out(connection: Transaction, sid: str) -> None:
    """A test call is no record: it goes from wherever calls are kept."""
    for kept, of in ((tables.event, tables.event.c.call), (tables.leg, tables.leg.c.call), (call, call.c.sid)):
        connection.execute(delete(kept).where(of == sid))


def late(connection: Connection, codes: Collection[str], now: datetime, patience: timedelta) -> tuple[str, ...]:
    """The chores that should have been done a while ago."""
    overdue = select(chore.c.id).where(chore.c.id.in_(codes), chore.c.due_at < now - patience).order_by(chore.c.id)
    return tuple(connection.scalars(overdue))
