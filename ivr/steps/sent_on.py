"""Where does a caller go whom the desk has sent on? To the ladder of a team, a worker or a named role, or to one number.

What is on the way stands in the position as its subject, by slug; a number never does: it is rung once, in the step that learns it.
"""

from dataclasses import replace
from typing import assert_never

from directory.model import Accept, DutyNumber
from ivr.events import Talked, Unreached
from ivr.legs import SentTo, ToNumber, ToPerson, ToRole, ToTeam
from ivr.moment import Moment
from ivr.outcome import Onward, Outcome
from ivr.plan import Queue
from ivr.position import Position, Stage
from ivr.queue_reasons import SentOn
from ivr.reasons import NotReached
from ivr.replies import Ring, Say
from ivr.steps.ring import UNREACHED, climb
from ivr.steps.worker import climb_to
from routing.hours import State
from routing.ladder import RING_SECONDS, Circumstances, Rung, Step, Wanted, told_apart
from routing.roles import candidates

TEAM, ROLE = "~", "~~"
"""Before the slug of a team, and of a named role; a worker's id stands alone."""

NUMBER = "-"
"""A subject that is nobody's slug: a number of the directory rings."""

PASSED_ON = "a caller who is passed on to you"
THROUGH = "We are putting you through now."


def goes_on(node: Queue, moment: Moment) -> Outcome | Onward:
    """The next phone of whomever the desk chose."""
    subject = moment.position.subject
    if subject == NUMBER:
        return _rung(node, moment)
    if subject.startswith(ROLE):
        return _role(moment, subject.removeprefix(ROLE))
    if subject.startswith(TEAM):
        team = moment.team(subject.removeprefix(TEAM))
        return climb(moment, Wanted(team), team.name, "")
    return climb_to(moment.world.directory.people.get(subject), moment)


def sends_on(moment: Moment, to: SentTo) -> Outcome | Onward:
    """Out of the room, on to the desk's choice in the same node; one whose plan has changed meanwhile goes on at its default."""
    if not isinstance(moment.plan.nodes.get(moment.position.node), Queue):
        return Onward(moment.entering(otherwise(moment)), trace=(SentOn("somebody else"),))
    match to:
        case ToTeam(team=slug):
            return _onward(moment, to, TEAM + slug, moment.team(slug).name)
        case ToPerson(person=slug):
            return _onward(moment, to, slug, _worker(moment, slug))
        case ToRole(role=slug):
            role = moment.world.directory.roles.get(slug)
            return _onward(moment, to, ROLE + slug, role.name if role else slug.replace("-", " "))
        case ToNumber():
            return _rings(moment, to)
        case _:
            assert_never(to)


def otherwise(moment: Moment) -> str:
    """The node in which a caller goes on whom nobody at the desk has."""
    node = moment.plan.nodes.get(moment.position.node)
    return node.otherwise if isinstance(node, Queue) else moment.plan.otherwise


def _onward(moment: Moment, to: SentTo, subject: str, name: str) -> Onward:
    return Onward(_there(moment, to, subject), (f"We are putting you through to {name}.",), (SentOn(name),))


def _there(moment: Moment, to: SentTo, subject: str) -> Position:
    tried = tuple(moment.tag(number) for number in to.tried)
    return replace(moment.entering(moment.position.node), subject=subject, tried=tried)


def _worker(moment: Moment, slug: str) -> str:
    """By team, never by name (ruling 4)."""
    person = moment.world.directory.people.get(slug)
    return f"a worker in {moment.team(person.team).name}" if person else "somebody else"


def _role(moment: Moment, slug: str) -> Outcome | Onward:
    directory = moment.world.directory
    role = directory.roles.get(slug)
    ahead = tuple(candidates(directory, role, moment.now)) if role else ()
    return climb(moment, Wanted(ahead=ahead), role.name if role else "this line", "")


def _rings(moment: Moment, to: ToNumber) -> Outcome | Onward:
    caller, directory = moment.call.caller, moment.world.directory
    now = Circumstances(moment.now, State.OPEN, frozenset((caller.e164,) if caller else ()))
    wanted = Rung(Step.DUTY, "the number that was chosen", DutyNumber(to.number, to.accept), moment.plan.authority)
    rungs, rejected = told_apart((wanted,), directory, now)
    sent = SentOn("a number of the directory")
    if not rungs:
        return Onward(moment.entering(otherwise(moment)), (THROUGH,), (sent, *rejected))
    then = _there(moment, to, NUMBER).ringing(moment.tag(to.number))
    whisper = then.on_the_leg(Stage.WHISPER) if to.accept is Accept.KEY else None
    shown = None if caller else moment.call.dialled
    return Outcome((Say(THROUGH), Ring(to.number, then, whisper, shown, RING_SECONDS)), (sent,))


def _rung(node: Queue, moment: Moment) -> Outcome | Onward:
    if moment.position.stage in (Stage.WHISPER, Stage.ACCEPT) or isinstance(moment.event, Talked):
        return climb(moment, Wanted(), PASSED_ON, "")
    if not isinstance(moment.event, Unreached):
        return Onward(moment.entering(node.otherwise))
    missed = NotReached("the number that was chosen", moment.event.how)
    return Onward(moment.entering(node.otherwise), (UNREACHED[moment.event.how],), (missed,))
