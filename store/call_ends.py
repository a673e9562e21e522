"""When was a call over, and by whom was it told? A function of all its events, so that it does not matter which came first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from ivr.swept import SWEPT
from store.database import insert_told
from store.tables import call as calls
from store.tables import event

OVER = frozenset(("completed", "busy", "failed", "no-answer", "canceled"))
"""Twilio's words for a leg that is over."""

REPORTED, STEP = "status", "step"
FAULT = "fault"


@dataclass(frozen=True, slots=True)
class End:
    """One word that the caller's own leg is over: by a callback of Twilio's, by its record, or by a step that led no further."""

    kind: str
    at: datetime


def hold(connection: Connection, sids: Sequence[str]) -> None:
    """Nobody else reads or writes these calls' rows until this transaction ends, so that of two workers the later one sees all. All of a
    transaction at once and in their order, so that the two never wait for each other."""
    ordered = sorted(sids)
    insert_told(connection, calls, [{"sid": sid, "rank": 0} for sid in ordered], (calls.c.sid,))
    connection.execute(select(calls.c.sid).where(calls.c.sid.in_(ordered)).order_by(calls.c.sid).with_for_update())


def own(connection: Connection, sids: Sequence[str]) -> Mapping[str, list[Any]]:
    """The events of the caller's own leg, of each of these calls."""
    found: dict[str, list[Any]] = {sid: [] for sid in sids}
    columns = (event.c.call, event.c.kind, event.c.at, event.c.sequence, event.c.body)
    for row in connection.execute(select(*columns).where(event.c.call.in_(sids), event.c.leg == "")):
        found[row.call].append(row)
    return found


def ended_at(events: Iterable[Row[Any]]) -> datetime | None:
    """Twilio's first word counts; without one its record's, without that the last step's."""
    ends = list(_ends(events))
    for kind in (REPORTED, SWEPT):
        told = [end.at for end in ends if end.kind == kind]
        if told:
            return min(told)
    return max((end.at for end in ends), default=None)


def over_since(connection: Connection, sid: str, step: datetime) -> datetime | None:
    """The first word that the call was over after a step of this moment; what Twilio tells is final, a step only for those before it."""
    return min(
        (end.at for end in _ends(own(connection, [sid])[sid]) if end.kind != STEP or end.at >= step), default=None
    )


def beginning(events: Iterable[Row[Any]]) -> Mapping[str, Any] | None:
    """What the first fault tells of a call of which no step told how it began."""
    began = [row for row in events if row.kind in (STEP, FAULT) and "from" in row.body]
    if not began or any(row.kind == STEP for row in began):
        return None
    first = min(began, key=lambda row: (row.at, row.sequence))
    return began_as(first.body, first.at)


def began_as(body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The columns of a call that its first record tells."""
    return {"line": body["line"], "caller": body["from"], "dialled": body["to"], "began_at": at}


def moment_of(body: Mapping[str, Any], at: datetime) -> datetime:
    """When a leg was over: what Twilio's record says, else when it was noted."""
    return datetime.fromisoformat(body["ended"]) if body.get("ended") else at


def _ends(events: Iterable[Row[Any]]) -> Iterator[End]:
    for row in events:
        if row.kind == SWEPT:
            yield End(SWEPT, moment_of(row.body, row.at))
        elif row.kind == REPORTED and row.body["status"] in OVER:
            yield End(REPORTED, row.at)
        elif row.kind in (STEP, FAULT) and row.body.get("ending"):
            yield End(STEP, row.at)
