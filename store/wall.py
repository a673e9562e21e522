"""What goes on at this moment, counted by line? Calls that last, callers who wait for the desk, and handlers by status; nobody by name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from store import presence, tables
from store.conversations import At
from store.presence import Present, Status
from store.tables_desk import conversation

LONGEST_CALL = timedelta(hours=4)
"""Twilio ends a call after so long (Twilio: voice/api/call-resource, TimeLimit); one that lasts longer has an end that we were not told."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait on a line, and since when the one who has waited longest."""

    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything by line. ``handlers``: how many of those who answer a line have which status."""

    live: Mapping[str, int]
    waiting: Mapping[str, Waiting]
    handlers: Mapping[str, Mapping[Status, int]]


def wall(connection: Connection, now: datetime) -> Wall:
    """As it is now."""
    return Wall(_live(connection, now), _waiting(connection), _handlers(presence.signed_in(connection, now)))


def _live(connection: Connection, now: datetime) -> Mapping[str, int]:
    call = tables.call
    lasting = select(call.c.line, func.count()).where(call.c.began_at > now - LONGEST_CALL, call.c.ended_at.is_(None))
    rows = connection.execute(lasting.where(call.c.line.is_not(None)).group_by(call.c.line))
    return {row.line: row[1] for row in rows}


def _waiting(connection: Connection) -> Mapping[str, Waiting]:
    queued = conversation.c.state == At.WAITING.value
    columns = conversation.c.line, func.count(), func.min(conversation.c.queued_at)
    rows = connection.execute(select(*columns).where(queued).group_by(conversation.c.line))
    return {line: Waiting(count, since) for line, count, since in rows}


def _handlers(there: Sequence[Present]) -> Mapping[str, Mapping[Status, int]]:
    lines = {line for one in there for line in one.lines}
    return {line: Counter(one.status for one in there if line in one.lines) for line in lines}
