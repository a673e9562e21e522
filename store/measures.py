"""What does the database tell of the calls, the queue and the call-backs, to be watched as numbers? By line, never by call."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, select

from store.callbacks import ACTIVE
from store.conversations import At
from store.reached import Reached, reached
from store.tables import call
from store.tables_callbacks import call_back
from store.tables_desk import conversation
from store.watched import from_others

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
UNDER_WAY = "under-way"


@dataclass(frozen=True, slots=True)
class Count:
    """So many calls of a line that began in the last hour, and in the last day, stand like this now: an ending, or under way."""

    line: str
    outcome: str
    hour: int
    day: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait in a line's queue, and since when the longest."""

    line: str
    callers: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A line's call-backs that are still to be made, and those of them whose target is past."""

    line: str
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Measures:
    """One reading of everything, at a moment. A line is a slug, or empty where none is known."""

    at: datetime
    calls: tuple[Count, ...]
    reached: Reached
    waiting: tuple[Waiting, ...]
    call_backs: tuple[Due, ...]


def measures(connection: Connection, ours: Collection[str], now: datetime) -> Measures:
    """Everything at this moment. Calls from our own numbers (``ours``) are tests, or circles: they are left out."""
    return Measures(
        now,
        tuple(_calls(connection, ours, now)),
        reached(connection, ours, now - HOUR),
        tuple(_waiting(connection)),
        tuple(_call_backs(connection, now)),
    )


def _calls(connection: Connection, ours: Collection[str], now: datetime) -> Iterator[Count]:
    outcome = case((call.c.ended_at.is_(None), UNDER_WAY), else_=call.c.ending)
    lately = func.sum(case((call.c.began_at >= now - HOUR, 1), else_=0))
    grouped = select(call.c.line, outcome, lately, func.count()).where(call.c.began_at >= now - DAY, from_others(ours))
    hours: Counter[tuple[str, str]] = Counter()
    days: Counter[tuple[str, str]] = Counter()
    for line, how, hour, day in connection.execute(grouped.group_by(call.c.line, outcome)):
        key = line or "", how or UNDER_WAY
        hours[key] += hour
        days[key] += day
    yield from (Count(*key, hours[key], day) for key, day in days.items())


def _waiting(connection: Connection) -> Iterator[Waiting]:
    columns = conversation.c.line, func.count().label("callers"), func.min(conversation.c.queued_at).label("since")
    waits = select(*columns).where(conversation.c.state == At.WAITING.value).group_by(conversation.c.line)
    yield from (Waiting(row.line, row.callers, row.since) for row in connection.execute(waits))


def _call_backs(connection: Connection, now: datetime) -> Iterator[Due]:
    late = func.sum(case((call_back.c.target < now, 1), else_=0))
    active = call_back.c.state.in_([state.value for state in ACTIVE])
    grouped = select(call_back.c.line, func.count(), late).where(active).group_by(call_back.c.line)
    yield from (Due(*row) for row in connection.execute(grouped))
