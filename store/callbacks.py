"""What becomes of a call-back? Booked once, joined by its like, tried, and ended; changed while its own row is held."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, Connection, Integer, Row, Select, and_, bindparam, case, not_, or_, select, update

from store import tables
from store.database import insert_new, insert_told
from store.tables_callbacks import call_back as table
from store.tasks import RED

CANCELLED_RANK = 1


class Stand(StrEnum):
    """Where a call-back stands."""

    OPEN = "open"
    WAITING = "waiting-for-switchboard"
    DIALLING = "dialling"
    ESCALATED = "escalated"
    DONE = "done"
    CANCELLED = "cancelled"
    MERGED = "merged"


ACTIVE = frozenset((Stand.OPEN, Stand.WAITING, Stand.DIALLING, Stand.ESCALATED))
"""Those that are still to be made."""


class Sort(StrEnum):
    """A call back to somebody, or one that checks who has asked (C:85)."""

    PLAIN = "plain"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class CallBack:
    """A call-back (``tables_callbacks.call_back``)."""

    id: str
    authority: str
    line: str
    number: str | None
    booked_at: datetime
    booked_by: str
    target: datetime
    promise: datetime
    readings: Sequence[Mapping[str, str]]
    escalates_at: datetime
    kind: Sort = Sort.PLAIN
    body: str = ""
    about: str = ""
    sealed: str = ""
    call: str | None = None
    node: str | None = None
    hop: int | None = None
    urgency: int = 0
    escalated_at: datetime | None = None
    state: Stand = Stand.OPEN
    owner: str = ""
    outcome: str = ""
    note: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    verified_at: datetime | None = None
    verified_by: str = ""
    merged_into: str | None = None
    withdrawn: bool = False

    @property
    def rests_as(self) -> Stand:
        """The state of one that is still to be made and that nobody dials."""
        return Stand.ESCALATED if self.escalated_at else Stand.OPEN


@dataclass(frozen=True, slots=True)
class Booking:
    """What a caller booked: a row of the journal's projection that the desk has not followed yet."""

    call: str
    node: str
    hop: int
    rank: int
    line: str | None
    number: str | None
    about: str | None
    booked_at: datetime | None
    target: datetime | None
    promise: datetime | None
    readings: Mapping[str, str] | None

    @property
    def kept_readings(self) -> Sequence[Mapping[str, str]]:
        """Each reading of the deadline, as the desk keeps it."""
        return [{"name": name, "at": at} for name, at in (self.readings or {}).items()]

    @property
    def id(self) -> str:
        """The same for the same booking, whichever worker sees it first."""
        return hashlib.sha256(f"{self.call} {self.node} {self.hop}".encode()).hexdigest()[:16]

    @property
    def is_cancelled(self) -> bool:
        """Whether the caller thought better of it."""
        return self.rank >= CANCELLED_RANK


MOST: BindParameter[int] = bindparam("most", type_=Integer)
NOT_ESCALATED = table.c.state.in_([state.value for state in ACTIVE]) & table.c.escalated_at.is_(None)
NEAR_BREACH = select(table).where(NOT_ESCALATED, table.c.escalates_at <= bindparam("now"))
NEAR_BREACH_FIRST = NEAR_BREACH.order_by(table.c.target, table.c.id).limit(MOST)


def _unfollowed() -> Select[Any]:
    booked = tables.callback
    names = [booked.c[name] for name in Booking.__dataclass_fields__]
    same = and_(*(booked.c[name] == table.c[name] for name in ("call", "node", "hop")))
    fresh = table.c.id.is_(None) & (booked.c.rank < CANCELLED_RANK) & booked.c.number.is_not(None)
    withdrawn = (booked.c.rank >= CANCELLED_RANK) & not_(table.c.withdrawn)
    return select(*names).select_from(booked.outerjoin(table, same)).where(or_(fresh, withdrawn))


UNFOLLOWED = _unfollowed()
UNFOLLOWED_FIRST = UNFOLLOWED.order_by(
    tables.callback.c.booked_at, tables.callback.c.call, tables.callback.c.hop
).limit(MOST)
UNWATCHED = select(or_(UNFOLLOWED.exists(), NEAR_BREACH.exists()))


def add(connection: Connection, new: CallBack) -> CallBack:
    """A call-back; where one to the same number is still to be made it joins that one, which keeps the sooner times.

    The row as it stands then: with ``merged_into`` where it has joined another.
    """
    if insert_new(connection, table, [_row(new)]):
        return new
    if (known := one(connection, new.id)) is not None:
        return known
    first = connection.execute(select(table).where(table.c.open_as == _open_as(new)).with_for_update()).first()
    if first is None:
        return add(connection, new)
    joined = replace(new, state=Stand.MERGED, merged_into=first.id)
    insert_new(connection, table, [_row(joined)])
    times = {name: min(getattr(first, name), getattr(new, name)) for name in ("target", "promise", "escalates_at")}
    readings = new.readings if new.target < first.target else first.readings
    urgency = max(first.urgency, new.urgency)
    change(connection, first.id, **times, readings=list(readings), urgency=urgency)
    return joined


