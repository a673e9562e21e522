"""Which changes must say why? Those of a number that a line rings at night: a wrong one is found by a child, not by us."""

from collections.abc import Iterable

from admin.problems import Faults, invalid
from directory.documents import document
from directory.model import Team
from directory.snapshot import Change, Kind
from ivr.moment import World

CODE = "why-missing"
NIGHT = "a line rings this team's numbers at night; say why they change (“why”, or the header X-Reason)."
REJECTION = "whoever asked should learn it; say why (“why”, or the header X-Reason)."
EXCEPTION = "an exception from the policy needs its reason; say why (“why”, or the header X-Reason)."
RINGING = ("duty_numbers", "rota")


def refuse_unexplained(changes: Iterable[Change], world: World, why: str) -> None:
    """422 where a number of a night team changes and nobody says why."""
    if not why.strip() and any(rings_at_night(change, world) for change in changes):
        refuse_without_why(NIGHT)


def refuse_without_why(words: str) -> None:
    """422 with the one thing that is missing."""
    faults = Faults()
    faults.say("why", CODE, words)
    raise invalid(faults.found)


def rings_at_night(change: Change, world: World) -> bool:
    """Whether a change gives the night team of a line in force other numbers."""
    if change.kind is not Kind.TEAM or change.slug not in night_teams(world):
        return False
    before, after = world.directory.teams.get(change.slug), change.entry
    return _ringing(before) != _ringing(after if isinstance(after, Team) else None)


def night_teams(world: World) -> frozenset[str]:
    """The teams that a line in force rings at night."""
    plans = (world.plans.of_line(line) for line in world.plans.current)
    return frozenset(plan.night_team for plan in plans if plan and plan.night_team)


def _ringing(team: Team | None) -> list[object]:
    body = document(team) if team else {}
    return [body.get(field) for field in RINGING]
