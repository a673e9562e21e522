"""How do many calls get into a database for the reports? A few are played by telephone, and copied to other moments, other paces."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ivr.moment import World
from ivr.record import Record
from rehearsal.staging import Staffed, rehearsal
from routing.days import Days, day_of
from store import report_counts, tables
from store.database import Database
from store.projections import project, row_of
from store.tables_callbacks import call_back, call_back_attempt
from store.tables_desk import conversation, party, transfer
from store.tables_tasks import task
from tests.rehearsal.recorded import CALLERS
from tests.rehearsal.stumbling import Stumbling
from tests.telling import at

NOW = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
SPRING, AUTUMN = datetime(2026, 3, 29, 0, 0, tzinfo=UTC), datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
"""The nights on which England's clocks go on, and back, at 01:00 UTC."""

DAYS = (date(2026, 3, 27), date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30), date(2026, 7, 14), date(2026, 10, 24),
        date(2026, 10, 25), date(2026, 10, 26), date(2026, 12, 31))  # fmt: skip


def played(world: World, dice: Random, line: str) -> list[Record]:
    """The records of one call by the dice."""
    attended = Staffed(frozenset((line,)) if dice.random() < 0.5 else frozenset[str]())
    when = at(dice.choice(("Wed 10:00", "Fri 15:59", "Sat 11:00", "Tue 23:00")))
    staged = rehearsal(world, when, attended)
    Stumbling(dice, world.directory).through(
        staged.phone.dial(world.directory.lines[line].numbers[0].e164, dice.choice(CALLERS))
    )
    once = {(one.leg, one.sequence): one for one in reversed(staged.memory.records)}
    return [one for one in staged.memory.records if once[one.leg, one.sequence] is one]


def beginning(dice: Random) -> datetime:
    """When a copy begins: anywhere on one of the days, or where clocks change and days do."""
    chance = dice.random()
    if chance < 0.2:
        return dice.choice((SPRING, AUTUMN)) + timedelta(seconds=dice.randint(-2 * 3600, 3 * 3600))
    first = Days(*[dice.choice(DAYS)] * 2).begins
    seconds = dice.randint(0, 86_399) if chance < 0.8 else 86_400 - dice.randint(0, 120)
    return min(first + timedelta(seconds=seconds), NOW - timedelta(hours=1))


def copied(records: Sequence[Record], number: int, dice: Random) -> list[Record]:
    """The same call at another moment and pace; now and then without a word that Twilio was to send."""
    since, pace, until = records[0].at, dice.uniform(0.2, 2.5), beginning(dice)
    lost = dice.random() < 0.1
    return [
        replace(one, call=f"CA{number:032x}", at=until + (one.at - since) * pace)
        for one in records
        if not (lost and one.leg and one.kind == "status" and dice.random() < 0.3)
    ]


def filled(database: Database, world: World, dice: Random, calls: int, originals: int = 140) -> None:
    """So many calls in the database, what the desk did with some, and every day counted."""
    lines = sorted(world.plans.current)
    first = [played(world, dice, lines[number % len(lines)]) for number in range(originals)]
    with database.write() as connection:
        for number in range(originals):
            for record in copied(first[number], number, dice):
                project(connection, record)
    with database.read() as connection:
        known = {row.sid: row for row in connection.execute(select(tables.call))}
    rest = [(number, dice.randrange(originals)) for number in range(originals, calls)]
    for part in (rest[place : place + 1000] for place in range(0, len(rest), 1000)):
        _copy(database, first, known, part, dice)
    _beside(database, lines, calls, dice)


def _copy(
    database: Database, first: list[list[Record]], known: dict[str, Any], part: list[tuple[int, int]], dice: Random
) -> None:
    calls, events = list[Mapping[str, Any]](), list[Mapping[str, Any]]()
    for number, of in part:
        records, was = copied(first[of], number, dice), known[f"CA{of:032x}"]
        calls.append({
            "sid": f"CA{number:032x}", "line": was.line, "began_at": records[0].at, "rank": was.rank, "ending": was.ending,
            "ended_at": records[-1].at if was.ended_at and dice.random() < 0.98 else None,
        })  # fmt: skip
        events += map(row_of, records)
    with database.write() as connection:
        connection.execute(insert(tables.call), calls)
        connection.execute(insert(tables.event), events)


