"""Who waits for the desk, by the steps of the calls? A fold by hop: doubled, late and reordered records end in the same row."""

from collections.abc import Mapping, Set
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, select, update

from ivr.record import Record
from store.call_ends import over_since
from store.conversations import RISK, At, close
from store.database import insert_new
from store.tables_desk import conversation

OPEN = (At.WAITING.value, At.OFFERED.value)
AGAIN = (At.ENDED.value, At.WAITING.value)
"""The states from which a caller joins a queue again; ``WAITING`` where that they had left it has not arrived yet."""

FRESH = dict.fromkeys(("handler", "party", "transfer", "onward", "answered_at", "offered_at"))


def queued(connection: Connection, record: Record, request: Mapping[str, Any]) -> None:
    """A caller has joined a queue, or left it other than into a conversation. Who was urgent once stays so on this call."""
    over = over_since(connection, record.call, record.at) if request["do"] == "join" else record.at
    state = At.ENDED if over else At.WAITING
    row = {"line": record.body["line"], "state": state.value, "hop": request["hop"], "queued_at": record.at}
    row |= {"ended_at": over, **_told(request)}
    if insert_new(connection, conversation, [{"call": record.call, "generation": 0, **row}]):
        return
    if request["do"] == "join":
        _joins(connection, record, row)
    else:
        _leaves(connection, record, request["hop"])


def known(connection: Connection, calls: Set[str]) -> set[str]:
    """Those of the calls that ever came to the desk."""
    there = select(conversation.c.call).where(conversation.c.call.in_(calls))
    return set(connection.execute(there).scalars()) if calls else set()


def caller_gone(connection: Connection, call: str, at: datetime) -> None:
    """The caller's own leg is over, or their call has come to its end elsewhere; the first word of it counts."""
    if not close(connection, call, at):
        late = (conversation.c.call == call) & (conversation.c.state == At.ENDED.value) & (conversation.c.ended_at > at)
        connection.execute(update(conversation).where(late).values(ended_at=at))


def _joins(connection: Connection, record: Record, row: Mapping[str, Any]) -> None:
    """A later queue than the one that is known, or an earlier one, of which only that it was left has arrived so far."""
    here, risk = conversation.c.call == record.call, case((_is_urgent(), RISK), else_=row["priority"])
    later = here & (conversation.c.hop < row["hop"]) & conversation.c.state.in_(AGAIN)
    again = {**row, **FRESH, "priority": risk, "generation": conversation.c.generation + 1}
    if connection.execute(update(conversation).where(later).values(**again)).rowcount:
        return
    blank = here & (conversation.c.hop > row["hop"]) & (conversation.c.queue == "")
    known = {name: value for name, value in row.items() if name not in ("state", "hop", "ended_at", "line")}
    if not connection.execute(update(conversation).where(blank).values(**known)).rowcount and row["priority"] == RISK:
        connection.execute(update(conversation).where(here).values(priority=RISK))


def _leaves(connection: Connection, record: Record, hop: int) -> None:
    earlier = (conversation.c.call == record.call) & (conversation.c.hop < hop)
    still = conversation.c.state.in_((*OPEN, At.ENDED.value))
    first = case((conversation.c.ended_at < record.at, conversation.c.ended_at), else_=record.at)
    left = {"state": At.ENDED.value, "ended_at": first, "hop": hop}
    connection.execute(update(conversation).where(earlier, still).values(**left))


def _is_urgent() -> ColumnElement[bool]:
    return conversation.c.priority == RISK


def _told(request: Mapping[str, Any]) -> Mapping[str, Any]:
    names = ("queue", "priority", "place", "chosen", "caller", "dialled")
    empty = {"queue": "", "priority": "", "place": {}, "chosen": []}
    return {name: request.get(name, empty.get(name)) for name in names} | {"relay": bool(request.get("relay"))}
