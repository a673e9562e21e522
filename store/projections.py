"""What rows does a record become? Each projection is a fold by rank: doubled, late and reordered records end in the same rows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, update

from ivr import swept
from ivr.outcome import Ending
from ivr.override import override_from
from ivr.reasons import Booked, Cancelled, Conversed, SafeMessage
from ivr.record import Record
from store import call_ends, queueing, tables
from store.audit import Deed, end, note
from store.database import insert_new, insert_told, upsert
from store.directory import publish
from store.publication import OVERRIDE

SWEPT, TERMINAL = 4, 5
"""An end that Twilio did not report, and one that it did: what it tells after all counts."""

STATUS_RANK = {"queued": 0, "initiated": 1, "ringing": 2, "in-progress": 3}
STATUS_RANK |= dict.fromkeys(call_ends.OVER, TERMINAL)
UNKNOWN = -1
"""A status that Twilio's list does not have outranks none."""

RANK = {Ending.CALLER_GONE: 1, Ending.SAFE_MESSAGE: 2, Ending.CALL_BACK: 3, Ending.PERSON: 5}
CANCELLED_RANK = 4
SURE = {
    SafeMessage.code: (Ending.SAFE_MESSAGE, RANK[Ending.SAFE_MESSAGE]),
    Booked.code: (Ending.CALL_BACK, RANK[Ending.CALL_BACK]),
    Cancelled.code: (Ending.SAFE_MESSAGE, CANCELLED_RANK),
    Conversed.code: (Ending.PERSON, RANK[Ending.PERSON]),
}
"""What a call has come to once a step had this reason, should the caller hang up now; the highest rank stands."""

CANCELLED = 1


def project(connection: Connection, record: Record) -> bool:
    """Write a record and the rows that follow from it; whether it was new."""
    return project_all(connection, [record]) == 1


def project_all(connection: Connection, records: Sequence[Record]) -> int:
    """Write records and the rows that follow from each, in their order; how many were new."""
    event = tables.event
    new = insert_told(connection, event, list(map(row_of, records)), (event.c.call, event.c.leg, event.c.sequence))
    moved = 0
    for record in records:
        key = (record.call, record.leg, record.sequence)
        if key in new:
            new.discard(key)
            _follow(connection, record)
            moved += 1
    return moved


def row_of(record: Record) -> Mapping[str, Any]:
    """A record as its row among the events."""
    head = {"call": record.call, "leg": record.leg, "sequence": record.sequence, "kind": record.kind}
    return {**head, "at": record.at, "body": dict(record.body)}


def _follow(connection: Connection, record: Record) -> None:
    if record.kind == call_ends.REPORTED:
        _status(connection, record)
    elif record.kind == swept.SWEPT:
        _swept(connection, record)
    elif record.kind in ("step", "fault"):
        _step(connection, record)
    elif record.kind == OVERRIDE:
        _override(connection, record)


def _override(connection: Connection, record: Record) -> None:
    """A number that somebody put in front of a line: audited, and told to every machine."""
    override = override_from(record.body)
    body = override.document()
    note(connection, Deed(override.who, "override", "line", override.line, None, body, override.why), record.at)
    publish(connection, {OVERRIDE: body, "audit": end(connection)}, record.at)


def _status(connection: Connection, record: Record) -> None:
    rank = STATUS_RANK.get(record.body["status"], UNKNOWN)
    if record.leg:
        _leg(connection, record, rank)
    elif rank == TERMINAL:
        _over(connection, record, record.at)
    else:
        _call(connection, record.call, {})


def _swept(connection: Connection, record: Record) -> None:
    """The end of a leg that Twilio never reported (``desk.sweeper``)."""
    if record.leg:
        _leg(connection, record, SWEPT)
    else:
        _over(connection, record, call_ends.moment_of(record.body, record.at))


