"""How is a past call printed? As a timeline of sentences, or as JSON."""

from collections.abc import Iterator
from datetime import datetime

from directory.numbers import Number
from ivr.telling import Telling, Told
from ivr.tries import Try
from routing.clock import local
from routing.reasons import clock_time

WITHHELD = "a number that is withheld, or not shown"


def lines_of(call: Telling) -> Iterator[str]:
    """A call in plain English."""
    yield f"Call {call.sid} on the line {call.line or '?'}"
    if call.began_at:
        yield f"{clock_time(call.began_at)}, from {national(call.caller) or WITHHELD}; ending: {call.ending or 'not ended yet'}"
    yield ""
    for told in call.timeline:
        yield f"  {local(told.at):%H:%M:%S}  {told.text(national(told.rings))}"
        yield from (f"            – {reason}" for reason in told.reasons)
    yield from _tried(call)
    yield from _due(call)
    yield from _in_force(call)


def _tried(call: Telling) -> Iterator[str]:
    if call.tried:
        yield "\nTried:"
    for place, one in enumerate(call.tried, 1):
        yield f"  {place}. {national(one.number)}, {one.who}: {one.how}{_seconds(one)}"


def _seconds(one: Try) -> str:
    rang = f", rang {one.seconds} s" if one.seconds is not None else ""
    return f"{rang}, answered for {one.talked} s" if one.talked else rang


def _due(call: Telling) -> Iterator[str]:
    if call.due:
        yield "\nDue:"
    for due in call.due:
        gone = " (cancelled by the caller)" if due.cancelled else ""
        yield f"  Call-back: {due.about}: promised by {clock_time(due.promise)}, aimed at {clock_time(due.target)}{gone}"


def _in_force(call: Telling) -> Iterator[str]:
    if call.plans or call.directories:
        yield "\nIn force:"
    yield from (f"  Plan {one.digest} of {one.name} ({one.line})" for one in call.plans)
    if call.directories:
        first, last = call.directories[0], call.directories[-1]
        yield f"  Directory version {first}" if first == last else f"  Directory versions {first} to {last}"


def document_of(call: Telling) -> dict[str, object]:
    """A call as JSON."""
    return {
        "sid": call.sid,
        "line": call.line,
        "caller": national(call.caller),
        "began_at": _iso(call.began_at),
        "ended_at": _iso(call.ended_at),
        "ending": call.ending,
        "timeline": [_told(told) for told in call.timeline],
        "tried": [
            {"at": _iso(one.at), "who": one.who, "number": national(one.number), "how": one.how, "rang_seconds": one.seconds,
             "answered_seconds": one.talked}
            for one in call.tried
        ],
        "due": [
            {"about": one.about, "promise": _iso(one.promise), "target": _iso(one.target), "cancelled": one.cancelled}
            for one in call.due
        ],
        "plans": [{"line": one.line, "name": one.name, "digest": one.digest} for one in call.plans],
        "directories": list(call.directories),
    }  # fmt: skip


def _told(told: Told) -> dict[str, object]:
    return {"at": _iso(told.at), "sentence": told.text(), "reasons": list(told.reasons), "number": national(told.rings)}


def _iso(at: datetime | None) -> str | None:
    return local(at).isoformat() if at else None


def national(e164: str) -> str:
    """A number as people write it."""
    return Number(e164).national if e164 else ""
