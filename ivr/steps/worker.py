"""How is a worker rung whom the caller asked for? Announced and whispered by team, never by name (ruling 4)."""

from directory.model import Person
from ivr.moment import Moment
from ivr.outcome import Onward, Outcome
from ivr.steps.ring import climb
from routing.ladder import Wanted


def climb_to(person: Person | None, moment: Moment, says: str = "") -> Outcome | Onward:
    """Climb the worker's ladder; somebody who was removed meanwhile leaves the line's last resort."""
    if person is None:
        return climb(moment, Wanted(), "this line", says)
    team = moment.team(person.team)
    return climb(moment, Wanted(team, person), f"a worker in {team.name}", says)
