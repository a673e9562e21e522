"""Is every event that was acknowledged in the database once? What was sent and answered, against what the rows say."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from ivr.record import Record
from store import tables
from store.call_ends import OVER
from store.database import AWAY, Database
from store.folding import TERMINAL
from tests.reliability.wire import Event, Told

PATIENCE_SECONDS = 60.0
POLL_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Arrived:
    """``lost`` were acknowledged and are nowhere, ``doubled`` are there twice, ``strange`` were never sent, ``altered`` are kept
    with another reply than any that was given, and ``backward`` are legs or calls that ended and whose row does not say so."""

    events: int
    acknowledged: int
    lost: tuple[Event, ...]
    doubled: tuple[Event, ...]
    strange: tuple[Event, ...]
    altered: tuple[Event, ...]
    backward: tuple[str, ...]

    @property
    def broken(self) -> tuple[str, ...]:
        """What is not as it should be, in words."""
        found = {name: len(getattr(self, name)) for name in ("lost", "doubled", "strange", "altered", "backward")}
        return tuple(f"{count} {name}" for name, count in found.items() if count)


def arrived(database_url: str, told: Iterable[Told], patience: float = PATIENCE_SECONDS) -> Arrived:
    """Compare, once nothing is missing, or when patience has come to its end. Only calls of ``told`` are looked at."""
    told, database, until = tuple(told), Database(database_url), time.monotonic() + patience
    try:
        while True:
            found = _compared(database, told)
            if found is not None and not found.lost:
                return found
            if time.monotonic() > until:
                assert found is not None, "the database does not answer"
                return found
            time.sleep(POLL_SECONDS)
    finally:
        database.close()


def _compared(database: Database, told: tuple[Told, ...]) -> Arrived | None:
    try:
        with database.read() as connection:
            records = _records(connection)
            ends = _ends(connection)
    except AWAY:
        return None
    sent = {one.event for one in told}
    acknowledged = {one.event for one in told if one.is_acknowledged}
    sids = {event.sid for event in sent}
    kept = [(event_kept(record), record) for record in records]
    kept = [(event, record) for event, record in kept if event.sid in sids]
    there = Counter(event for event, _ in kept)
    return Arrived(
        events=len(kept),
        acknowledged=len(acknowledged),
        lost=tuple(acknowledged - there.keys()),
        doubled=tuple(event for event, times in there.items() if times > 1),
        strange=tuple(there.keys() - sent),
        altered=tuple(_altered(kept, told)),
        backward=tuple(sid for sid in _ended(acknowledged) if not ends.get(sid)),
    )


def event_kept(record: Record) -> Event:
    """What a record of the database tells, in the words of what was sent."""
    sid = record.leg or record.call
    if record.kind == "status":
        return Event(sid, "", record.sequence.removeprefix("s"))
    return Event(sid, str(record.body.get("place", "")), str(record.body.get("said", {}).get("QueueTime", "")))


def _records(connection: Connection) -> list[Record]:
    rows = connection.execute(select(tables.event).where(tables.event.c.kind.in_(("step", "fault", "status"))))
    return [Record(row.call, row.leg, row.sequence, row.kind, row.at, row.body) for row in rows]


def _ends(connection: Connection) -> Mapping[str, bool]:
    """By its SID, whether the row of a call or leg says that it is over."""
    calls = connection.execute(select(tables.call.c.sid, tables.call.c.ended_at))
    legs = connection.execute(select(tables.leg.c.sid, tables.leg.c.rank))
    return {row.sid: row.ended_at is not None for row in calls} | {row.sid: row.rank == TERMINAL for row in legs}


def _altered(kept: list[tuple[Event, Record]], told: tuple[Told, ...]) -> Iterable[Event]:
    given: dict[Event, set[str]] = {}
    for one in told:
        if one.is_acknowledged:
            given.setdefault(one.event, set()).add(one.answered)
    for event, record in kept:
        body: Mapping[str, Any] = record.body
        if event in given and body.get("answered", "") not in given[event] | {""}:
            yield event


def _ended(acknowledged: Iterable[Event]) -> set[str]:
    """Whose end Twilio has told."""
    return {event.sid for event in acknowledged if not event.place and event.mark.partition(":")[2] in OVER}