def _over(connection: Connection, record: Record, at: datetime) -> None:
    """The caller's own leg is over."""
    _ended(connection, record.call)
    _ending(connection, record.call, Ending.CALLER_GONE, RANK[Ending.CALLER_GONE])
    queueing.caller_gone(connection, record.call, at)


def _leg(connection: Connection, record: Record, rank: int) -> None:
    """The highest rank stands; of two words of one rank the same one does, whichever came first."""
    leg, body = tables.leg, record.body
    row = {"status": body["status"], "rank": rank, "number": body.get("rings"), "seconds": body.get("seconds")}
    if insert_new(connection, leg, [{"call": record.call, "sid": record.leg, **row}]):
        return
    seconds = func.coalesce(leg.c.seconds, -1) < (-1 if row["seconds"] is None else row["seconds"])
    later = or_(leg.c.status < row["status"], and_(leg.c.status == row["status"], seconds))
    lower = or_(leg.c.rank < rank, and_(leg.c.rank == rank, later))
    kept = row | {"number": func.coalesce(row["number"], leg.c.number)}
    connection.execute(update(leg).where(leg.c.call == record.call, leg.c.sid == record.leg, lower).values(**kept))


def _step(connection: Connection, record: Record) -> None:
    body = record.body
    if "from" in body:
        _began(connection, record)
    if body.get("ending"):
        _ended(connection, record.call)
        queueing.caller_gone(connection, record.call, record.at)
    for ending, rank in _endings(body):
        _ending(connection, record.call, ending, rank)
    for request in body.get("requests", ()):
        _request(connection, record, request)


def _began(connection: Connection, record: Record) -> None:
    if record.kind == "step":
        _call(connection, record.call, call_ends.began_as(record.body, record.at))
        return
    _call(connection, record.call, {})
    call_ends.hold(connection, record.call)
    _call(connection, record.call, call_ends.beginning(connection, record.call) or {})


def _ended(connection: Connection, sid: str) -> None:
    """When the call was over, by all that has been told of it."""
    _call(connection, sid, {})
    call_ends.hold(connection, sid)
    _call(connection, sid, {"ended_at": call_ends.ended_at(connection, sid)})


def _endings(body: Mapping[str, Any]) -> Iterator[tuple[Ending, int]]:
    if body.get("ending"):
        ending = Ending(body["ending"])
        yield ending, RANK[ending]
    codes = {reason["code"] for reason in body.get("reasons", ())}
    yield from (sure for code, sure in SURE.items() if code in codes)


def _call(connection: Connection, sid: str, values: Mapping[str, Any]) -> None:
    upsert(connection, tables.call, {"sid": sid}, values, {"rank": 0})


def _ending(connection: Connection, sid: str, ending: Ending, rank: int) -> None:
    """The best that a call came to: a caller who hangs up after a conversation did reach a person."""
    best = {"rank": rank, "ending": ending.value}
    upsert(connection, tables.call, {"sid": sid}, best, only=tables.call.c.rank < rank)


def _request(connection: Connection, record: Record, request: Mapping[str, Any]) -> None:
    key = {"call": record.call, "node": request["node"], "hop": request["hop"]}
    if request["do"] in ("join", "leave"):
        queueing.queued(connection, record, request)
        return
    if request["do"] == "cancel":
        upsert(connection, tables.callback, key, {"rank": CANCELLED})
        return
    values = {name: request[name] for name in ("number", "about", "readings")}
    moments = {name: datetime.fromisoformat(request[name]) for name in ("target", "promise")}
    upsert(connection, tables.callback, key, {**values, **moments, "line": record.body["line"], "booked_at": record.at})


def events_of(connection: Connection, sid: str) -> list[Record]:
    """Every record of a call, in the order in which they were made."""
    rows = connection.execute(
        select(tables.event).where(tables.event.c.call == sid).order_by(tables.event.c.at, tables.event.c.sequence)
    )
    return [Record(row.call, row.leg, row.sequence, row.kind, row.at, row.body) for row in rows]
