"""What do records say of their calls and legs? A fold by rank: doubled, late and out of order, many of them come to one row each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ivr.outcome import Ending
from ivr.reasons import Booked, Cancelled, Conversed, SafeMessage
from ivr.record import Record
from ivr.swept import SWEPT as SWEPT_KIND
from store.call_ends import FAULT, OVER, REPORTED, STEP, began_as, moment_of

SWEPT, TERMINAL = 4, 5
"""An end that Twilio did not report, and one that it did: what it tells after all counts."""

STATUS_RANK = {"queued": 0, "initiated": 1, "ringing": 2, "in-progress": 3}
STATUS_RANK |= dict.fromkeys(OVER, TERMINAL)
UNKNOWN = -1
"""A status that Twilio's list does not have outranks none."""

RANK = {Ending.CALLER_GONE: 1, Ending.SAFE_MESSAGE: 2, Ending.CALL_BACK: 3, Ending.PERSON: 5}
CANCELLED_RANK = 4
SURE = {
    SafeMessage.code: (Ending.SAFE_MESSAGE, RANK[Ending.SAFE_MESSAGE]),
    Booked.code: (Ending.CALL_BACK, RANK[Ending.CALL_BACK]),
    Cancelled.code: (Ending.SAFE_MESSAGE, CANCELLED_RANK),
    Conversed.code: (Ending.PERSON, RANK[Ending.PERSON]),
}
"""What a call has come to once a step had this reason, should the caller hang up now; the highest rank stands."""


@dataclass(slots=True)
class CallTold:
    """``began`` holds the columns that a first step told; ``after_fault``, that a fault may have to tell them; ``is_over``, that the
    caller's own leg is; ``ending`` is the best so far: a caller who hangs up after a conversation did reach a person."""

    began: Mapping[str, Any] | None = None
    after_fault: bool = False
    is_over: bool = False
    rank: int = 0
    ending: Ending | None = None

    def came_to(self, ending: Ending, rank: int) -> None:
        """It is this, unless it is better."""
        if rank > self.rank:
            self.ending, self.rank = ending, rank


@dataclass(frozen=True, slots=True)
class LegTold:
    """``number`` and ``seconds`` are not in every word of a leg."""

    rank: int
    status: str
    number: str | None
    seconds: int | None

    def after(self, before: "LegTold | None") -> "LegTold":
        """The highest rank stands; of two words of one rank the same one does, whichever came first."""
        if before is None:
            return self
        last, other = (self, before) if self._weight > before._weight else (before, self)
        return LegTold(last.rank, last.status, last.number or other.number, last.seconds)

    @property
    def _weight(self) -> tuple[int, str, int]:
        return self.rank, self.status, -1 if self.seconds is None else self.seconds


@dataclass(frozen=True, slots=True)
class Folded:
    """Calls by their sid; legs by that of their call and their own."""

    calls: defaultdict[str, CallTold] = field(default_factory=lambda: defaultdict(CallTold))
    legs: dict[tuple[str, str], LegTold] = field(default_factory=dict)


def folded(records: Iterable[Record]) -> Folded:
    """What they say together."""
    told = Folded()
    for record in records:
        if record.kind in (REPORTED, SWEPT_KIND):
            _status(told, record)
        elif record.kind in (STEP, FAULT):
            _step(told, record)
    return told


def over_at(record: Record) -> datetime | None:
    """When the caller's own leg was over, by this record alone; nothing where it does not say that it was."""
    if record.kind == SWEPT_KIND and not record.leg:
        return moment_of(record.body, record.at)
    if record.kind == REPORTED and not record.leg and record.body["status"] in OVER:
        return record.at
    return record.at if record.kind in (STEP, FAULT) and record.body.get("ending") else None


def _status(told: Folded, record: Record) -> None:
    """A word of Twilio's, or the end of a leg that it never reported (``desk.sweeper``)."""
    body, key = record.body, (record.call, record.leg)
    if record.leg:
        rank = SWEPT if record.kind == SWEPT_KIND else STATUS_RANK.get(body["status"], UNKNOWN)
        word = LegTold(rank, body["status"], body.get("rings"), body.get("seconds"))
        told.legs[key] = word.after(told.legs.get(key))
        return
    call = told.calls[record.call]
    if over_at(record):
        call.is_over = True
        call.came_to(Ending.CALLER_GONE, RANK[Ending.CALLER_GONE])


def _step(told: Folded, record: Record) -> None:
    body = record.body
    if "from" in body:
        call = told.calls[record.call]
        if record.kind == STEP:
            call.began = began_as(body, record.at)
        else:
            call.after_fault = True
    if body.get("ending"):
        told.calls[record.call].is_over = True
    for ending, rank in _endings(body):
        told.calls[record.call].came_to(ending, rank)


def _endings(body: Mapping[str, Any]) -> Iterator[tuple[Ending, int]]:
    if body.get("ending"):
        ending = Ending(body["ending"])
        yield ending, RANK[ending]
    yield from (SURE[reason["code"]] for reason in body.get("reasons", ()) if reason["code"] in SURE)
