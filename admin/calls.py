"""Which calls were there, and why did each go where it did?"""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

from admin.auth import sees_personal_data
from admin.blueprints import resource_api
from admin.body import Strict, Text
from admin.lines import plans_in_force
from admin.listing import Search, closed, document, opened, unreadable_cursor
from admin.ports import desk
from admin.problems import missing
from admin.route import ReasonOut
from admin.shapes import NumberOut, moment_out, number_out
from directory.numbers import Number
from directory.search import tokens
from ivr.record import Record
from store import calls

SID = re.compile(r"[A-Za-z0-9]{1,64}")
CANCELLED = 1

api = resource_api("calls", "Calls, live and past, with the trace of every decision.")


class CallPath(Strict):
    """Which call."""

    sid: str


class CallSearch(Search):
    """Which calls."""

    line: Text = ""


class CallOut(BaseModel):
    """A call; the caller's number is empty for those who may not see it, and for callers who withheld it."""

    sid: str
    line: str | None = None
    began_at: str | None = None
    ended_at: str | None = None
    ending: str | None = Field(None, examples=["person", "call-back", "safe-message", "caller-gone"])
    caller: NumberOut | None = None


class LegOut(BaseModel):
    """A phone that the call rang."""

    sid: str
    number: NumberOut | None
    status: str
    seconds: int | None


class CallBackOut(BaseModel):
    """A call-back that the caller booked, due under every reading."""

    node: str
    number: NumberOut | None
    about: str | None
    booked_at: str | None
    target: str | None
    promise: str | None
    cancelled: bool


class EventOut(BaseModel):
    """One decision, or one report of Twilio's."""

    kind: str
    at: str | None
    node: str | None
    reasons: list[ReasonOut]


class TracedCall(CallOut):
    """A call with everything that is known of it."""

    legs: list[LegOut]
    callbacks: list[CallBackOut]
    events: list[EventOut]


class CallList(BaseModel):
    """A page of calls."""

    items: list[CallOut]
    next: str | None


@api.get("/calls", responses={200: CallList})
def every_call(query: CallSearch) -> Mapping[str, object]:
    """Calls, newest first."""
    before = opened(query.cursor)
    if before and not SID.fullmatch(before):
        raise unreadable_cursor()
    with desk().database.read() as connection:
        rows = calls.latest(connection, query.limit + 1, before, _sought(query))
    items = [call_out(row).model_dump(mode="json") for row in rows[: query.limit]]
    return document(items, closed(rows[query.limit - 1].sid) if len(rows) > query.limit else None)


def _sought(query: CallSearch) -> calls.Sought:
    plans = plans_in_force(desk().publication.current())
    here = tuple(plan.line for plan in plans if plan.authority == query.authority) if query.authority else None
    lines = (query.line,) if query.line and (here is None or query.line in here) else () if query.line else here
    return calls.Sought(tokens(query.q), sees_personal_data(), lines)


@api.get("/calls/<sid>", responses={200: TracedCall})
def one_call(path: CallPath) -> Mapping[str, Any]:
    """A call with its legs, call-backs and the trace of its decisions."""
    if not SID.fullmatch(path.sid):
        raise missing("call with this SID")
    with desk().database.read() as connection:
        row = calls.one(connection, path.sid)
        legs, booked = calls.legs(connection, path.sid), calls.callbacks(connection, path.sid)
        records = calls.trace(connection, path.sid)
    if row is None and not records:
        raise missing("call with this SID")
    head = call_out(row) if row else CallOut(sid=path.sid)
    return TracedCall(
        **head.model_dump(),
        legs=[_leg_out(leg) for leg in legs],
        callbacks=[_call_back_out(one) for one in booked],
        events=[_event_out(record) for record in records],
    ).model_dump(mode="json")


def call_out(row: Any) -> CallOut:
    """A call as it is answered."""
    return CallOut(
        sid=row.sid,
        line=row.line,
        began_at=moment_out(row.began_at),
        ended_at=moment_out(row.ended_at),
        ending=row.ending,
        caller=_personal(row.caller),
    )


def _personal(e164: str | None) -> NumberOut | None:
    return number_out(Number(e164), None) if e164 and sees_personal_data() else None


def _leg_out(row: Any) -> LegOut:
    return LegOut(sid=row.sid, number=_personal(row.number), status=row.status, seconds=row.seconds)


def _call_back_out(row: Any) -> CallBackOut:
    return CallBackOut(
        node=row.node,
        number=_personal(row.number),
        about=row.about,
        booked_at=moment_out(row.booked_at),
        target=moment_out(row.target),
        promise=moment_out(row.promise),
        cancelled=row.rank >= CANCELLED,
    )


def _event_out(record: Record) -> EventOut:
    reasons = [ReasonOut(**reason) for reason in record.body.get("reasons", ())]
    return EventOut(kind=record.kind, at=moment_out(record.at), node=record.body.get("node"), reasons=reasons)
