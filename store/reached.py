"""How long did callers wait for a ringing phone, and for a person, and how many phones rang for each?

As Twilio told and as people did: a phone rings when its status says so or when the desk offers the call to a handler. A person is there
when a handler has the call, or when the last phone that was picked up was, after its key 1 where it needs one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from ivr.outcome import Ending
from ivr.position import Stage
from ivr.reasons import Accepted
from store.tables import call, event, leg
from store.tables_desk import conversation
from store.watched import from_others

RINGS, IS_PICKED_UP = "ringing", "in-progress"
Moments = Mapping[str, datetime]
"""A moment of each call, by its SID."""

ByLine = Mapping[str, tuple[float, ...]]
"""What was found of each line's calls, in no order."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Seconds from the beginning of a call until a phone rang, and until a person was there; and how many phones rang."""

    to_ringing: ByLine
    to_person: ByLine
    phones: ByLine


def reached(connection: Connection, ours: Collection[str], since: datetime) -> Reached:
    """Of the calls that began since a moment, without those from our own numbers."""
    lately = (call.c.began_at >= since) & from_others(ours)
    columns = call.c.sid, call.c.line, call.c.began_at, call.c.ending
    calls: list[Row[Any]] = list(connection.execute(select(*columns).where(lately)))
    legs, desk = _legs(connection, lately), _desk(connection, lately)
    rang = _firsts((*_of(legs, RINGS), *((row.call, row.offered_at) for row in desk if row.offered_at)))
    person = {
        **_lasts((*_of(legs, IS_PICKED_UP), *_accepted(legs))),
        **{row.call: row.answered_at for row in desk if row.answered_at},
    }
    with_person = [row for row in calls if row.ending == Ending.PERSON]
    return Reached(_waited(calls, rang), _waited(with_person, person), _phones(connection, lately))


def _legs(connection: Connection, lately: ColumnElement[bool]) -> list[Row[Any]]:
    """What was told of the phones that rang, and what they keyed."""
    told = (event.c.kind == "status") & event.c.body["status"].as_string().in_((RINGS, IS_PICKED_UP))
    keyed = (event.c.kind == "step") & event.c.sequence.startswith(Stage.ACCEPT.value)
    columns = event.c.call, event.c.kind, event.c.at, event.c.body
    theirs = select(*columns).join(call, call.c.sid == event.c.call).where(lately, event.c.leg != "", told | keyed)
    return list(connection.execute(theirs))


def _desk(connection: Connection, lately: ColumnElement[bool]) -> list[Row[Any]]:
    columns = conversation.c.call, conversation.c.offered_at, conversation.c.answered_at
    return list(connection.execute(select(*columns).join(call, call.c.sid == conversation.c.call).where(lately)))


def _phones(connection: Connection, lately: ColumnElement[bool]) -> ByLine:
    counted = select(call.c.line, func.count()).join(leg, leg.c.call == call.c.sid).where(lately)
    found: defaultdict[str, list[float]] = defaultdict(list)
    for line, phones in connection.execute(counted.group_by(call.c.sid, call.c.line)):
        found[line or ""].append(phones)
    return _settled(found)


def _of(legs: Iterable[Row[Any]], status: str) -> Iterator[tuple[str, datetime]]:
    return ((row.call, row.at) for row in legs if row.kind == "status" and row.body["status"] == status)


def _accepted(legs: Iterable[Row[Any]]) -> Iterator[tuple[str, datetime]]:
    return (
        (row.call, row.at)
        for row in legs
        if any(reason["code"] == Accepted.code for reason in row.body.get("reasons", ()))
    )


def _firsts(found: Iterable[tuple[str, datetime]]) -> Moments:
    return dict(sorted(found, key=lambda one: one[1], reverse=True))


def _lasts(found: Iterable[tuple[str, datetime]]) -> Moments:
    return dict(sorted(found, key=lambda one: one[1]))


def _waited(calls: Iterable[Row[Any]], until: Moments) -> ByLine:
    found: defaultdict[str, list[float]] = defaultdict(list)
    for row in calls:
        if row.sid in until:
            found[row.line or ""].append(max((until[row.sid] - row.began_at).total_seconds(), 0.0))
    return _settled(found)


def _settled(found: Mapping[str, Iterable[float]]) -> ByLine:
    return {line: tuple(values) for line, values in found.items()}
