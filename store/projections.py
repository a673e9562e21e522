"""What rows does a record become? Each projection is a fold by rank: doubled, late and reordered records end in the same rows.

Records that arrive together are folded in memory first (``store.folding``), so that a row is written once, however many tell of it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, case, func, or_, select

from ivr.override import override_from
from ivr.record import Record
from store import call_ends, past_events, queueing, tables
from store.audit import Deed, end, note
from store.call_ends import FAULT, STEP
from store.database import Change, insert_told, upsert, upsert_all
from store.directory import publish
from store.folding import CallTold, LegTold, folded, over_at
from store.publication import OVERRIDE

BEGINNING = ("line", "caller", "dialled", "began_at")
"""The columns of a call that its first record tells."""

DESK = ("join", "leave")
CANCELLED = 1


def project(connection: Connection, record: Record) -> bool:
    """Write a record and the rows that follow from it; whether it was new."""
    return project_all(connection, [record]) == 1


def project_all(connection: Connection, records: Sequence[Record]) -> int:
    """Write records and the rows that follow from them; how many were new."""
    event = tables.event
    new = insert_told(connection, event, list(map(row_of, records)), (event.c.call, event.c.leg, event.c.sequence))
    fresh = []
    for record in records:
        key = (record.call, record.leg, record.sequence)
        if key in new:
            new.discard(key)
            fresh.append(record)
    told = folded(fresh)
    _calls(connection, told.calls)
    _legs(connection, told.legs)
    _beside(connection, fresh)
    return len(fresh)


def row_of(record: Record) -> Mapping[str, Any]:
    """A record as its row among the events."""
    head = {"call": record.call, "leg": record.leg, "sequence": record.sequence, "kind": record.kind}
    return {**head, "at": record.at, "body": dict(record.body)}


def _calls(connection: Connection, told: Mapping[str, CallTold]) -> None:
    """What only all events of a call tell is asked for while its row is held."""
    asked = [sid for sid, call in told.items() if call.is_over or call.after_fault]
    if asked:
        call_ends.hold(connection, list(told))
    events = call_ends.own(connection, asked) if asked else {}
    rows = []
    for sid, call in sorted(told.items()):
        began = call.began or (call_ends.beginning(events[sid]) if call.after_fault else None)
        over = call_ends.ended_at(events[sid]) if call.is_over else None
        best = {"rank": call.rank, "ending": call.ending.value if call.ending else None}
        rows.append({"sid": sid, **(began or dict.fromkeys(BEGINNING)), "ended_at": over, **best})
    upsert_all(connection, tables.call, rows, _better)


def _better(new: Any) -> Change:
    """Whatever was told, and the best that the call came to."""
    call = tables.call.c
    is_better = new.rank > call.rank
    told = {name: func.coalesce(new[name], call[name]) for name in (*BEGINNING, "ended_at")}
    best = {name: case((is_better, new[name]), else_=call[name]) for name in ("rank", "ending")}
    return Change({**told, **best}, or_(is_better, new.began_at.is_not(None), new.ended_at.is_not(None)))


def _legs(connection: Connection, told: Mapping[tuple[str, str], LegTold]) -> None:
    rows = [
        {"call": call, "sid": sid, "number": leg.number, "rank": leg.rank, "status": leg.status, "seconds": leg.seconds}
        for (call, sid), leg in sorted(told.items())
    ]
    upsert_all(connection, tables.leg, rows, _later)


def _later(new: Any) -> Change:
    """As ``LegTold.after``."""
    leg = tables.leg.c
    seconds = func.coalesce(leg.seconds, -1) < func.coalesce(new.seconds, -1)
    of_one_rank = or_(leg.status < new.status, and_(leg.status == new.status, seconds))
    is_later = or_(leg.rank < new.rank, and_(leg.rank == new.rank, of_one_rank))
    best = {name: case((is_later, new[name]), else_=leg[name]) for name in ("rank", "status", "seconds")}
    number = func.coalesce(case((is_later, new.number)), leg.number, new.number)
    return Change({**best, "number": number}, or_(is_later, leg.number.is_(None)))


def _beside(connection: Connection, records: Sequence[Record]) -> None:
    """What few records tell, one by one: callers at the desk, call-backs, and numbers put in front of lines."""
    there = queueing.known(connection, {record.call for record in records if over_at(record)})
    for record in records:
        if record.kind == OVERRIDE:
            _override(connection, record)
        gone = over_at(record)
        if gone and record.call in there:
            queueing.caller_gone(connection, record.call, gone)
        for request in record.body.get("requests", ()) if record.kind in (STEP, FAULT) else ():
            _request(connection, record, request)
            if request["do"] in DESK:
                there.add(record.call)


def _request(connection: Connection, record: Record, request: Mapping[str, Any]) -> None:
    if request["do"] in DESK:
        queueing.queued(connection, record, request)
        return
    key = {"call": record.call, "node": request["node"], "hop": request["hop"]}
    if request["do"] == "cancel":
        upsert(connection, tables.callback, key, {"rank": CANCELLED})
        return
    values = {name: request[name] for name in ("number", "about", "readings")}
    moments = {name: datetime.fromisoformat(request[name]) for name in ("target", "promise")}
    upsert(connection, tables.callback, key, {**values, **moments, "line": record.body["line"], "booked_at": record.at})


def _override(connection: Connection, record: Record) -> None:
    """A number that somebody put in front of a line: audited, and told to every machine."""
    override = override_from(record.body)
    body = override.document()
    note(connection, Deed(override.who, "override", "line", override.line, None, body, override.why), record.at)
    publish(connection, {OVERRIDE: body, "audit": end(connection)}, record.at)


def events_of(connection: Connection, sid: str) -> list[Record]:
    """Every record of a call, in the order in which they were made."""
    every = past_events.events(past_events.days_of(connection, sid))
    rows = connection.execute(select(every).where(every.c.call == sid).order_by(every.c.at, every.c.sequence))
    return [Record(row.call, row.leg, row.sequence, row.kind, row.at, row.body) for row in rows]
