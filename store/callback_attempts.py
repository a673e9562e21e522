"""How often was a call-back tried, by whom, and what came of it? Whoever asked first waits their turn; changed by compare-and-set."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, exists, insert, select, update

from store.claims import DUE
from store.database import insert_new
from store.errands import RING
from store.parties import Role
from store.tables_callbacks import call_back
from store.tables_callbacks import call_back_attempt as table
from store.tables_desk import errand, party


class Goes(StrEnum):
    """How far an attempt has come: waiting its turn, at the handler's phone, at the other's, or over."""

    WAITING = "waiting"
    RINGING = "ringing"
    DIALLED = "dialled"
    OVER = "over"


GOING = frozenset((Goes.WAITING, Goes.RINGING, Goes.DIALLED))
WAITING = select(table).join(call_back, call_back.c.id == table.c.callback).where(table.c.state == Goes.WAITING.value)
IN_TURN = WAITING.order_by(call_back.c.urgency.desc(), call_back.c.target, table.c.asked_at, table.c.id)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt (``tables_callbacks.call_back_attempt``). ``phone`` and ``caller_id`` are E.164, ``dialled`` too."""

    id: str
    callback: str
    who: str
    handler: str
    phone: str
    caller_id: str
    asked_at: datetime
    state: Goes = Goes.WAITING
    dialled: str | None = None
    dialled_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    seconds: int = 0


def add(connection: Connection, new: Attempt) -> None:
    """A handler has asked for it."""
    connection.execute(insert(table).values(**asdict(new) | {"state": new.state.value}))


def put(connection: Connection, new: Attempt) -> None:
    """One that was found elsewhere; a second time nothing happens."""
    insert_new(connection, table, [asdict(new) | {"state": new.state.value}])


def one(connection: Connection, key: str) -> Attempt | None:
    """An attempt."""
    row = connection.execute(select(table).where(table.c.id == key)).first()
    return _made(row) if row else None


def of(connection: Connection, *callbacks: str) -> tuple[Attempt, ...]:
    """Every attempt at these call-backs, in order."""
    chosen = select(table).where(table.c.callback.in_(callbacks)).order_by(table.c.asked_at, table.c.id)
    return tuple(_made(row) for row in connection.execute(chosen))


def waiting(connection: Connection) -> tuple[Attempt, ...]:
    """Those that wait their turn, the most urgent first, then the sooner due."""
    return tuple(_made(row) for row in connection.execute(IN_TURN))


def is_one_unplaced(connection: Connection) -> bool:
    """Whether one has been sent on its way and was not asked of the carrier yet."""
    of_ours = exists(select(party.c.id).where(party.c.id == errand.c.party, party.c.role == Role.RETURNING.value))
    fresh = (errand.c.state == DUE) & (errand.c.kind == RING) & (errand.c.attempts == 0)
    return connection.execute(select(errand.c.id).where(fresh, of_ours).limit(1)).first() is not None


def moves(connection: Connection, key: str, since: Goes, to: Goes, **values: Any) -> bool:
    """On, from a state; whether it was so."""
    changed = update(table).where(table.c.id == key, table.c.state == since.value)
    return connection.execute(changed.values(state=to.value, **values)).rowcount == 1


def end(connection: Connection, key: str, outcome: str, now: datetime) -> bool:
    """It is over; once. What came of it is kept where it is known already."""
    going = update(table).where(table.c.id == key, table.c.state != Goes.OVER.value)
    if connection.execute(going.values(state=Goes.OVER.value, ended_at=now)).rowcount != 1:
        return False
    tell(connection, key, outcome)
    return True


def tell(connection: Connection, key: str, outcome: str, seconds: int = 0) -> None:
    """What came of it; the first word counts."""
    untold = update(table).where(table.c.id == key, table.c.outcome == "")
    connection.execute(untold.values(outcome=outcome, seconds=seconds))


def _made(row: Row[Any]) -> Attempt:
    return Attempt(**dict(row._mapping) | {"state": Goes(row.state)})
