"""How are the calls of a day counted, and read back? A day is counted anew as a whole, so that counting twice changes nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    FromClause,
    Select,
    String,
    case,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
)

from ivr.counting import counted
from ivr.record import Record
from routing.clock import local
from routing.days import Days
from store import past_events, tables
from store.database import Transaction, upsert
from store.parties import Role
from store.tables_desk import party
from store.tables_reports import report_count as table
from store.tables_reports import report_day

LATE = timedelta(days=1)
"""So long after a day its calls may go on, or their ends may still be told."""

AT_ONCE = 1000
ROOM = "SET LOCAL work_mem = '64MB'"
"""For the counts of a year to be added up in memory: half the time that sorting them on the disk takes."""

BY: Mapping[str, Column[Any]] = {"line": table.c.line, "hour": table.c.hour, "day": table.c.day}
"""How the counts of lines can be told apart."""


@dataclass(frozen=True, slots=True)
class Sum:
    """How often a measure had a value, in those counts that have ``by`` in common. ``was_rung``: that is whoever was rung, and no line;
    ``is_before``: of the days that are compared."""

    by: str | int | date
    measure: str
    value: int
    count: int
    was_rung: bool = False
    is_before: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How far counting has come for some days: how many of them nobody has counted, and when it was last done."""

    missing: int
    counted_at: datetime | None


def first_call(connection: Connection) -> datetime | None:
    """When the oldest call began that is kept."""
    first: datetime | None = connection.scalar(select(func.min(tables.call.c.began_at)))
    return first


def known_days(connection: Connection) -> dict[date, int]:
    """Each day that was counted, with the events that were known of it."""
    return {row.day: row.events for row in connection.execute(select(report_day.c.day, report_day.c.events))}


def events_of(connection: Connection, day: date) -> int:
    """How many events of a day, and of the day after it, are known: more of them, and the day is worth counting again."""
    days = Days(day, day)
    at = _events(days).c.at
    return connection.scalar(select(func.count()).where(at >= days.begins, at < days.ends + LATE)) or 0


def _events(days: Days) -> FromClause:
    """Those of calls that began on these days, among others."""
    first, last = past_events.day_of(days.begins - LATE), past_events.day_of(days.ends + LATE)
    return past_events.events([first + timedelta(days=one) for one in range((last - first).days + 1)])


def count_day(connection: Transaction, day: date, events: int, now: datetime) -> int:
    """Count the calls that began on a day and are over; how many. Of two who count at once one waits for the other."""
    upsert(connection, report_day, {"day": day}, {"events": events, "counted_at": now})
    found: Counter[tuple[str, int, str, str, int]] = Counter()
    calls = 0
    for row, records in _calls(connection, day):
        calls += 1
        hour = local(row.began_at).hour
        for one in counted(records, row.ending, row.began_at, row.offered_at):
            found[row.line, 0 if one.who else hour, one.who, one.measure.value, one.value] += 1
    connection.execute(delete(table).where(table.c.day == day))
    rows = [dict(zip(table.c.keys(), (day, *key, count), strict=True)) for key, count in found.items()]
    for at in range(0, len(rows), AT_ONCE):
        connection.execute(insert(table), rows[at : at + AT_ONCE])
    return calls


def _calls(connection: Connection, day: date) -> Iterator[tuple[Any, list[Record]]]:
    """Each call of a day that is over, with its records in order."""
    call, days = tables.call, Days(day, day)
    event = _events(days)
    rang = select(func.min(party.c.asked_at)).where(party.c.call == call.c.sid, party.c.role == Role.HANDLER.value)
    columns = (call.c.sid, call.c.line, call.c.began_at, call.c.ending, rang.scalar_subquery().label("offered_at"))
    over = select(*columns, event.c.leg, event.c.sequence, event.c.kind, event.c.at, event.c.body)
    over = over.join(event, event.c.call == call.c.sid)
    over = over.where(call.c.began_at >= days.begins, call.c.began_at < days.ends)
    over = over.where(call.c.ended_at.is_not(None), call.c.line.is_not(None))
    in_order = over.order_by(call.c.sid, event.c.at, event.c.sequence)
    rows = connection.execute(in_order.execution_options(yield_per=AT_ONCE))  # never a whole day of them in memory
    for sid, same in groupby(rows, key=lambda row: row.sid):
        every = list(same)
        yield every[0], [Record(sid, one.leg, one.sequence, one.kind, one.at, one.body) for one in every]


def sums(
    connection: Connection, by: str, days: Days, lines: Sequence[str] | None = None, before: Days | None = None
) -> list[Sum]:
    """The counts of some days, and of others ``before`` them, told apart; of these lines (none: of all). By team those of whom was
    rung, and those of the lines beside them. All in one scan, which is most of what a year costs."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(ROOM))
    picked = _picked(by, [days, before] if before else [days])
    if lines is not None:
        picked = picked.where(table.c.line.in_(lines))
    one = picked.subquery().c
    here, then = (func.sum(one.count).filter(these) for these in (one.day >= days.first, one.day < days.first))
    alike = (one.who, one.by, one.measure, one.value)
    rows = connection.execute(select(*alike, here, then).group_by(*alike))
    return [
        Sum(who or told, measure, value, int(count), bool(who), is_before)
        for who, told, measure, value, *both in rows
        for count, is_before in zip(both, (False, True), strict=True)
        if count
    ]


def _picked(by: str, periods: Sequence[Days]) -> Select[Any]:
    """What is added up. Grouped by its columns as they are, PostgreSQL knows how many groups there will be, and adds in parallel."""
    lines, whom = table.c.who == "", literal_column("''", String)
    told = (table.c.who, case((lines, table.c.line), else_="")) if by == "team" else (whom, BY[by])
    columns = (one.label(name) for one, name in zip(told, ("who", "by"), strict=True))
    picked = select(*columns, table.c.measure, table.c.value, table.c.day, table.c.count)
    picked = picked.where(or_(*(table.c.day.between(one.first, one.last) for one in periods)))
    return picked if by == "team" else picked.where(lines)


def standing(connection: Connection, days: Days, expected: int) -> Standing:
    """How far counting has come for some days, of which so many may have calls."""
    within = (report_day.c.day >= days.first) & (report_day.c.day <= days.last)
    there, last = connection.execute(select(func.count(), func.max(report_day.c.counted_at)).where(within)).one()
    return Standing(max(0, expected - there), last)
