"""How does a call go when everybody follows a script?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import assert_never

from telephone.call import Call
from telephone.numbers import e164
from telephone.outcomes import Answers, Outcome
from telephone.states import Ended, Listening, Queued, Ringing, Talking, Whispering

MOST_STEPS = 200
"""A call that needs people more often than this goes round in circles."""

TALK_SECONDS = 60.0

TICKS_IN_A_QUEUE = 2
"""How often a scripted caller hears a queue's wait document before somebody answers."""

ANSWERS_AND_ACCEPTS = Answers(presses="1")


@dataclass(slots=True)
class _Script:
    keys: list[str]
    phones: dict[str, Outcome]
    default: Outcome
    ticks: int = TICKS_IN_A_QUEUE


def play(
    call: Call,
    keys: Iterable[str] = (),
    callees: Mapping[str, Outcome] | None = None,
    default: Outcome = ANSWERS_AND_ACCEPTS,
    ticks: int = TICKS_IN_A_QUEUE,
) -> Call:
    """Run a call to its end: `keys` at the Gathers in their order, then silence; telephones by number, else `default`.
    Keys that are empty are silence at one Gather.

    Numbers may be spelt in any British way. People who are connected talk for a minute, then the person called hangs
    up; a caller in a queue is answered there, after `ticks` turns of its wait document; while it takes many turns the
    keys are kept for later prompts. A caller who is still needed after 200 steps hangs up.
    """
    phones = {e164(number): outcome for number, outcome in (callees or {}).items()}
    script = _Script(list(keys), phones, default, ticks)
    for _ in range(MOST_STEPS):
        if isinstance(call.state, Ended):
            return call
        _next(call, script)
    return call if isinstance(call.state, Ended) else call.hangs_up()


def _next(call: Call, script: _Script) -> None:
    match call.state:
        case Listening():
            _key(call, script)
        case Ringing(numbers):
            call.rings(numbers[0]).phone_does(script.phones.get(numbers[0], script.default))
        case Whispering():
            call.callee_waits()
        case Talking():
            _talk(call)
        case Queued(position=position):
            _wait(call, script, position)
        case Ended():
            return
        case _:
            assert_never(call.state)


def _wait(call: Call, script: _Script, position: int) -> None:
    if script.ticks > 0:
        script.ticks -= 1
        call.is_queued(position)
    else:
        call.is_answered_from_queue()


def _talk(call: Call) -> None:
    call.talks(TALK_SECONDS)
    if isinstance(call.state, Talking):
        call.callee_hangs_up()


def _key(call: Call, script: _Script) -> None:
    waits_it_out = call.is_in_queue and script.ticks > TICKS_IN_A_QUEUE
    pressed = script.keys.pop(0) if script.keys and not waits_it_out else ""
    if pressed:
        call.presses(pressed)
    else:
        call.waits()
