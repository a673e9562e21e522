"""Whose phones does the desk ring for a call, and how far has each one come? Changed by compare-and-set alone."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, insert, not_, or_, select, update

from store.tables_desk import party


class Role(StrEnum):
    """As what somebody is rung."""

    HANDLER = "handler"
    CONSULTED = "consulted"
    INVITED = "invited"
    RETURNING = "returning"
    TESTED = "tested"


class Here(StrEnum):
    """How far a party has come. ``LEAVING``: the desk has asked for their leg to be ended."""

    ASKED = "asked"
    RINGING = "ringing"
    IN = "in"
    LEAVING = "leaving"
    GONE = "gone"


UNKNOWN = "unknown"
"""An outcome: the carrier did not say whether it rang; it may yet."""

COMING = frozenset((Here.ASKED, Here.RINGING))
ALIVE = COMING | {Here.IN}

IS_COMING = or_(*(party.c.state == state.value for state in COMING))
IS_ALIVE = IS_COMING | (party.c.state == Here.IN.value)
"""Not ``IN``: a list is written out anew each time that a statement is run, and these are run all the time."""

UNHEARD = select(party).where(IS_COMING, party.c.asked_at < bindparam("unheard_since"))


@dataclass(frozen=True, slots=True)
class Party:
    """A phone that is rung for a call, or a meeting (``call`` is its id then, and ``transfer`` the seat's). ``number`` and
    ``caller_id`` are E.164; ``handler`` is whose presence it concerns."""

    id: str
    call: str
    role: Role
    who: str
    number: str
    caller_id: str
    asked_at: datetime
    handler: str | None = None
    accept: str = "key"
    state: Here = Here.ASKED
    sid: str | None = None
    transfer: str | None = None
    generation: int = 0
    outcome: str | None = None


def add(connection: Connection, new: Party) -> None:
    """Somebody is to be rung."""
    connection.execute(insert(party).values(**asdict(new)))


def one(connection: Connection, key: str | None) -> Party | None:
    """A party."""
    row = connection.execute(select(party).where(party.c.id == key)).first() if key else None
    return _made(row) if row else None


def of_call(connection: Connection, call: str, states: Collection[Here] = frozenset(Here)) -> tuple[Party, ...]:
    """Everybody rung for a call, in order."""
    of_it = select(party).where(party.c.call == call, party.c.state.in_(states))
    return tuple(_made(row) for row in connection.execute(of_it.order_by(party.c.asked_at, party.c.id)))


def those(connection: Connection, states: Collection[Here]) -> tuple[Party, ...]:
    """Everybody in one of these states, whatever they were rung for."""
    chosen = select(party).where(party.c.state.in_([state.value for state in states]))
    return tuple(_made(row) for row in connection.execute(chosen.order_by(party.c.asked_at, party.c.id)))


def overdue(connection: Connection, before: datetime) -> tuple[Party, ...]:
    """Phones of which nothing was heard since they were asked for."""
    return tuple(_made(row) for row in connection.execute(UNHEARD, {"unheard_since": before}))


def comes(connection: Connection, key: str, *, sid: str) -> bool:
    """The call was placed: it has a sid, which nobody else has, and rings unless it has come further."""
    other = party.alias()
    taken = exists(select(other.c.id).where(other.c.sid == sid, other.c.id != key))
    bound = update(party).where(party.c.id == key, party.c.sid.is_(None), not_(taken)).values(sid=sid)
    connection.execute(bound)
    return _moved(connection, key, (Here.ASKED,), Here.RINGING)


def sids_at(connection: Connection, number: str, but: str) -> frozenset[str]:
    """The calls to a number that belong to others than this party."""
    others = select(party.c.sid).where(party.c.number == number, party.c.id != but, party.c.sid.is_not(None))
    return frozenset(connection.scalars(others))


def is_busy(connection: Connection, handler: str) -> bool:
    """Whether a phone of this handler rings for somebody, or is spoken on."""
    alive = select(party.c.id).where(party.c.handler == handler, party.c.state.in_([state.value for state in ALIVE]))
    return connection.execute(alive.limit(1)).first() is not None


def becomes_handler(connection: Connection, key: str) -> None:
    """A consulted colleague of the desk has the call from now on, as whoever had it before."""
    values = {"role": Role.HANDLER.value, "transfer": None}
    connection.execute(update(party).where(party.c.id == key).values(**values))


def enters(connection: Connection, key: str, generation: int) -> bool:
    """Somebody is let into a room."""
    return _moved(connection, key, ALIVE, Here.IN, generation=generation)


def leaves(connection: Connection, key: str, outcome: str) -> bool:
    """The desk asks for their leg to be ended."""
    return _moved(connection, key, ALIVE, Here.LEAVING, outcome=outcome)


def goes(connection: Connection, key: str, outcome: str) -> bool:
    """Their leg is over; once."""
    return _moved(connection, key, ALIVE, Here.GONE, outcome=outcome) or _moved(
        connection, key, (Here.LEAVING,), Here.GONE
    )


def _moved(connection: Connection, key: str, since: Collection[Here], to: Here, **values: Any) -> bool:
    change = update(party).where(party.c.id == key, party.c.state.in_([state.value for state in since]))
    return connection.execute(change.values(state=to.value, **values)).rowcount == 1


def _made(row: Row[Any]) -> Party:
    return Party(**dict(row._mapping) | {"role": Role(row.role), "state": Here(row.state)})
