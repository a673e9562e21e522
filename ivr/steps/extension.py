"""Ask for a known worker's extension, say which team it belongs to, and climb that worker's ladder.

Digits are used in the step that receives them and never reach a URL (ruling 18); the worker's opaque id does.
"""

from dataclasses import replace

from directory.model import Person, Team
from directory.numbers import Number, number_from
from ivr.events import Arrived, Keyed, Silent
from ivr.moment import Moment
from ivr.outcome import Onward, Outcome
from ivr.plan import Extension
from ivr.position import Stage
from ivr.reasons import Bounded, Found, NotFound, Quiet
from ivr.replies import Listen
from ivr.steps.helping import helped, wants_it_again
from ivr.steps.ring import climb
from routing.ladder import Wanted
from routing.reasons import Reason

TRIES = 3
TEAM = "~"
"""Before the slug of a subject that is a team: a caller may key a duty number's own extension."""


def step(node: Extension, moment: Moment) -> Outcome | Onward:
    """Listen for an extension, or go on with the ladder of the worker whose extension it was."""
    if moment.position.subject:
        return _climbing(moment, "")
    return helped(moment) or _asked(node, moment)


def _asked(node: Extension, moment: Moment) -> Outcome | Onward:
    match moment.event:
        case event if wants_it_again(event):
            return _again(node, moment, "")
        case Keyed(keys=keys):
            return _keyed(node, moment, keys.rstrip("#"))
        case Silent():
            return _again(node, moment, "I did not hear an extension.", Quiet())
        case _:
            return Outcome((_listen(node, moment, node.say),))


def _listen(node: Extension, moment: Moment, text: str) -> Listen:
    then = moment.waiting(Stage.KEYS) if isinstance(moment.event, Arrived) else moment.again(Stage.KEYS)
    return Listen(text, then, keys=node.digits)


def _again(node: Extension, moment: Moment, says: str, *reasons: Reason) -> Outcome | Onward:
    if moment.position.tries + 1 >= TRIES:
        return Onward(moment.entering(node.otherwise), (says,), (*reasons, Bounded()))
    return Outcome((_listen(node, moment, f"{says} {node.say}".strip()),), reasons)


def _keyed(node: Extension, moment: Moment, keys: str) -> Outcome | Onward:
    person = moment.world.directory.person_keyed(moment.plan.authority, keys)
    team = None if person else _team_keyed(moment, keys)
    subject = person.slug if person else TEAM + team.slug if team else ""
    if not subject:
        return _again(node, moment, "That extension is not in the directory.", NotFound())
    found = replace(moment, position=replace(moment.position, subject=subject))
    return _climbing(found, f"Extension {' '.join(keys)}.")


def _team_keyed(moment: Moment, keys: str) -> Team | None:
    directory = moment.world.directory
    authority = directory.authorities.get(moment.plan.authority)
    number = number_from(keys, authority.extensions) if authority and authority.extensions else None
    if not isinstance(number, Number):
        return None
    teams = (team for team in directory.teams.values() if team.authority == moment.plan.authority)
    return next((team for team in teams if number in (duty.number for duty in team.duty_numbers)), None)


def _climbing(moment: Moment, says: str) -> Outcome | Onward:
    subject = moment.position.subject
    if subject.startswith(TEAM):
        team = moment.team(subject.removeprefix(TEAM))
        return _noted(climb(moment, Wanted(team), _named(moment, team), says), team, says)
    person = moment.world.directory.people.get(subject)
    return _worker(moment, person, says) if person else climb(moment, Wanted(), "this line", says)


def _named(moment: Moment, team: Team) -> str:
    """A duty number of several teams does not tell which was wanted: whoever answers hears so (ruling 4)."""
    numbers = {duty.number for duty in team.duty_numbers}
    others = (other for other in moment.world.directory.teams.values() if other.slug != team.slug)
    shared = any(duty.number in numbers for other in others for duty in other.duty_numbers)
    return f"{team.name} or another team" if shared else team.name


def _worker(moment: Moment, person: Person, says: str) -> Outcome | Onward:
    team = moment.team(person.team)
    says = says and f"{says} That is a worker in {team.name}."
    return _noted(climb(moment, Wanted(team, person), f"a worker in {team.name}", says), team, says)


def _noted(climbed: Outcome | Onward, team: Team, says: str) -> Outcome | Onward:
    return replace(climbed, trace=(Found(team.name), *climbed.trace)) if says else climbed
