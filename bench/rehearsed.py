"""What does a call ask of us? Every bundled line is rung in a rehearsal: its webhooks, when they come, and the records they become."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ivr.moment import World
from ivr.record import Record
from rehearsal.staging import Staffed, rehearsal
from telephone import Answers, Call, Ended, Listening, NoAnswer, Outcome, Queued, Ringing, Talking, Whispering

KEYS = ("1", "1", "1", "1")
MOST_MOVES = 300


class Kind(StrEnum):
    """How a call goes."""

    ANSWERED = "the first phone is answered"
    UNANSWERED = "nobody answers, down to the safe message"
    QUEUED = "somebody at the desk answers after a minute"
    WAITED = "ten minutes in the queue, then nobody answers"


TURNS = {Kind.QUEUED: 4, Kind.WAITED: MOST_MOVES}
PHONES: dict[Kind, Outcome] = {Kind.ANSWERED: Answers("1"), Kind.QUEUED: Answers("1")}


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One call: when each webhook came, in seconds since the first, and what was kept."""

    webhooks: tuple[float, ...]
    records: tuple[Record, ...]


def rehearsed(world: World, at: datetime, kind: Kind, talk: float) -> tuple[Rehearsed, ...]:
    """A call of this kind on every bundled line; who is connected talks for ``talk`` seconds."""
    return tuple(_rung(world, line, at, kind, talk) for line in sorted(world.plans.current))


def _rung(world: World, line: str, at: datetime, kind: Kind, talk: float) -> Rehearsed:
    staffed = frozenset(world.plans.current) if kind in TURNS else frozenset[str]()
    staged = rehearsal(world, at, Staffed(staffed))
    call = staged.phone.dial(world.directory.lines[line].numbers[0].e164)
    keys, turns = list(KEYS), TURNS.get(kind, 0)
    for _ in range(MOST_MOVES):
        if isinstance(call.state, Ended):
            break
        turns -= call.is_in_queue
        _moves(call, keys, PHONES.get(kind, NoAnswer()), talk, turns)
    return Rehearsed(tuple(one.at for one in call.exchanges), tuple(staged.memory.records))


def _moves(call: Call, keys: list[str], phone: Outcome, talk: float, turns: int) -> None:
    """What somebody does next; ``turns`` are left in the queue."""
    match call.state:
        case Listening():
            key = keys.pop(0) if keys and not call.is_in_queue else ""
            call.presses(key) if key else call.waits()
        case Ringing():
            call.phone_does(phone)
        case Whispering():
            call.callee_waits()
        case Talking():
            call.talks(talk)
            if isinstance(call.state, Talking):
                call.callee_hangs_up()
        case Queued():
            call.is_queued(1) if turns > 0 else call.is_answered_from_queue()
        case Ended():
            return


def mean_webhooks(calls: Sequence[Rehearsed]) -> float:
    """Webhooks of a call."""
    return sum(len(call.webhooks) for call in calls) / len(calls)