def add_all(connection: Connection, news: Sequence[CallBack]) -> None:
    """Call-backs that come together: those that stand alone go in at once, and the others as ``add`` says."""
    alone = insert_told(connection, table, [_row(new) for new in news], [table.c.id])
    for new in news:
        if (new.id,) not in alone:
            add(connection, new)


def _row(new: CallBack) -> dict[str, Any]:
    told = {"state": new.state.value, "kind": new.kind.value, "readings": list(new.readings), "open_as": _open_as(new)}
    return {name: getattr(new, name) for name in CallBack.__dataclass_fields__} | told


def _open_as(new: CallBack) -> str | None:
    return f"{new.authority} {new.number}" if new.number and new.state in ACTIVE else None


def opened(connection: Connection, key: str) -> CallBack | None:
    """A call-back, held until the transaction ends."""
    return _made(connection.execute(select(table).where(table.c.id == key).with_for_update()).first())


def one(connection: Connection, key: str) -> CallBack | None:
    """A call-back as it stands."""
    return _made(connection.execute(select(table).where(table.c.id == key)).first())


def those(connection: Connection, states: Collection[Stand]) -> tuple[CallBack, ...]:
    """Every call-back in one of these states, the most urgent first, then the sooner due."""
    rows = connection.execute(select(table).where(table.c.state.in_([state.value for state in states])))
    return tuple(sorted((found for row in rows if (found := _made(row))), key=place_of))


def place_of(known: CallBack) -> str:
    """Where a call-back stands among others, as a text that sorts."""
    return f"{RED - known.urgency} {known.target.isoformat()} {known.id}"


def merged(connection: Connection, *keys: str) -> tuple[CallBack, ...]:
    """Those that joined these call-backs, in the order in which they were booked."""
    joined = select(table).where(table.c.merged_into.in_(keys)).order_by(table.c.booked_at, table.c.id)
    return tuple(found for row in connection.execute(joined) if (found := _made(row)))


def change(connection: Connection, key: str, **values: Any) -> None:
    """A call-back's row from now on."""
    connection.execute(update(table).where(table.c.id == key).values(**values))


def hasten(connection: Connection, call: str, urgency: int) -> None:
    """The call-backs of a call that are still to be made have this urgency from now on."""
    still = table.c.state.in_([state.value for state in ACTIVE])
    connection.execute(update(table).where(table.c.call == call, still).values(urgency=urgency))


def moves(connection: Connection, key: str, since: Collection[Stand], to: Stand, **values: Any) -> bool:
    """Another state, from one of these; whether it was so."""
    here = table.c.state.in_([state.value for state in since])
    changed = update(table).where(table.c.id == key, here).values(state=to.value, **values)
    return connection.execute(changed).rowcount == 1


def rests(connection: Connection, key: str) -> bool:
    """Nobody dials it any more, and it is still to be made."""
    rested = case((table.c.escalated_at.is_(None), Stand.OPEN.value), else_=Stand.ESCALATED.value)
    dialling = update(table).where(table.c.id == key, table.c.state == Stand.DIALLING.value)
    return connection.execute(dialling.values(state=rested)).rowcount == 1


def opens_checks(connection: Connection, body: str) -> int:
    """The switchboard of a body is known: the checks that waited for it can be made; how many."""
    rested = case((table.c.escalated_at.is_(None), Stand.OPEN.value), else_=Stand.ESCALATED.value)
    waiting = update(table).where(table.c.body == body, table.c.state == Stand.WAITING.value)
    return connection.execute(waiting.values(state=rested)).rowcount


def near_breach(connection: Connection, now: datetime, most: int) -> tuple[CallBack, ...]:
    """Those that have to be escalated by now, the sooner due first."""
    due = connection.execute(NEAR_BREACH_FIRST, {"now": now, "most": most})
    return tuple(found for row in due if (found := _made(row)))


def escalate(connection: Connection, key: str, now: datetime) -> bool:
    """Once; whether this was it. One that is being dialled, or that waits for a switchboard, stays so."""
    state = case((table.c.state == Stand.OPEN.value, Stand.ESCALATED.value), else_=table.c.state)
    due = update(table).where(table.c.id == key, NOT_ESCALATED).values(escalated_at=now, state=state)
    return connection.execute(due).rowcount == 1


def unfollowed(connection: Connection, most: int) -> tuple[Booking, ...]:
    """Bookings of callers of which the desk knows nothing yet, and those that were cancelled since."""
    return tuple(Booking(**dict(row._mapping)) for row in connection.execute(UNFOLLOWED_FIRST, {"most": most}))


def is_any_unwatched(connection: Connection, now: datetime) -> bool:
    """Whether there is a booking to follow or a call-back to escalate."""
    return bool(connection.scalar(UNWATCHED, {"now": now}))


def _made(row: Row[Any] | None) -> CallBack | None:
    if row is None:
        return None
    kept = {name: value for name, value in row._mapping.items() if name != "open_as"}
    return CallBack(**kept | {"state": Stand(row.state), "kind": Sort(row.kind)})
