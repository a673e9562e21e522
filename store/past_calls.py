"""What is known of a past call, beside its own steps? Its row, its records, and what the desk did with it then and afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from ivr.kept import plan_at
from ivr.plan import Plan
from ivr.record import Record
from ivr.telling import Telling, Told, telling
from store import calls, conversations, transfers
from store.past_worlds import read_plan
from store.plans import text_of
from store.tables import call
from store.tables_callbacks import call_back, call_back_attempt
from store.tables_desk import party

PARTIES = {"handler": "a handler", "consulted": "somebody who was consulted", "invited": "somebody who was invited",
           "returning": "a handler, who returns the call"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call: its row (none where its journal told only of faults), its records in order, and the desk's deeds."""

    sid: str
    row: Row[Any] | None
    records: list[Record]
    deeds: tuple[Told, ...]

    @property
    def digests(self) -> frozenset[str]:
        """The plans that its steps began or ended in."""
        named = {digest for one in self.records for digest in (plan_at(one.body), str(one.body.get("plan") or ""))}
        return frozenset(named - {""})

    @property
    def ending(self) -> str:
        """How it ended, as the row has it; empty while it goes on."""
        return str(self.row.ending or "") if self.row else ""


def past_call(connection: Connection, sid: str) -> PastCall | None:
    """A call by its SID, or nothing where there is none."""
    row, records = calls.one(connection, sid), calls.trace(connection, sid)
    if row is None and not records:
        return None
    deeds = (
        *_talk(connection, sid),
        *_parties(connection, sid),
        *_transfers(connection, sid),
        *_backs(connection, sid),
    )
    return PastCall(sid, row, records, deeds)


def told(connection: Connection, past: PastCall) -> Telling:
    """The call as a timeline. Whose caller asks not to be named has no number there."""
    known = {digest: read_plan(text_of(connection, digest) or "") for digest in past.digests}
    plans: dict[str, Plan] = {digest: plan for digest, plan in known.items() if plan}
    whole = telling(past.records, plans, past.ending, past.deeds)
    return replace(whole, caller=str(past.row.caller or "") if past.row else "")


def begun_between(connection: Connection, since: datetime, until: datetime, line: str) -> list[str]:
    """The SIDs of a line's calls that began in a period, the oldest first."""
    began = select(call.c.sid).where(call.c.began_at >= since, call.c.began_at < until, call.c.line == line)
    return list(connection.scalars(began.order_by(call.c.began_at, call.c.sid)))


def _talk(connection: Connection, sid: str) -> Iterator[Told]:
    talk = conversations.one(connection, sid)
    if talk and talk.answered_at:
        yield Told(talk.answered_at, ("A handler at the desk answered the call.",))


def _parties(connection: Connection, sid: str) -> Iterator[Told]:
    for row in connection.execute(select(party).where(party.c.call == sid).order_by(party.c.asked_at)):
        outcome = f": {row.outcome}" if row.outcome else ""
        yield Told(row.asked_at, (f"The desk rang {PARTIES.get(row.role, row.role)}{outcome}.",))


def _transfers(connection: Connection, sid: str) -> Iterator[Told]:
    for one in transfers.of_call(connection, sid):
        yield Told(one.at, (f"A {one.mode} transfer was asked for; it came to: {one.state}.",))


def _backs(connection: Connection, sid: str) -> Iterator[Told]:
    back, attempt = call_back, call_back_attempt
    both = select(attempt).join(back, back.c.id == attempt.c.callback).where(back.c.call == sid)
    for row in connection.execute(both.order_by(attempt.c.asked_at)):
        outcome = f": {row.outcome}" if row.outcome else ""
        yield Told(row.asked_at, (f"The call-back was tried{outcome}.",))
    for row in connection.execute(select(back).where(back.c.call == sid, back.c.ended_at.is_not(None))):
        yield Told(row.ended_at, (f"The call-back is {row.state}{f' ({row.outcome})' if row.outcome else ''}.",))
