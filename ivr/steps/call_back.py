"""Book a call-back: read the number back, say by when, and let the caller keep it, change the number, or cancel.

The booking is made in the reply that reads it back, so that a caller who hangs up then is still called (ruling 18).
"""

from dataclasses import replace
from datetime import timedelta

from directory.numbers import Number, number_from
from directory.policy import denial
from ivr.events import Arrived, Keyed
from ivr.moment import Moment
from ivr.outcome import BookCallBack, CancelCallBack, Ending, Onward, Outcome, Request
from ivr.plan import CallBack
from ivr.position import Stage
from ivr.reasons import Booked, Cancelled, Kept, NoCallBackNumber
from ivr.replies import HangUp, Listen, Say
from ivr.speech import choice
from ivr.speech import moment as spoken
from ivr.steps.helping import helped, wants_it_again
from routing.deadlines import call_back_due
from routing.reasons import Reason

TRIES = 3
CHOICES = " ".join((choice("this number", "1"), choice("another number", "2"), choice("no call back", "3")))
ASK = "Please key the number to call you back on, beginning with 0, then press hash."


def step(node: CallBack, moment: Moment) -> Outcome | Onward:
    """Book on the caller's own number where it can be rung, else ask for one; then follow the caller's key."""
    if isinstance(moment.event, Arrived):
        number = moment.call.caller
        return _booked(node, moment, number) if number and _can_ring(number, moment) else _ask(moment, node.say)
    return helped(moment) or (_number if moment.position.stage is Stage.NUMBER else _decision)(node, moment)


def _number(node: CallBack, moment: Moment) -> Outcome:
    match moment.event:
        case event if wants_it_again(event):
            return _ask(moment, "")
        case Keyed(keys=keys):
            return _keyed(node, moment, keys)
        case _:
            return _ask(moment, "I did not hear a number.")


def _decision(node: CallBack, moment: Moment) -> Outcome:
    match moment.event:
        case Keyed(keys="1"):
            return _kept(moment)
        case Keyed(keys="2"):
            return _ask(moment, "")
        case Keyed(keys="3"):
            return _cancelled(node, moment)
        case _ if moment.position.tries == 0:
            return Outcome((Listen(f"Your call back is booked. {CHOICES}", moment.again(Stage.KEYS)),))
        case _:
            return _kept(moment)


def _can_ring(number: Number, moment: Moment) -> bool:
    """Never a number of ours, nor one that the policy refuses (ruling 8)."""
    directory = moment.world.directory
    lines = number.e164 in directory.line_answering or number in (moment.call.dialled, moment.call.via)
    return not lines and denial(number) is None and number.e164 not in directory.duty


def _booked(node: CallBack, moment: Moment, number: Number) -> Outcome:
    due = call_back_due(moment.now, timedelta(hours=node.within_hours), moment.plan.day, moment.world.calendar)
    by = spoken(due.promise, moment.now)
    text = " ".join((node.say, f"We will call you back on {number.spoken}, by {by}.", CHOICES))
    position = moment.position
    booking = BookCallBack(number, node.about, due, node.slug, position.hop)
    requests: tuple[Request, ...] = (*_withdrawn(node, moment), booking)
    then = replace(moment.waiting(Stage.KEYS), mark=position.hop, tries=0)
    return Outcome((Listen(text.strip(), then),), (Booked(due.promise, due.target),), requests)


def _withdrawn(node: CallBack, moment: Moment) -> tuple[Request, ...]:
    mark = moment.position.mark
    return () if mark is None else (CancelCallBack(node.slug, mark),)


def _keyed(node: CallBack, moment: Moment, keys: str) -> Outcome:
    number = number_from(keys.rstrip("#"))
    if isinstance(number, Number) and _can_ring(number, moment):
        return _booked(node, moment, number)
    return _ask(moment, "That is not a number that we can ring.")


def _ask(moment: Moment, says: str) -> Outcome:
    if moment.position.tries >= TRIES:
        return _without_number(moment)
    return Outcome((Listen(f"{says} {ASK}".strip(), moment.again(Stage.NUMBER), keys=None),))


def _without_number(moment: Moment) -> Outcome:
    if moment.position.mark is not None:
        return _kept(moment)
    text = f"We have no number to call you back on. Please ring again. {moment.plan.emergency} Goodbye."
    return Outcome((Say(text), HangUp()), (NoCallBackNumber(),), ending=Ending.SAFE_MESSAGE)


def _kept(moment: Moment) -> Outcome:
    return _farewell(moment, "Your call back is booked.", Kept(), Ending.CALL_BACK)


def _cancelled(node: CallBack, moment: Moment) -> Outcome:
    outcome = _farewell(moment, "There will be no call back.", Cancelled(), Ending.SAFE_MESSAGE)
    return replace(outcome, requests=_withdrawn(node, moment))


def _farewell(moment: Moment, says: str, why: Reason, ending: Ending) -> Outcome:
    return Outcome((Say(f"{says} {moment.plan.emergency} Goodbye."), HangUp()), (why,), ending=ending)
