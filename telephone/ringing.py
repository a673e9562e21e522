"""Which of the telephones that ring is answered first?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from telephone.callee import Callee
from telephone.clock import Clock
from telephone.errors import OutOfTurn
from telephone.outcomes import (
    Answers,
    Busy,
    Declines,
    Fails,
    HangsUpInWhisper,
    NoAnswer,
    Outcome,
    PicksUp,
    Voicemail,
)
from telephone.states import PhoneDoes, Presses, Ringing, Running


@dataclass(frozen=True, slots=True)
class Answered:
    """The one who picked up, and how they go on."""

    callee: Callee
    outcome: Outcome


def first_to_answer(callees: Sequence[Callee], seconds: float) -> Running[Answered | None]:
    """Let them ring until one answers, all are settled, or `seconds` have passed; the others then stop."""
    if not callees:
        return None
    clock = callees[0].leg.board.clock
    started, ringing = clock.now, list(callees)
    while ringing:
        callee, outcome = yield from _next_outcome(ringing)
        ringing.remove(callee)
        moment = _moment(outcome, seconds)
        if moment is None:
            continue
        clock.reach(started + moment)
        if _picks_up(callee, outcome):
            _stop(callees, callee)
            return Answered(callee, outcome)
    _ring_out(callees, clock, started + seconds)
    return None


def _next_outcome(ringing: Sequence[Callee]) -> Running[tuple[Callee, Outcome]]:
    while True:
        act = yield Ringing(tuple(callee.leg.called for callee in ringing))
        match act:
            case PhoneDoes(number, outcome):
                return next(callee for callee in ringing if callee.leg.called == number), outcome
            case Presses():
                continue  # the caller hears ringing; nobody listens for keys
            case _:
                raise OutOfTurn(f"telephones are ringing; they do not wait for {act}")


def _moment(outcome: Outcome, limit: float) -> float | None:
    """After how many seconds of ringing something happens; None: never, or too late."""
    if isinstance(outcome, NoAnswer) or outcome.after > limit:
        return None
    return outcome.after


def _picks_up(callee: Callee, outcome: Outcome) -> bool:
    match outcome:
        case Answers(presses=keys):
            callee.answers(list(keys), "is answered")
        case PicksUp():
            callee.answers(None, "is answered")
        case HangsUpInWhisper():
            callee.answers([], "is answered")
        case Voicemail():
            callee.answers([], "is answered by a mailbox")
        case Busy() | Declines() | Fails() | NoAnswer():
            _refuses(callee, outcome)
        case _:
            assert_never(outcome)
    return not callee.has_ended


def _refuses(callee: Callee, outcome: Busy | Declines | Fails | NoAnswer) -> None:
    match outcome:
        case Busy():
            callee.ends("busy", "is engaged")
        case Declines():
            callee.ends("busy", "declines the call")
        case Fails():
            callee.ends("failed", "cannot be reached")
        case NoAnswer():
            callee.ends("no-answer", "is not answered")
        case _:
            assert_never(outcome)


def _stop(callees: Sequence[Callee], answered: Callee) -> None:
    for callee in callees:
        if callee is not answered:
            callee.ends("canceled", "stops ringing")


def _ring_out(callees: Sequence[Callee], clock: Clock, moment: float) -> None:
    """Wait for those that nobody answers, if there are any."""
    silent = [callee for callee in callees if not callee.has_ended]
    if silent:
        clock.reach(moment)
    for callee in silent:
        callee.ends("no-answer", "is not answered")
