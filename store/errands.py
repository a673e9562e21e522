"""What is to be asked of the carrier? Written with the change that wants it, claimed by one worker, in order within its call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    bindparam,
    exists,
    func,
    insert,
    not_,
    select,
    true,
    update,
)

from store.claims import DUE, claim
from store.database import insert_new
from store.tables_desk import errand, pace

DONE, FAILED = "done", "failed"
REFUSED = "refused"
"""How the result begins of what the carrier will never do; its code follows."""

RING = "ring"
RINGS_APART = timedelta(seconds=1)
RINGING = "ring"
LONG_AGO = timedelta(days=1)


def _first_of_its_call() -> ColumnElement[bool]:
    """A claimed errand of the same call is still due, so that one goes on at a time."""
    before = errand.alias()
    earlier = (before.c.call == errand.c.call) & (before.c.state == DUE) & (before.c.sequence < errand.c.sequence)
    return not_(exists(select(before.c.id).where(earlier)))


NOW: BindParameter[datetime] = bindparam("now")
FIRST_OF_ITS_CALL = _first_of_its_call()
NO_RING = FIRST_OF_ITS_CALL & (errand.c.kind != RING)
FREE = errand.c.claimed_until.is_(None) | (errand.c.claimed_until < NOW)
TO_RUN = select(errand.c.id).where(errand.c.state == DUE, errand.c.due_at <= NOW)
FIRST_TO_RUN = TO_RUN.limit(1)
MOST_URGENT = (
    TO_RUN.where(errand.c.kind == RING, FREE, FIRST_OF_ITS_CALL)
    .order_by(errand.c.urgency, errand.c.due_at, errand.c.id)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Errand:
    """One request to the carrier. ``attempts`` counts this one; ``result`` is what the one before came to."""

    id: str
    call: str
    kind: str
    party: str | None
    body: Mapping[str, Any]
    asked_at: datetime
    attempts: int
    result: str | None


@dataclass(frozen=True, slots=True)
class Wish:
    """An errand to be run. ``urgency``: 0 first."""

    kind: str
    party: str | None = None
    body: Mapping[str, Any] | None = None
    urgency: int = 0
    wait: timedelta = timedelta(0)


def ask(connection: Connection, call: str, wish: Wish, now: datetime) -> None:
    """Add an errand behind the others of its call."""
    last = connection.scalar(select(func.max(errand.c.sequence)).where(errand.c.call == call)) or 0
    row: dict[str, Any] = {
        "id": uuid4().hex[:16],
        "call": call,
        "kind": wish.kind,
        "party": wish.party,
        "body": dict(wish.body or {}),
    }
    row |= {"state": DUE, "urgency": wish.urgency, "sequence": last + 1, "due_at": now + wish.wait, "asked_at": now}
    connection.execute(insert(errand).values(**row, attempts=0))


def is_pending(connection: Connection, call: str, kind: str) -> bool:
    """Whether an errand of a kind is still to be run."""
    due = select(errand.c.id).where(errand.c.call == call, errand.c.kind == kind, errand.c.state == DUE)
    return connection.execute(due.limit(1)).first() is not None


def may_ring(connection: Connection, party: str) -> bool:
    """Whether a ring was asked for that may come about, although nobody has heard of it."""
    asked = (errand.c.party == party) & (errand.c.kind == RING) & (errand.c.attempts > 0)
    refused = (errand.c.result == "busy") & errand.c.claimed_by.is_(None)
    return (
        connection.execute(select(errand.c.id).where(asked, func.coalesce(not_(refused), true())).limit(1)).first()
        is not None
    )


def refusal_of(connection: Connection, party: str) -> int | None:
    """The code with which the carrier refused to ring a party, where it did."""
    asked = (errand.c.party == party) & (errand.c.kind == RING)
    told = connection.scalar(select(errand.c.result).where(asked).limit(1)) or ""
    word, _, code = told.partition(" ")
    return int(code) if word == REFUSED else None


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether there is anything to be run; asked before a transaction that writes."""
    return connection.execute(FIRST_TO_RUN, {"now": now}).first() is not None


def next_one(connection: Connection, worker: str, now: datetime) -> Errand | None:
    """The next errand that is nobody's, now this worker's. Rings, most urgent first, at most one a second."""
    found = claim(connection, errand, worker, now, only=NO_RING)
    if not found and _may_ring(connection, now):
        urgent = _most_urgent(connection, now)
        found = claim(connection, errand, worker, now, only=errand.c.id == urgent) if urgent else []
        if found:
            connection.execute(update(pace).where(pace.c.name == RINGING).values(at=now))
    return _made(found[0]) if found else None


def over(connection: Connection, key: str, state: str, result: str, now: datetime) -> None:
    """An errand has been run."""
    ended = {"state": state, "result": result[:80], "made_at": now, "claimed_by": None, "claimed_until": None}
    connection.execute(update(errand).where(errand.c.id == key).values(**ended))


def put_off(connection: Connection, key: str, until: datetime, result: str) -> None:
    """An errand is tried again later."""
    again = {"due_at": until, "result": result[:80], "claimed_by": None, "claimed_until": None}
    connection.execute(update(errand).where(errand.c.id == key).values(**again))


def _may_ring(connection: Connection, now: datetime) -> bool:
    """Whether the last new call is a second old. The row is locked, so that of two workers one rings."""
    insert_new(connection, pace, [{"name": RINGING, "at": now - LONG_AGO}])
    last = connection.scalar(select(pace.c.at).where(pace.c.name == RINGING).with_for_update())
    return last is None or last <= now - RINGS_APART


def takes_the_second(connection: Connection, now: datetime) -> bool:
    """Whether a new call may begin that a document places and no errand; if so, no other does within the second."""
    if not _may_ring(connection, now):
        return False
    connection.execute(update(pace).where(pace.c.name == RINGING).values(at=now))
    return True


def _most_urgent(connection: Connection, now: datetime) -> str | None:
    return connection.scalar(MOST_URGENT, {"now": now})


def _made(row: Row[Any]) -> Errand:
    names = ("id", "call", "kind", "party", "body", "asked_at", "attempts", "result")
    return Errand(**{name: row._mapping[name] for name in names})
