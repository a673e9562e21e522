"""How does the call go that shows a refutation? The telephone plays it, over the world as the proof had it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from directory.model import LineNumbers
from directory.numbers import Number
from directory.snapshot import written
from ivr.events import LegEnd
from ivr.moment import World
from ivr.proof.example import Example
from ivr.proof.scenes import emptied
from ivr.walk import with_known_pins
from rehearsal.staging import Memory, Staffed, rehearsal
from routing.clock import local
from telephone import Busy, Call, Fails, NoAnswer, Outcome, Voicemail, play, told
from telephone.script import MOST_STEPS, TICKS_IN_A_QUEUE

WITHHELD = "anonymous"
UNLISTED = Number("+442079460990")
"""A number of drama for a line that answers none yet."""

MOST_LINES = 40
"""Whoever goes round in a loop says the same for ever."""

ENDS: Mapping[LegEnd, Outcome] = {
    LegEnd.NO_ANSWER: NoAnswer(),
    LegEnd.BUSY: Busy(),
    LegEnd.FAILED: Fails(),
    LegEnd.NOT_ACCEPTED: Voicemail(after=20.0),
}
"""What a phone does so that its leg ends so; a mailbox picks up at the last moment."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An example as the telephone played it, and what the code kept meanwhile."""

    call: Call
    memory: Memory


def shown(world: World, example: Example) -> Shown:
    """Play an example. Nothing real is rung or written."""
    world = _staged(world, example)
    staged = rehearsal(world, example.at, Staffed(example.staffed))
    dialled = world.directory.lines[example.line].numbers[0].e164
    call = staged.phone.dial(dialled, example.caller.e164 if example.caller else WITHHELD)
    phones = {number.e164: ENDS[how] for number, how in example.phones}
    play(call, example.keys, phones, ticks=MOST_STEPS if example.unanswered else TICKS_IN_A_QUEUE)
    return Shown(call, staged.memory)


def told_example(world: World, example: Example) -> str:
    """The call in plain English: when and under which circumstances, then who says and does what."""
    plan = world.plans.by_digest[world.plans.current[example.line]]
    begun = f"{plan.name}, {local(example.at):%A %-d %B %Y, %H:%M}"
    lines = told(shown(world, example).call.transcript).splitlines()
    cut = (
        [*lines[:MOST_LINES], f"  ... and {len(lines) - MOST_LINES} lines more."] if len(lines) > MOST_LINES else lines
    )
    return "\n".join((" ".join((f"{begun}.", *_circumstances(example))), *cut))


def _circumstances(example: Example) -> Iterator[str]:
    if example.emptied:
        yield "Nobody and no number is in the directory."
    if example.staffed:
        yield "Somebody is signed in at the desk" + (", but takes no call." if example.unanswered else ".")
    if example.caller is None:
        yield "The caller withholds their number."


def _staged(world: World, example: Example) -> World:
    """As the proof had it: perhaps emptied, with PINs that are known, and a line that answers a number."""
    world = with_known_pins(emptied(world) if example.emptied else world)
    line = world.directory.lines.get(example.line)
    if line and line.numbers:
        return world
    answering = written(LineNumbers(example.line, (UNLISTED,)))
    return replace(world, directory=world.directory.changed(world.directory.version, [answering]))
