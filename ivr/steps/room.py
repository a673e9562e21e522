"""What does a caller hear in and between the rooms of the desk? Every document asks the desk again where they belong (ADR 0010)."""

from dataclasses import replace
from typing import assert_never

from ivr.legs import InRoom, LeftAlone, NotOurs, Seat, ToLine, ToNumber, ToPerson, ToRole, ToTeam, WaitFor
from ivr.moment import Moment
from ivr.outcome import Onward, Outcome
from ivr.plan import HandOver
from ivr.position import Stage
from ivr.queue_reasons import DeskSilent, IntoRoom, LeftByAll, SentOn, WaitsForDesk
from ivr.replies import Confer, Go, Music, Say
from ivr.steps import hand_over
from ivr.steps.sent_on import otherwise, sends_on

LABEL = "caller"
HOLDING = "Thank you for holding. You are still connected."
JOINING = "We are connecting you now. Please stay on the line."
ALONE = (
    "The person you were speaking to has left the call. If you have finished, hang up. "
    "To be put through again, stay on the line."
)
MUSIC_SECONDS = 20
"""Of music between two turns of a hold: with the words less than 30 seconds (ruling 23)."""


def belonging(moment: Moment) -> Outcome | Onward:
    """Into the queue's room, or out of one: where the desk has the caller now."""
    belongs = moment.belongs
    match belongs:
        case InRoom() as room:
            return _enters(moment, room)
        case WaitFor(words=words):
            turn = replace(moment.position.on_the_leg(Stage.CONFER), mark=None)
            return Outcome((Say(words), Music(3), Go(turn)), (WaitsForDesk(),))
        case ToTeam() | ToPerson() | ToRole() | ToNumber():
            return sends_on(moment, belongs)
        case ToLine(line=line):
            return _to_line(moment, line)
        case LeftAlone():
            return Outcome((Say(ALONE), Music(4), Go(moment.waiting(Stage.ENTER))), (LeftByAll(),))
        case NotOurs():
            says = "We are putting you through to somebody else."
            return Onward(moment.entering(otherwise(moment)), (says,), (DeskSilent(),))
        case _:
            assert_never(belongs)


def held(moment: Moment) -> Outcome:
    """The hold document: it speaks, plays, and asks for itself again."""
    return Outcome((Say(HOLDING), Music(MUSIC_SECONDS), Go(moment.position)))


def joins(moment: Moment) -> Outcome:
    """What is heard in a room until somebody is there."""
    return Outcome((Say(JOINING), Music(4), Go(moment.position)))


def _enters(moment: Moment, room: InRoom) -> Outcome:
    position = moment.position
    wait = position.on_the_leg(Stage.JOINING)
    then = replace(moment.waiting(Stage.AFTER), mark=room.generation)
    return Outcome((Confer(room.room, LABEL, Seat.CALLER, wait, then),), (IntoRoom(),))


def _to_line(moment: Moment, line: str) -> Onward:
    plan = moment.world.plans.of_line(line)
    name = plan.name if plan else line
    onward = hand_over.step(HandOver("", f"We are putting you through to {name}.", line), moment)
    return replace(onward, trace=(SentOn(name), *onward.trace))
