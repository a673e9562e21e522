"""Ring the number that stands in for a line for the time being, before anything else; unanswered, the call goes on as planned."""

from dataclasses import replace

from directory.model import Accept, default_accept
from ivr.events import Unreached
from ivr.moment import Moment
from ivr.outcome import Onward, Outcome
from ivr.override import WHO, Override, standing_in
from ivr.position import Stage
from ivr.reasons import NotReached, StandsIn
from ivr.replies import Ring, Say
from ivr.steps.ring import UNREACHED, climbing
from routing.ladder import RING_SECONDS, Circumstances

SUBJECT = "--"
"""A subject that is nobody's slug: the number that stands in rings."""


def number_for(moment: Moment) -> Override | None:
    """The override in force for the line of a call that begins, if its number may be rung for this caller."""
    override, call = moment.world.overrides.get(moment.plan.line), moment.call
    if override is None:
        return None
    avoid = frozenset(number.e164 for number in (call.caller, call.dialled, call.via) if number)
    now = Circumstances(moment.now, moment.day.state, avoid)
    return standing_in(override, moment.world.directory, moment.plan.authority, now)


def rings_first(moment: Moment) -> Moment:
    """The beginning of a call, led to the number that stands in."""
    return replace(moment, position=replace(moment.position, subject=SUBJECT))


def step(moment: Moment) -> Outcome | Onward:
    """Ring it; whisper to whoever answers; go on to the line's beginning when nobody does."""
    if moment.position.stage is Stage.ENTER:
        return _ring(moment)
    known = climbing(moment, "this line")
    return known or _missed(moment)


def _ring(moment: Moment) -> Outcome | Onward:
    override = number_for(moment)
    if override is None:
        return Onward(moment.entering(moment.plan.start))
    then = moment.position.ringing(moment.tag(override.number))
    screened = default_accept(override.number) is Accept.KEY
    whisper = then.on_the_leg(Stage.WHISPER) if screened else None
    shown = moment.call.dialled if moment.call.caller is None else None
    ring = Ring(override.number, then, whisper, shown, RING_SECONDS)
    return Outcome((Say(f"Calling {WHO}."), ring), (StandsIn(override.until),))


def _missed(moment: Moment) -> Onward:
    there = moment.entering(moment.plan.start)
    if not isinstance(moment.event, Unreached):
        return Onward(there)
    return Onward(there, (UNREACHED[moment.event.how],), (NotReached(WHO, moment.event.how),))
