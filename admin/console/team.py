"""Which teams are there, and what does one look like: who rings next, its numbers in order, its people?"""

from collections.abc import Container
from dataclasses import dataclass

from admin.auth import sees_personal_data
from admin.console.next_call import next_call, opens_next
from admin.console.pages import asked, blueprint, page
from admin.console.timeline import period, timeline
from admin.duty_numbers import duty_number_out
from admin.listing import Search
from admin.ports import desk, now, version
from admin.problems import missing
from admin.shapes import NumberOut
from admin.teams import every_team
from directory.model import Accept, DutyNumber, Person, Team
from directory.snapshot import Kind, Snapshot
from ivr.moment import World
from store import number_tests

HOW = {Accept.KEY: "press 1 to accept", Accept.CONNECT: "connects on answer"}
LIST = 25
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """A duty number as the page shows it; no number where it is hidden."""

    place: int
    number: NumberOut | None
    how: str
    period: str
    note: str
    rings_now: bool
    silent: bool


@blueprint.get("/teams")
def teams() -> str:
    """Teams, found by any word, alias or number."""
    wanted = Search(q=asked("q"), cursor=asked("cursor"), limit=LIST)
    return page("teams", found=every_team(query=wanted), q=wanted.q)


@blueprint.get("/teams/<slug>")
def team(slug: str) -> str:
    """One team."""
    found, at, world = team_at(slug)
    authority = world.directory.authorities.get(found.authority)
    here = people_of(found, world.directory) if sees_personal_data() else []
    tested, silent = _tests_of(slug)
    return page(
        "team",
        team=found,
        authority=authority.name if authority else found.authority,
        numbers=shown(found, world, silent),
        tested=tested,
        next=next_call(found, world, now()),
        opening=_after_opening(found, world),
        timeline=timeline(found, authority, now()),
        people=here,
        seen=f"v{at}",
    )


def _tests_of(slug: str) -> tuple[bool, frozenset[str]]:
    """Whether the team's numbers are tested, and those (E.164) that are flagged then."""
    with desk().database.read() as connection:
        tested = number_tests.choice_of(connection, slug).tests
        return tested, frozenset(number_tests.flagged(connection)) if tested else NONE


def team_at(slug: str) -> tuple[Team, int, World]:
    """A team, its version, and a world at least as new."""
    at, world = version(Kind.TEAM, slug)
    found = world.directory.teams.get(slug)
    if found is None or at is None:
        raise missing(f"team “{slug}”")
    return found, at, world


def _after_opening(team: Team, world: World) -> object:
    at = opens_next(team, world)
    return next_call(team, world, at) if at else None


def people_of(team: Team, directory: Snapshot) -> list[Person]:
    """Who works in a team, by name."""
    return sorted((person for person in directory.people.values() if person.team == team.slug), key=lambda p: p.name)


def shown(team: Team, world: World, silent: Container[str] = NONE) -> list[Shown]:
    """A team's duty numbers, in order; ``silent``: those (E.164) that do not answer their test calls."""
    authority = world.directory.authorities.get(team.authority)

    def row(place: int, duty: DutyNumber) -> Shown:
        out = duty_number_out(duty, authority)
        told = HOW[duty.accept], period(duty), out.note or ""
        return Shown(place, out.number, *told, duty.in_force(now()), duty.number.e164 in silent)

    return [row(place, duty) for place, duty in enumerate(team.duty_numbers)]
