"""How does a caller's conversation at the desk change? By compare-and-set alone; each change says whether it was the one that won."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, select, update

from store.parties import IS_ALIVE
from store.tables_desk import conversation, party, transfer

RISK = "risk"
"""The priority that goes before any other."""


class At(StrEnum):
    """Where a conversation is."""

    WAITING = "waiting"
    OFFERED = "offered"
    TALKING = "talking"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A caller at the desk, as the table has them (``tables_desk.conversation``)."""

    call: str
    line: str
    priority: str
    state: At
    hop: int
    queue: str
    place: Mapping[str, Any]
    chosen: tuple[str, ...]
    caller: str | None
    dialled: str | None
    relay: bool
    queued_at: datetime
    offered_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    handler: str | None
    party: str | None
    transfer: str | None
    generation: int
    moved_at: datetime | None
    onward: Mapping[str, str] | None

    @property
    def room(self) -> str:
        """The name of the room that counts now; nothing personal stands in it."""
        return f"{self.call}-{self.generation}"


WAITING = select(conversation.c.call).where(conversation.c.state == At.WAITING.value)
LEFT_OVER = select(conversation.c.call).where(
    conversation.c.state == At.ENDED.value,
    conversation.c.call.in_(select(party.c.call).where(IS_ALIVE)),
)


def opened(connection: Connection, call: str) -> Conversation | None:
    """A conversation, locked until the transaction ends: what happens on one call happens in one order."""
    row = connection.execute(select(conversation).where(conversation.c.call == call).with_for_update()).first()
    return _made(row) if row else None


def one(connection: Connection, call: str) -> Conversation | None:
    """A conversation as it stands."""
    row = connection.execute(select(conversation).where(conversation.c.call == call)).first()
    return _made(row) if row else None


def those(connection: Connection, state: At) -> tuple[Conversation, ...]:
    """Every conversation in a state."""
    rows = connection.execute(select(conversation).where(conversation.c.state == state.value))
    return tuple(_made(row) for row in rows)


def of_handler(connection: Connection, handler: str) -> Conversation | None:
    """The conversation that a handler is in or is being offered."""
    live = conversation.c.state.in_((At.OFFERED.value, At.TALKING.value))
    row = connection.execute(select(conversation).where(live, conversation.c.handler == handler)).first()
    return _made(row) if row else None


def left_over(connection: Connection) -> tuple[str, ...]:
    """Calls that are over for the desk while a phone of theirs rings or somebody is still on the line."""
    return tuple(connection.scalars(LEFT_OVER))


def earlier_calls(connection: Connection, caller: str, but: str) -> int:
    """How many other calls of the same number have come to the desk."""
    same = (conversation.c.caller == caller) & (conversation.c.call != but)
    return connection.scalar(select(func.count()).select_from(conversation).where(same)) or 0


def offer(connection: Connection, call: str, handler: str, party_id: str, now: datetime) -> bool:
    """Give a waiting caller to a handler, whose phone will ring; nobody else gets them meanwhile."""
    values = {"state": At.OFFERED.value, "handler": handler, "party": party_id, "offered_at": now}
    return _won(connection, call, conversation.c.state == At.WAITING.value, values)


def take_back(connection: Connection, call: str, party_id: str) -> bool:
    """The handler was not reached: the caller waits on in their place."""
    offered = (conversation.c.state == At.OFFERED.value) & (conversation.c.party == party_id)
    return _won(connection, call, offered, {"state": At.WAITING.value, "handler": None, "party": None})


def talk(connection: Connection, call: str, party_id: str, now: datetime) -> bool:
    """The handler has accepted."""
    offered = (conversation.c.state == At.OFFERED.value) & (conversation.c.party == party_id)
    return _won(connection, call, offered, {"state": At.TALKING.value, "answered_at": now, "moved_at": now})


def move(connection: Connection, talking: Conversation, now: datetime) -> Conversation:
    """The room is over: the next one counts."""
    here = conversation.c.generation == talking.generation
    _won(connection, talking.call, here, {"generation": talking.generation + 1, "moved_at": now})
    return one(connection, talking.call) or talking


def engage(connection: Connection, call: str, transfer: str) -> bool:
    """Begin a transfer where none is under way."""
    free = (conversation.c.state == At.TALKING.value) & conversation.c.transfer.is_(None)
    return _won(connection, call, free, {"transfer": transfer})


def disengage(connection: Connection, call: str, transfer: str) -> bool:
    """The transfer is over."""
    return _won(connection, call, conversation.c.transfer == transfer, {"transfer": None})


def hand_to(connection: Connection, call: str, party_id: str, now: datetime, handler: str | None = None) -> bool:
    """The room is somebody else's from now on; where they are a colleague at the desk, the call is theirs, too."""
    values = {"party": party_id, "moved_at": now} | ({"handler": handler} if handler else {})
    return _won(connection, call, conversation.c.state != At.ENDED.value, values)


def has_received(connection: Connection, call: str, who: str) -> bool:
    """Whether a completed transfer has brought this call to a handler, and they have it or had it last."""
    theirs = select(party.c.id).where(party.c.id == conversation.c.party, party.c.handler == who)
    over = select(transfer.c.id).where(transfer.c.call == call, transfer.c.state == "completed")
    held = select(conversation.c.call).where(conversation.c.call == call, conversation.c.handler == who)
    return connection.execute(held.where(exists(theirs), exists(over))).first() is not None


def send_on(connection: Connection, call: str, onward: Mapping[str, str]) -> bool:
    """Where the caller goes when they come out of the room."""
    return _won(connection, call, conversation.c.state == At.TALKING.value, {"onward": dict(onward)})


def hasten(connection: Connection, call: str) -> bool:
    """The caller goes before those who want advice from now on, wherever they wait on this call."""
    return _won(connection, call, conversation.c.state != At.ENDED.value, {"priority": RISK})


def close(connection: Connection, call: str, now: datetime) -> bool:
    """The desk has no more to do with it."""
    ending = {"state": At.ENDED.value, "ended_at": now}
    return _won(connection, call, conversation.c.state != At.ENDED.value, ending)


def _won(connection: Connection, call: str, only_if: ColumnElement[bool], values: Mapping[str, Any]) -> bool:
    change = update(conversation).where(conversation.c.call == call, only_if).values(**values)
    return connection.execute(change).rowcount == 1


def _made(row: Row[Any]) -> Conversation:
    fields = dict(row._mapping)
    return Conversation(**fields | {"state": At(row.state), "chosen": tuple(row.chosen)})
