"""Where can callers come to in one situation, and which move leads where? Explored once, with the engine that answers calls, for
several lines at a time: lines that hand over to one another share their places."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import assert_never

from directory.findings import Finding
from directory.numbers import Number
from ivr.engine import advance, start
from ivr.events import Arrived, CallerGone, Dequeued, Event, Keyed, LegEnd, QueueEnd, Silent, Talked, Unreached, Waiting
from ivr.legs import Belonging
from ivr.moment import Call, Moment, World
from ivr.outcome import BookCallBack, Outcome
from ivr.plan import Plan, Safe
from ivr.position import Position, Stage
from ivr.proof.faults import Step, circle, faults, opening_faults
from ivr.proof.words import seconds_of
from ivr.queue_reasons import DeskSilent, WantsCallBack
from ivr.reasons import Bounded, NotOffered
from ivr.replies import Confer, Enqueue, Listen, Music, Reply, Ring, Say
from ivr.steps.ring import WHISPER_PATIENCE
from ivr.walk import happenings, place_of, ways
from routing.ladder import RING_SECONDS, TWILIO_ADDS

SECONDS_PER_KEY = 0.5
RINGING = RING_SECONDS + TWILIO_ADDS
AT_ONCE = 5
"""Seconds until an engaged or dead number is known for one."""


class Reach(Enum):
    """Whom a step brings the caller to. A booked call-back and a safe message are as good as a person; a queue or room of the desk
    is a person who has their own bound."""

    NOBODY = "nobody"
    PHONE = "a phone that rings"
    DESK = "the desk"
    MESSAGE = "a safe message or a call-back"


@dataclass(frozen=True, slots=True)
class Move:
    """What happened at a place and what came of it. ``onward`` are the places to which the caller's own leg may go, ``aside`` those
    that are heard meanwhile (a whisper, a queue's wait). ``drifts``: it needed no valid choice of the caller. ``seconds`` go by from
    the end of the prompt before it to the end of these words."""

    event: Event
    onward: tuple[int, ...] = ()
    aside: tuple[int, ...] = ()
    drifts: bool = False
    seconds: float = 0.0
    reaches: Reach = Reach.NOBODY
    faults: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Place:
    """A position as it was first reached, the reply that led there, and every move from it."""

    position: Position
    since: Reply | None = None
    moves: list[Move] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Places:
    """Everything that can be reached from the beginning of some lines."""

    every: list[Place]
    starts: dict[str, int]


@dataclass(slots=True)
class Explorer:
    """The places found so far. A place that is found is explored in its turn, breadth first."""

    every: list[Place] = field(default_factory=list)
    index: dict[Position, int] = field(default_factory=dict)

    def place(self, position: Position, since: Reply | None) -> int:
        """The number of a place; a new one is put at the end."""
        key = place_of(position)
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.every)
            self.every.append(Place(position, since))
        return found

    def move(self, place: Place, step: Step, plans: Mapping[str, Plan]) -> Move:
        """A step as a move between places."""
        outcome = step.outcome
        onward, aside = [], []
        for reply in outcome.replies:
            mine, others = ways(reply)
            aside += [self.place(way, reply) for way in others]  # first: a leg's whisper is timed before the leg
            onward += [self.place(way, reply) for way in mine]
        took = self._waited(place.since, step.event) + sum(map(_heard, outcome.replies))
        found = (*(opening_faults(step, plans) if place.since is None else ()), *faults(step, plans))
        return Move(
            step.event, tuple(onward), tuple(aside), _drifts(step, place.since), took, _reaches(outcome, plans), found
        )

    def _waited(self, since: Reply | None, event: Event) -> float:
        """How long it takes until the event, at the longest, from the end of the words before it."""
        match event, since:
            case Silent(), Listen(seconds=seconds):
                return seconds
            case Keyed(keys=keys), Listen(keys=expected, seconds=seconds):
                finished = keys.endswith("#") or len(keys) == expected
                return SECONDS_PER_KEY * len(keys) + (0 if finished else seconds)
            case Unreached(how=LegEnd.NOT_ACCEPTED), Ring(whisper=Position() as whisper):
                return RINGING + self._whispered(whisper)
            case Unreached(how=LegEnd.BUSY | LegEnd.FAILED), _:
                return AT_ONCE
            case Unreached() | Talked(), _:
                return RINGING
            case _:
                return 0.0

    def _whispered(self, whisper: Position) -> float:
        """From the first word to the end of the patience for a key."""
        moves = self.every[self.place(whisper, None)].moves
        return WHISPER_PATIENCE + (moves[0].seconds if moves else 0)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """One situation: the world (with the PINs of the walk), a moment of it, who calls, and which lines somebody at the desk answers."""

    world: World
    at: datetime
    call: Call
    staffed: frozenset[str] = frozenset()


def places(plans: Iterable[Plan], under: Circumstances) -> Places:
    """Every place of these plans, and of those that they hand over to, in one situation."""
    explorer = Explorer()
    starts = {plan.line: explorer.place(start(plan), None) for plan in plans}
    for place in explorer.every:  # it grows meanwhile
        place.moves = [
            _stepped(explorer, place, under, *what) for what in happenings(under.world, place.position, under.at)
        ]
    return Places(explorer.every, starts)


def first_step(plan: Plan, under: Circumstances, caller: Number) -> Step:
    """The first step of somebody else's call in the same circumstances."""
    call = replace(under.call, caller=caller)
    moment = Moment(under.world, plan, call, start(plan), Arrived(), under.at, staffed=under.staffed)
    return Step(moment.position, moment.event, advance(moment))


def _stepped(explorer: Explorer, place: Place, under: Circumstances, event: Event, belongs: Belonging) -> Move:
    world, position = under.world, place.position
    plan = world.plans.by_digest[position.digest]
    moment = Moment(world, plan, under.call, position, event, under.at, staffed=under.staffed, belongs=belongs)
    try:
        step = Step(position, event, advance(moment))
    except RecursionError:
        return Move(event, faults=(circle(plan, position),))
    return explorer.move(place, step, world.plans.by_digest)


def _reaches(outcome: Outcome, plans: Mapping[str, Plan]) -> Reach:
    if outcome.ending or any(isinstance(request, BookCallBack) for request in outcome.requests):
        return Reach.MESSAGE
    if any(isinstance(reply, Enqueue | Confer) for reply in outcome.replies):
        return Reach.DESK
    if outcome.at and isinstance(plans[outcome.at.digest].nodes.get(outcome.at.node), Safe):
        return Reach.MESSAGE
    return Reach.PHONE if any(isinstance(reply, Ring) for reply in outcome.replies) else Reach.NOBODY


def _heard(reply: Reply) -> float:
    match reply:
        case Say(text=text):
            return seconds_of(text)
        case Listen(text=text, music=music):
            return seconds_of(text) + music
        case Music(seconds=seconds):
            return seconds
        case _:
            return 0.0


def _drifts(step: Step, since: Reply | None) -> bool:
    """Whether the call comes on without a valid choice of the caller, and without anybody of the desk."""
    position, outcome = step.position, step.outcome
    match step.event:
        case Unreached(how=LegEnd.NOT_ACCEPTED):
            return isinstance(since, Ring) and since.whisper is not None
        case Silent() | Unreached():
            return True
        case Keyed():
            return _was_wrong(position, outcome)
        case Dequeued(how=how):
            return how is not QueueEnd.FETCHED and not any(isinstance(why, WantsCallBack) for why in outcome.trace)
        case Arrived():
            return position.stage is Stage.ENTER or any(isinstance(why, DeskSilent) for why in outcome.trace)
        case Talked() | CallerGone() | Waiting():
            return False
        case _:
            assert_never(step.event)


def _was_wrong(position: Position, outcome: Outcome) -> bool:
    """Keys that led to nothing: a try is used up, or there were enough of them."""
    used_up = (way.tries > position.tries for way in _listening(outcome) if way.node == position.node)
    return any(used_up) or any(isinstance(why, NotOffered | Bounded) for why in outcome.trace)


def _listening(outcome: Outcome) -> Iterator[Position]:
    return (way for reply in outcome.replies if isinstance(reply, Listen) for way in ways(reply)[0])
