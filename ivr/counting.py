"""What does a past call count as? A function of its records, which gives the same whatever order they arrived in.

Nothing of it says who called: measures, whole seconds, and whom we rang by the name that the ladder gave them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ivr.outcome import Ending
from ivr.queue_reasons import IntoRoom, Queued, SentOn
from ivr.reasons import Accepted, HandedOver, StandsIn
from ivr.record import Record
from ivr.tries import ANSWERED, NEXT, RINGING
from routing.ladder import Step
from routing.reasons import BankHoliday, NeverCloses, OutsideHours, Override, WithinHours


class Measure(StrEnum):
    """What is counted of a call; a call has one of the first four (``ivr.outcome.Ending``), and stands so among those offered."""

    PERSON = Ending.PERSON.value
    CALL_BACK = Ending.CALL_BACK.value
    SAFE_MESSAGE = Ending.SAFE_MESSAGE.value
    CALLER_GONE = Ending.CALLER_GONE.value
    OPEN = "open"
    CLOSED = "closed"
    WRONG_DOOR = "wrong-door"
    TO_RINGING = "to-ringing"
    TO_PERSON = "to-person"
    DEPTH = "depth"
    CALLED = "called"
    TOOK = "took"
    TOOK_AFTER = "took-after"
    NO_ANSWER = "no-answer"
    BUSY = "busy"
    FAILED = "failed"
    NOT_ACCEPTED = "not-accepted"
    CONNECTED = "connected"
    GONE_MEANWHILE = "gone-meanwhile"
    NOT_KNOWN = "not-known"


OFFERED = (Measure.PERSON, Measure.CALL_BACK, Measure.SAFE_MESSAGE, Measure.CALLER_GONE)
MISSED = (Measure.NO_ANSWER, Measure.BUSY, Measure.FAILED, Measure.NOT_ACCEPTED)
"""How a phone that rang led to nobody: the words of ``ivr.events.LegEnd``."""

THE_DESK = "The desk"
STANDING_IN = "A number that stood in"
CHOSEN = "A number that the desk chose"
RESCUE = "A line's default destination, after a fault"
NOT_PERSONAL = {
    Step.WORKER: "Workers whom callers asked for",
    Step.MANAGER: "Managers of those workers",
    Step.HOLDER: "Holders of named roles",
    Step.DEPUTY: "Deputies of named roles",
}
"""Whose own phone it is: counted together, so that no number is one person's."""