def _beside(database: Database, lines: list[str], calls: int, dice: Random) -> None:
    """Handlers who were rung, transfers, call-backs and tasks, as rows."""
    some = [f"CA{number:032x}" for number in range(calls) if dice.random() < 0.3]
    with database.write() as connection:
        began = {row.sid: row for row in connection.execute(select(tables.call)) if row.began_at and row.line}
        there = [sid for sid in some if sid in began]
        known = set(connection.scalars(select(conversation.c.call)))
        for table, rows in (
            (conversation, [_talk(began[sid]) for sid in there if sid not in known]),
            (party, [_party(began[sid], number, dice) for sid in there for number in range(2)]),
            (transfer, [_transfer(began[sid], dice) for sid in there]),
        ):
            connection.execute(insert(table), rows)
        backs = [_back(number, dice.choice(lines), dice) for number in range(calls // 5)]
        connection.execute(insert(call_back), backs)
        connection.execute(insert(call_back_attempt), [one for back in backs for one in _attempts(back, dice)])
        connection.execute(insert(task), [_task(number, dice) for number in range(calls // 5)])


def _talk(row: Any) -> dict[str, Any]:
    return {"call": row.sid, "line": row.line, "priority": "normal", "state": "ended", "hop": 1, "queue": "q", "place": {}, "chosen": [],
            "relay": False, "queued_at": row.began_at, "generation": 1}  # fmt: skip


def _party(row: Any, number: int, dice: Random) -> dict[str, Any]:
    role, asked = (
        dice.choice(("handler", "handler", "consulted")),
        row.began_at + timedelta(seconds=dice.randint(0, 90)),
    )
    return {"id": f"{row.sid[-12:]}{number}", "call": row.sid, "role": role, "who": "somebody", "number": "+442079460201",
            "caller_id": "+442079460101", "accept": "key", "state": "gone", "generation": 1, "asked_at": asked}  # fmt: skip


def _transfer(row: Any, dice: Random) -> dict[str, Any]:
    return {"id": row.sid[-14:], "call": row.sid, "mode": "warm", "target": {}, "tried": [], "by": "somebody", "version": 1,
            "held": False, "reason": "", "state": dice.choice(("completed", "completed", "failed", "cancelled", "consulting")),
            "at": row.began_at + timedelta(seconds=dice.randint(0, 300))}  # fmt: skip


def _back(number: int, line: str, dice: Random) -> dict[str, Any]:
    booked = beginning(dice)
    promise = booked + timedelta(hours=dice.choice((1, 24)))
    state = dice.choice(("open", "done", "done", "escalated", "cancelled", "merged"))
    ended = promise + timedelta(minutes=dice.randint(-50, 50)) if state in ("done", "cancelled", "merged") else None
    return {"id": f"b{number}", "kind": "plain", "authority": "devon", "line": line, "body": "", "about": "", "sealed": "", "urgency": 0,
            "booked_at": booked, "booked_by": "", "target": promise, "promise": promise, "readings": [], "escalates_at": promise,
            "state": state, "owner": "", "outcome": "", "note": "", "ended_at": ended, "ended_by": "", "verified_by": "",
            "withdrawn": dice.random() < 0.1}  # fmt: skip


def _attempts(back: dict[str, Any], dice: Random) -> Iterator[dict[str, Any]]:
    for number in range(dice.randint(0, 2)):
        asked = back["promise"] + timedelta(minutes=dice.randint(-50, 50))
        dialled = asked if dice.random() < 0.7 else None
        yield {"id": f"{back['id']}.{number}", "callback": back["id"], "state": "over", "who": "", "handler": "", "phone": "+442079460201",
               "caller_id": "+442079460101", "asked_at": asked, "dialled_at": dialled, "outcome": "", "seconds": 0}  # fmt: skip


def _task(number: int, dice: Random) -> dict[str, Any]:
    made = beginning(dice)
    promise = made + timedelta(hours=4) if dice.random() < 0.8 else None
    state = dice.choice(("open", "done", "done", "withdrawn"))
    return {"id": f"t{number}", "kind": "decision", "authority": dice.choice(("devon", "derby")), "about_kind": "contact", "about": "x",
            "role": "", "made_at": made, "target_at": promise, "promise_at": promise, "state": state, "urgency": 0, "owner": "",
            "seen_by": "", "note": "", "ended_at": made + timedelta(hours=dice.randint(1, 8)) if state != "open" else None}  # fmt: skip


def count_all(database: Database) -> None:
    """Every day that has calls, counted."""
    with database.read() as connection:
        began = connection.scalars(select(tables.call.c.began_at).where(tables.call.c.began_at.is_not(None))).all()
    for day in sorted({day_of(one) for one in began}):
        with database.write() as connection:
            report_counts.count_day(connection, day, report_counts.events_of(connection, day), NOW)
