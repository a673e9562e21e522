"""Who waits for the desk, by the steps of the calls? A fold by hop: doubled, late and reordered records end in the same row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, update

from ivr.record import Record
from store.conversations import RISK, At, close
from store.database import insert_new
from store.tables_desk import conversation

OPEN = (At.WAITING.value, At.OFFERED.value)


def queued(connection: Connection, record: Record, request: Mapping[str, Any]) -> None:
    """A caller has joined a queue, or left it other than into a conversation. Who was urgent once stays so on this call."""
    joins = request["do"] == "join"
    state = At.WAITING if joins else At.ENDED
    row = {"line": record.body["line"], "state": state.value, "hop": request["hop"], "queued_at": record.at}
    row |= {"ended_at": None if joins else record.at, **_told(request)}
    begun = {"call": record.call, "generation": 0, **row}
    if insert_new(connection, conversation, [begun]):
        return
    earlier = update(conversation).where(conversation.c.call == record.call, conversation.c.hop < request["hop"])
    if joins:
        fresh = dict.fromkeys(("handler", "party", "transfer", "onward", "answered_at", "offered_at"))
        priority = case((conversation.c.priority == RISK, RISK), else_=row["priority"])
        again = {**row, **fresh, "priority": priority, "generation": conversation.c.generation + 1}
        connection.execute(earlier.where(conversation.c.state == At.ENDED.value).values(**again))
    else:
        left = {"state": At.ENDED.value, "ended_at": record.at, "hop": request["hop"]}
        connection.execute(earlier.where(conversation.c.state.in_(OPEN)).values(**left))


def caller_gone(connection: Connection, call: str, at: datetime) -> None:
    """The caller's own leg is over, or their call has come to its end elsewhere."""
    close(connection, call, at)


def _told(request: Mapping[str, Any]) -> Mapping[str, Any]:
    names = ("queue", "priority", "place", "chosen", "caller", "dialled")
    empty = {"queue": "", "priority": "", "place": {}, "chosen": []}
    return {name: request.get(name, empty.get(name)) for name in names} | {"relay": bool(request.get("relay"))}