CLOSED_BY_ENTRY = "Set to closed"
CODES_OPEN, CODES_CLOSED = {WithinHours.code, NeverCloses.code}, {OutsideHours.code, BankHoliday.code}


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that a call adds: to a measure, of somebody who was rung (empty: of the line), at a value (seconds, phones)."""

    measure: Measure
    value: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True)
class Rang:
    """A phone that a step rang: from when, whose it is, how it ended; connected, when."""

    at: datetime
    who: str
    how: Measure
    connected_at: datetime | None = None


def counted(
    records: Sequence[Record], ending: str | None, began_at: datetime, offered_at: datetime | None
) -> Iterator[Counted]:
    """What a call that is over adds, of its line first. ``records`` in order; ``ending`` as its row says; ``offered_at``: when
    the desk first rang a handler for it."""
    own = [one for one in records if not one.leg and one.kind in ("step", "fault")]
    rang = list(_rang(own, records))
    came_to = Measure(ending or Ending.CALLER_GONE)
    yield Counted(came_to)
    yield from (Counted(hours) for hours in _hours(own))
    if _first(own, HandedOver.code):
        yield Counted(Measure.WRONG_DOOR)
    yield Counted(Measure.DEPTH, len(rang))
    if rings_at := min(_ringing(records, offered_at), default=None):
        yield Counted(Measure.TO_RINGING, _seconds(began_at, rings_at))
    room = _first(own, IntoRoom.code)
    met = [moment for moment in (room, *(one.connected_at for one in rang)) if moment]
    if met and came_to is Measure.PERSON:
        yield Counted(Measure.TO_PERSON, _seconds(began_at, min(met)))
    yield from _of_those_rung(rang)
    if queued := _first(own, Queued.code):
        yield from _of_one(THE_DESK, queued, room is not None, room)


def _of_those_rung(rang: Sequence[Rang]) -> Iterator[Counted]:
    for who in dict.fromkeys(one.who for one in rang):
        theirs = [one for one in rang if one.who == who]
        yield from (Counted(one.how, who=who) for one in theirs)
        taken = next((one for one in theirs if one.how is Measure.CONNECTED), None)
        yield from _of_one(who, theirs[0].at, taken is not None, taken.connected_at if taken else None)


def _of_one(who: str, since: datetime, took: bool, at: datetime | None) -> Iterator[Counted]:  # noqa: FBT001  # a fact, not a switch
    yield Counted(Measure.CALLED, who=who)
    if took:
        yield Counted(Measure.TOOK, who=who)
    if took and at:
        yield Counted(Measure.TOOK_AFTER, _seconds(since, at), who)


def _hours(own: Sequence[Record]) -> Iterator[Measure]:
    """Whether the line was open when the call began, by the first rule of hours that its steps name; nothing where none does."""
    for reason in (reason for record in own for reason in record.body.get("reasons", ())):
        if reason["code"] == Override.code:
            yield Measure.CLOSED if reason["sentence"].startswith(CLOSED_BY_ENTRY) else Measure.OPEN
            return
        if reason["code"] in CODES_OPEN | CODES_CLOSED:
            yield Measure.OPEN if reason["code"] in CODES_OPEN else Measure.CLOSED
            return


def _rang(own: Sequence[Record], records: Sequence[Record]) -> Iterator[Rang]:
    for record, following in zip(own, [*own[1:], None], strict=True):
        if record.body.get("rings"):
            how = _how(following)
            connected = _connected_at(record, following, records) if following and how is Measure.CONNECTED else None
            yield Rang(record.at, _who(record), how, connected)


def _how(following: Record | None) -> Measure:
    event = following.body.get("event", {}) if following else {}
    match event.get("name"):
        case "Unreached":
            return Measure(event["how"])
        case "Talked":
            return Measure.CONNECTED
        case "CallerGone":
            return Measure.CONNECTED if event.get("talked") else Measure.GONE_MEANWHILE
        case _:
            return Measure.NOT_KNOWN


def _connected_at(record: Record, following: Record, records: Sequence[Record]) -> datetime | None:
    """When key 1 was pressed, or, on a phone that was asked for no key, when it was picked up; nothing where that was not told.
    What a called person hears has the hop of the step that follows their leg (``ivr.record``)."""
    hop = following.sequence[1:]
    asked = [one for one in records if one.leg and one.kind == "step" and one.sequence in (f"w{hop}", f"a{hop}")]
    if asked:
        return _first(asked, Accepted.code)
    told = (
        one for one in records if one.leg and one.body.get("status") == ANSWERED and record.at <= one.at <= following.at
    )
    return next((one.at for one in told if one.body.get("rings") == record.body["rings"]), None)


def _ringing(records: Sequence[Record], offered_at: datetime | None) -> Iterator[datetime]:
    yield from (one.at for one in records if one.leg and one.body.get("status") in (RINGING, ANSWERED))
    if offered_at:
        yield offered_at


def _who(record: Record) -> str:
    """By what name those are counted whom a step rang."""
    reasons: Sequence[dict[str, Any]] = record.body.get("reasons", ())
    said = next((one["sentence"] for one in reasons if one["code"] == NEXT), "")
    if said:
        who, _, step = str(said).removeprefix("Ring ").removesuffix(".").rpartition(": ")
        return NOT_PERSONAL[Step(step)] if step in NOT_PERSONAL else who
    codes = {one["code"] for one in reasons}
    return STANDING_IN if StandsIn.code in codes else CHOSEN if SentOn.code in codes else RESCUE


def _first(records: Sequence[Record], code: str) -> datetime | None:
    """When a reason was first given."""
    given = (one.at for one in records if any(reason["code"] == code for reason in one.body.get("reasons", ())))
    return min(given, default=None)


def _seconds(since: datetime, until: datetime) -> int:
    """Whole seconds, the rest dropped; two servers' clocks may differ by a little, so never less than none."""
    return max(0, int((until - since).total_seconds()))
