"""Climb a ladder: ring one phone, whisper to whoever answers, and go on to the next rung until somebody is connected."""

from dataclasses import replace

from directory.model import Accept, CallerId
from ivr.events import Keyed, LegEnd, Talked, Unreached
from ivr.moment import Moment
from ivr.outcome import Ending, Onward, Outcome
from ivr.plan import RingTeam
from ivr.position import Stage
from ivr.reasons import Accepted, Asked, Conversed, NotAccepted, NotReached
from ivr.replies import Connect, HangUp, Listen, Reply, Ring, Say
from routing.hours import State
from routing.ladder import RING_SECONDS, Circumstances, Fallbacks, Ladder, Rung, Step, Wanted, ladder
from routing.reasons import Exhausted

WHISPER_PATIENCE = 2
"""Seconds after the words, which name the key first: with them at most 8 (ruling 11)."""

UNREACHED = {
    LegEnd.NO_ANSWER: "No answer.",
    LegEnd.NOT_ACCEPTED: "They could not take the call.",
    LegEnd.BUSY: "Engaged.",
    LegEnd.FAILED: "That number cannot be reached.",
}
"""Short: the caller has just heard whom we rang, and the whole ladder has 150 seconds (ruling 11)."""


def step(node: RingTeam, moment: Moment) -> Outcome | Onward:
    """Climb the ladder of the node's team."""
    team = moment.team(node.team)
    reached = any(duty.in_force(moment.now) for duty in team.duty_numbers)
    says = node.say if reached else node.without_number or node.say
    return climb(moment, Wanted(team), node.named or team.name, says)


def climb(moment: Moment, wanted: Wanted, named: str, says: str) -> Outcome | Onward:
    """Ring the next rung for a wish; ``named`` is what announcement and whisper call it, ``says`` comes before the first."""
    return climbing(moment, named) or _next_rung(moment, wanted, named, says)


def climbing(moment: Moment, named: str) -> Outcome | None:
    """What a rung phone hears, and the end of a conversation; nothing where the next phone is to ring."""
    match moment.position.stage:
        case Stage.WHISPER:
            return _whisper(moment, named)
        case Stage.ACCEPT:
            return _answer(moment)
        case _ if isinstance(moment.event, Talked):
            return Outcome((Say("The call has ended. Goodbye."), HangUp()), (Conversed(),), ending=Ending.PERSON)
        case _:
            return None


def _ladder(moment: Moment, wanted: Wanted, state: State) -> Ladder:
    plan, call = moment.plan, moment.call
    numbers = (call.caller, call.dialled, call.via)
    avoid = frozenset(number.e164 for number in numbers if number)
    fallbacks = Fallbacks(moment.teams(plan.last_resort), moment.team(plan.night_team) if plan.night_team else None)
    now = Circumstances(moment.now, state, avoid, moment.engaged)
    return ladder(moment.world.directory, wanted, fallbacks, now)


def _state(moment: Moment) -> State:
    """A ladder begun by day is climbed to its end where the line has no night team to go to when it closes meanwhile."""
    begun = bool(moment.position.tried) and not moment.plan.night_team
    return State.OPEN if begun else moment.day.state


def _next_rung(moment: Moment, wanted: Wanted, named: str, says: str) -> Outcome | Onward:
    tried = moment.position.tried
    climbed = _ladder(moment, wanted, _state(moment))
    rung, reasons = climbed.after(lambda number: bool(tried) and moment.tag(number) in tried)
    team = "" if wanted.person else named
    missed = _called(_rung_that_rang(moment, wanted, climbed), team)
    noted = (NotReached(missed or "that number", moment.event.how),) if isinstance(moment.event, Unreached) else ()
    words = " ".join(text for text in (_missed(moment) or says, _announced(_called(rung, team), missed)) if text)
    if rung is None:
        there = replace(moment.entering(moment.plan.safe), back=())
        return Onward(there, (words,), (*noted, *reasons, Exhausted()))
    replies: tuple[Reply, ...] = (Say(words), _ring(moment, climbed, rung))
    return Outcome(replies, (*noted, *reasons))


def _ring(moment: Moment, climbed: Ladder, rung: Rung) -> Ring:
    number = rung.number
    then = moment.position.ringing(moment.tag(number.number))
    screened = climbed.accept(rung) is Accept.KEY
    ours = number.caller_id is CallerId.OURS or moment.call.caller is None
    shown = moment.call.dialled if ours else None
    whisper = then.on_the_leg(Stage.WHISPER) if screened else None
    return Ring(number.number, then, whisper, shown, RING_SECONDS)


def _called(rung: Rung | None, team: str) -> str:
    """How a rung is named aloud; a team that was asked for goes by the name of the option, where it has one."""
    if rung is None:
        return ""
    return team if team and rung.step is Step.DUTY else rung.who


def _announced(who: str, missed: str) -> str:
    if not who:
        return ""
    return f"Calling {who}." if who != missed else "Calling their other number."


def _missed(moment: Moment) -> str:
    return UNREACHED[moment.event.how] if isinstance(moment.event, Unreached) else ""


def _rung_that_rang(moment: Moment, wanted: Wanted, climbed: Ladder) -> Rung | None:
    """The rung of the leg that has just ended; if the line opened or closed meanwhile, it stands on the other ladder."""
    if not isinstance(moment.event, Unreached) or not moment.position.tried:
        return None
    last = moment.position.tried[-1]
    other = State.CLOSED if moment.day.is_open else State.OPEN
    return _tagged(moment, climbed, last) or _tagged(moment, _ladder(moment, wanted, other), last)


def _tagged(moment: Moment, climbed: Ladder, tag: str) -> Rung | None:
    return next((rung for rung in climbed.rungs if moment.tag(rung.number.number) == tag), None)


def _whisper(moment: Moment, named: str) -> Outcome:
    """Line and team that were wanted, never the caller: a mailbox records it (ruling 4)."""
    text = f"Press 1 to accept: {named}, {moment.plan.name}."
    listen = Listen(text, moment.position.on_the_leg(Stage.ACCEPT), seconds=WHISPER_PATIENCE)
    return Outcome((listen, HangUp()), (Asked(named),))


def _answer(moment: Moment) -> Outcome:
    accepted = moment.event == Keyed("1")
    return Outcome((Connect() if accepted else HangUp(),), (Accepted() if accepted else NotAccepted(),))
