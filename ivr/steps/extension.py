"""Ask for a known worker's extension, say which team it belongs to, and climb that worker's ladder.

Digits are used in the step that receives them and never reach a URL (ruling 18); the worker's opaque id does.
"""

from dataclasses import replace

from directory.model import Team
from directory.numbers import Number, number_from
from ivr.events import Arrived, Keyed, Silent
from ivr.moment import Moment
from ivr.outcome import Onward, Outcome
from ivr.plan import Extension
from ivr.position import Stage
from ivr.reasons import Bounded, Chose, Found, NotFound, Quiet
from ivr.replies import Listen
from ivr.speech import choice
from ivr.steps.helping import helped, wants_it_again
from ivr.steps.ring import climb
from ivr.steps.worker import climb_to
from routing.ladder import Wanted
from routing.reasons import Reason

TRIES = 3
BY_NAME = frozenset(("9", "9#"))
OFFER = f"{choice('the worker by name', '9')} Then press hash."
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
        case Keyed(keys=keys) if keys in BY_NAME and _finds_names(node, moment):
            return Onward(moment.entering(node.by_name), trace=(Chose("a worker by name"),))
        case Keyed(keys=keys):
            return _keyed(node, moment, keys.rstrip("#"))
        case Silent():
            return _again(node, moment, "I did not hear an extension.", Quiet())
        case _:
            return Outcome((_listen(node, moment, ""),))


def _finds_names(node: Extension, moment: Moment) -> bool:
    return bool(node.by_name) and moment.offers(node.by_name)


def _listen(node: Extension, moment: Moment, says: str) -> Listen:
    offer = OFFER if _finds_names(node, moment) else ""
    text = " ".join(text for text in (says, node.say, offer) if text)
    then = moment.waiting(Stage.KEYS) if isinstance(moment.event, Arrived) else moment.again(Stage.KEYS)
    return Listen(text, then, keys=node.digits)


def _again(node: Extension, moment: Moment, says: str, *reasons: Reason) -> Outcome | Onward:
    if moment.position.tries + 1 >= TRIES:
        return Onward(moment.entering(node.otherwise), (says,), (*reasons, Bounded()))
    return Outcome((_listen(node, moment, says),), reasons)


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
    teams = (directory.teams[slug] for slug in directory.duty.get(number.e164, ()))
    return next((team for team in teams if team.authority == moment.plan.authority), None)


def _climbing(moment: Moment, says: str) -> Outcome | Onward:
    subject = moment.position.subject
    if subject.startswith(TEAM):
        team = moment.team(subject.removeprefix(TEAM))
        return _noted(climb(moment, Wanted(team), _named(moment, team), says), team, says)
    person = moment.world.directory.people.get(subject)
    if person is None or not says:
        return climb_to(person, moment, says)
    team = moment.team(person.team)
    return _noted(climb_to(person, moment, f"{says} That is a worker in {team.name}."), team, says)


def _named(moment: Moment, team: Team) -> str:
    """A duty number of several teams does not tell which was wanted: whoever answers hears so (ruling 4)."""
    holders = (moment.world.directory.duty.get(duty.number.e164, ()) for duty in team.duty_numbers)
    shared = any(slug != team.slug for slugs in holders for slug in slugs)
    return f"{team.name} or another team" if shared else team.name


def _noted(climbed: Outcome | Onward, team: Team, says: str) -> Outcome | Onward:
    return replace(climbed, trace=(Found(team.name), *climbed.trace)) if says else climbed
