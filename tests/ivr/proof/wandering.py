"""Is a call safe that somebody makes at random? The telephone goes through it: any keys, any phones, any moment."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from ivr.moment import World
from rehearsal.examples import UNLISTED
from rehearsal.staging import Staffed, rehearsal
from telephone import (
    Answers,
    Busy,
    Call,
    Ended,
    Fails,
    HangsUpInWhisper,
    Line,
    Listening,
    NoAnswer,
    Queued,
    Ringing,
    StoryError,
    Talking,
    Voicemail,
    Whispering,
)
from telephone.speech import seconds_of
from tests.ivr.proof.bad_plans import NOW

MOST_STEPS = 200
LONGEST_SILENCE = 30.5
"""Seconds; half of one for rounding."""

WORDS_WITH_999 = 25
KEYS = (
    "",
    "",
    "",
    "1",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "9",
    "0",
    "*",
    "#",
    "2301",
    "227#",
    "9#",
    "02079460998#",
    "999#",
    "2468#",
)
PHONES = (
    NoAnswer(),
    NoAnswer(),
    Busy(),
    Fails(),
    Voicemail(after=19.0),
    HangsUpInWhisper(),
    Answers(presses="2"),
    Answers(presses="1"),
)
PATIENT = 0.02
"""Of all prompts at which the caller hangs up."""


def wrong(world: World, line: str, dice: Random) -> str:
    """What was wrong with one random call; nothing where it was safe."""
    staffed = frozenset(world.plans.current) if dice.random() < 1 / 3 else frozenset[str]()
    staged = rehearsal(world, _moment(dice), Staffed(staffed))
    numbers = world.directory.lines[line].numbers or (UNLISTED,)
    call = staged.phone.dial(numbers[0].e164, dice.choice(("anonymous", "+442079460999")))
    try:
        wander(call, dice)
    except StoryError as error:
        return str(error)
    return next(complaints(call, staged.memory.faults), "")


def _moment(dice: Random) -> datetime:
    """Any minute of the 400 days, every other time near an hour."""
    minutes = dice.randrange(400 * 24 * 60)
    return NOW + timedelta(
        minutes=minutes - minutes % 60 + dice.choice((-1, 0, 1)) if dice.random() < 1 / 2 else minutes
    )


def wander(call: Call, dice: Random) -> None:
    """Until the end, or until it was long enough."""
    for _ in range(MOST_STEPS):
        if isinstance(call.state, Ended):
            return
        _does_something(call, dice)


def _does_something(call: Call, dice: Random) -> None:
    match call.state:
        case Listening() if dice.random() < PATIENT:
            call.hangs_up()
        case Listening():
            keys = dice.choice(KEYS)
            call.presses(keys) if keys else call.waits()
        case Ringing():
            call.phone_does(dice.choice(PHONES))
        case Whispering():
            call.callee_waits()
        case Talking():
            call.talks(60)
            call.callee_hangs_up()
        case Queued():
            call.is_answered_from_queue() if dice.random() < 1 / 20 else call.is_queued(dice.choice((1, 2, 40)))


def complaints(call: Call, faults: Sequence[str] = ()) -> Iterator[str]:
    """What was wrong with a call that is over; ``faults`` are those that its application told of."""
    if not isinstance(call.state, Ended):
        yield f"it goes on after {MOST_STEPS} steps"
    elif call.state.how == "application error" or faults:
        yield f"the application failed: {faults}"
    yield from (f"Twilio warns: {warned.code} {warned.text}" for warned in call.warnings)
    heard = [line for line in call.transcript if line.who == "line"]
    if not heard:
        yield "nothing was said"
        return
    if "9-9-9" not in heard[0].text.replace("9 9 9", "9-9-9").split()[:WORDS_WITH_999] and "9-9-9." not in _first(
        heard[0]
    ):
        yield f"999 comes late: {heard[0].text}"
    if not ending(call):
        yield f"it ends badly: {heard[-1].text}"
    turns = [line for line in call.transcript if line.who in ("line", "caller")]
    if any(one.who == two.who == "caller" and two.text.startswith("presses") for one, two in pairwise(turns)):
        yield "the caller's turn comes without a word"
    yield from _silences(call.transcript)


def _first(line: Line) -> list[str]:
    return line.text.replace("9 9 9", "9-9-9").split()[:WORDS_WITH_999]


def ending(call: Call) -> str:
    """How a call was safe: H met a person, Q was answered from the queue, A hung up, M heard the whole safe message; else nothing."""
    did = {line.text for line in call.transcript if line.who in ("phone", "caller")}
    heard = [line for line in call.transcript if line.who == "line"]
    met = {
        "H": "connected" in did,
        "Q": any("is answered" in text and "queue" in text for text in did),
        "A": "hangs up" in did,
        "M": bool(heard) and "9 9 9" in heard[-1].text,
    }
    return next((letter for letter, is_so in met.items() if is_so), "")


def _silences(lines: tuple[Line, ...]) -> Iterator[str]:
    """Where a caller hears nothing for long: neither words nor ringing, and nobody to talk to."""
    over, hears = 0.0, False
    for before, line in pairwise(lines):
        spoken = seconds_of(before.text) if before.who in ("line", "whisper", "twilio") else 0.0
        over = max(over, before.at + spoken)
        hears = _rings_or_talks(before, hears)
        if not hears and line.at - over > LONGEST_SILENCE:
            yield f"silence of {line.at - over:.0f} seconds after “{before.text}”"


def _rings_or_talks(line: Line, before: bool) -> bool:
    """Whether a phone rings for the caller or somebody talks to them, from this line on."""
    if line.who == "phone":
        return line.text.endswith("rings") or line.text == "connected" or line.text.startswith("the queue")
    return before and line.who in ("whisper", "callee")
