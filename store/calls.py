"""Which calls were there, and what is known of each?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, exists, func, or_, select

from ivr.record import Record
from store import past_events, tables
from store.projections import events_of
from store.tables_contacts import contact

NOT_NAMED = exists().where(contact.c.call == tables.call.c.sid, contact.c.anonymous)
"""Whose caller asks not to be named: their number is shown to nobody, and finds nothing."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which calls: all ``words`` must occur in SID, line, ending or (``by_caller``) number; ``lines`` none means any."""

    words: tuple[str, ...] = ()
    by_caller: bool = True
    lines: tuple[str, ...] | None = None


EVERY = Sought()


def latest(connection: Connection, limit: int, before: str = "", sought: Sought = EVERY) -> Sequence[Row[Any]]:
    """Calls, newest first; ``before`` is the SID of the last one of the page before."""
    call = tables.call
    newest = _shown().order_by(call.c.began_at.desc().nulls_last(), call.c.sid.desc()).limit(limit)
    newest = newest.where(*_conditions(sought))
    if before:
        began = select(call.c.began_at).where(call.c.sid == before).scalar_subquery()
        older = (call.c.began_at < began) | ((call.c.began_at == began) & (call.c.sid < before))
        newest = newest.where(older)
    return connection.execute(newest).all()


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    call = tables.call
    if sought.lines is not None:
        yield call.c.line.in_(sought.lines)
    by_number = (case((NOT_NAMED, ""), else_=call.c.caller),) if sought.by_caller else ()
    columns = (call.c.sid, call.c.line, call.c.ending, *by_number)
    for word in sought.words:
        yield or_(*(column.icontains(word.lstrip("0") or word, autoescape=True) for column in columns))


def one(connection: Connection, sid: str) -> Row[Any] | None:
    """A call's row."""
    return connection.execute(_shown().where(tables.call.c.sid == sid)).first()


def _shown() -> Select[Any]:
    call = tables.call
    others = [column for column in call.c if column is not call.c.caller]
    return select(*others, case((NOT_NAMED, None), else_=call.c.caller).label("caller"))


def legs(connection: Connection, sid: str) -> Sequence[Row[Any]]:
    """The phones that a call rang, by their SIDs."""
    return connection.execute(select(tables.leg).where(tables.leg.c.call == sid).order_by(tables.leg.c.sid)).all()


def callbacks(connection: Connection, sid: str) -> Sequence[Row[Any]]:
    """The call-backs that a caller booked, in their order."""
    booked = select(tables.callback).where(tables.callback.c.call == sid)
    return connection.execute(booked.order_by(tables.callback.c.hop)).all()


def trace(connection: Connection, sid: str) -> list[Record]:
    """Every record of a call, in order."""
    return events_of(connection, sid)


def events_since(connection: Connection, at: datetime) -> Iterator[Record]:
    """Every record from a moment on, in order, without holding them all."""
    event = past_events.events()
    rows = connection.execution_options(yield_per=500).execute(
        select(event).where(event.c.at >= at).order_by(event.c.at, event.c.call, event.c.sequence)
    )
    return (Record(row.call, row.leg, row.sequence, row.kind, row.at, row.body) for row in rows)


@dataclass(frozen=True, slots=True)
class Scope:
    """What belongs to an authority: itself, its teams and its lines, by slug."""

    authority: str
    teams: tuple[str, ...]
    lines: tuple[str, ...]


def trail(
    connection: Connection,
    limit: int,
    before: int | None = None,
    words: tuple[str, ...] = (),
    scope: Scope | None = None,
) -> Sequence[Row[Any]]:
    """The audit trail, newest first, below a sequence; all words must occur in who, what, kind, slug or why."""
    audit = tables.audit
    newest = select(audit).order_by(audit.c.sequence.desc()).limit(limit)
    columns = (audit.c.who, audit.c.what, audit.c.kind, audit.c.slug, audit.c.why)
    for word in words:
        newest = newest.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    if scope:
        newest = newest.where(or_(*_within(scope)))
    return connection.execute(newest.where(audit.c.sequence < before) if before is not None else newest).all()


def _within(scope: Scope) -> Iterator[ColumnElement[bool]]:
    """Deeds on what belongs to an authority, or did before."""
    audit = tables.audit
    yield (audit.c.kind == "authority") & (audit.c.slug == scope.authority)
    yield audit.c.kind.in_(("line", "plan")) & audit.c.slug.in_(scope.lines)
    for state in (audit.c.before, audit.c.after):
        yield state["authority"].as_string() == scope.authority
        yield (audit.c.kind == "approval") & (state["slug"].as_string() == scope.authority)
        yield (audit.c.kind == "person") & state["team"].as_string().in_(scope.teams)
        yield (audit.c.kind == "closure") & state["line"].as_string().in_(scope.lines)


def log_version(connection: Connection) -> int:
    """How far the log of changes goes."""
    return connection.scalar(select(func.max(tables.change.c.version))) or 0
