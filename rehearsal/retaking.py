"""How does a past call go with another plan? The people of its script are sent through it by telephone, in process."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ivr.moment import World
from ivr.outcome import Ending
from ivr.record import Record
from rehearsal.pins import knowing_pins
from rehearsal.script import Leaves, Script, Staying
from rehearsal.staging import Rehearsal, rehearsal
from store.folding import RANK, SURE
from telephone import Answers, Call, Ended, Listening, Queued, Ringing, StoryError, Talking, Whispering

MOST_STEPS = 120
TALK = 60.0
BEYOND = "beyond"
"""What a call came to that a telephone could not play to its end."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a call went: what it came to, whom it rang in order (E.164), every reason in order, and the phones whose behaviour had
    to be assumed (they answered)."""

    ending: str
    rang: tuple[str, ...]
    reasons: tuple[str, ...]
    assumed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Attending:
    """The desk as it was staffed then, from step to step."""

    since: Sequence[tuple[datetime, frozenset[str]]]

    def staffed(self, now: datetime) -> frozenset[str]:
        """The lines that somebody answered at the last step before a moment."""
        known = [lines for at, lines in self.since if at <= now]
        return known[-1] if known else self.since[0][1] if self.since else frozenset()


@dataclass(slots=True)
class Playing:
    """A call on its way, and what is left of its script."""

    script: Script
    staged: Rehearsal
    call: Call
    keys: list[str]
    staying: Staying
    assumed: set[str] = field(default_factory=set)

    def to_the_end(self) -> None:
        """Play it."""
        for _ in range(MOST_STEPS):
            if isinstance(self.call.state, Ended):
                return
            self._step()
        self.call.hangs_up()

    def _step(self) -> None:
        if self.call.is_in_queue:
            self._queue()
        else:
            self.staying.is_over()
            self._goes_on()

    def _goes_on(self) -> None:
        call = self.call
        match call.state:
            case Listening():
                self._turn()
            case Ringing(numbers=numbers):
                self._phone(numbers[0])
            case Whispering():
                call.callee_waits()
            case Talking():
                call.talks(TALK)
                if isinstance(call.state, Talking):
                    call.callee_hangs_up()

    def _turn(self) -> None:
        if self.keys:
            keys = self.keys.pop(0)
            self.call.presses(keys) if keys else self.call.waits()
        elif self.script.hangs_up:
            self.call.hangs_up()
        else:
            self.call.waits()

    def _phone(self, number: str) -> None:
        if number in self.script.given_up:
            self.call.hangs_up()
            return
        if number not in self.script.phones:
            self.assumed.add(number)
        self.call.phone_does(self.script.phones.get(number, Answers("1")))

    def _queue(self) -> None:
        """As long as it was, and left as it was."""
        call = self.call
        match self.staying.leaves(call.elapsed):
            case Leaves.ANSWERED:
                call.is_answered_from_queue()
            case Leaves.CALL_BACK:
                call.presses("1")
            case Leaves.GONE:
                call.hangs_up()
            case _:
                call.is_queued(call.state.position) if isinstance(call.state, Queued) else call.waits()


def retaken(world: World, people: Script) -> Way:
    """The way of a call in a world, at the moment at which it was made then."""
    staged = rehearsal(knowing_pins(world), people.begins, Attending(people.staffed))
    try:
        call = staged.phone.dial(people.dialled, people.caller, people.via or None)
        playing = Playing(people, staged, call, list(people.keys), Staying(people.waits))
        playing.to_the_end()
    except StoryError:
        return Way(BEYOND, *_trail(staged.memory.records))
    return Way(came_to(staged.memory.records), *_trail(staged.memory.records), frozenset(playing.assumed))


def way_of(records: Sequence[Record]) -> Way:
    """The way that was recorded."""
    return Way(came_to(records), *_trail(records))


def came_to(records: Sequence[Record]) -> str:
    """What a call came to: the best that any step says, as the call's row has it; a conversation at the desk is one with a person."""
    codes = {reason["code"] for record in records for reason in record.body.get("reasons", ())}
    ends = [Ending(record.body["ending"]) for record in records if record.body.get("ending")]
    ranked = [(RANK[ending], ending) for ending in ends] + [
        (rank, ending) for code, (ending, rank) in SURE.items() if code in codes
    ]
    if "into-room" in codes:
        return Ending.PERSON.value
    return max(ranked, key=lambda one: one[0])[1].value if ranked else Ending.CALLER_GONE.value


def _trail(records: Sequence[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    steps = [record for record in records if record.kind in ("step", "fault") and not record.leg]
    rang = tuple(str(record.body["rings"]) for record in steps if record.body.get("rings"))
    reasons = tuple(reason["sentence"] for record in steps for reason in record.body.get("reasons", ()))
    return rang, reasons
