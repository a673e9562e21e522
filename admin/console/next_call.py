"""What would the next call for a team do, and what would it do after a change?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from admin.ports import now
from admin.route import RouteOut, route_out
from directory.model import DutyNumber, Shift, Team
from ivr.moment import World
from ivr.route import line_of, route
from routing.hours import State
from routing.ladder import Wanted
from routing.reasons import clock_time

MOST_MOMENTS = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """One moment: its words, and the route before and after."""

    when: str
    before: RouteOut
    after: RouteOut

    @property
    def differs(self) -> bool:
        """Whether a caller would notice."""
        return self.before.rings != self.after.rings


def next_call(team: Team, world: World, at: datetime) -> RouteOut | None:
    """Who rings for a team at a moment; nothing where no line of its authority is in force."""
    plan = line_of(world, Wanted(team))
    return route_out(world, route(world, plan, Wanted(team), at), at) if plan else None


def comparisons(before: Team, after: Team, world: World) -> tuple[Comparison, ...]:
    """A call at this moment, when the line opens next, and at each new date, before and after the change."""
    there = with_team(after, world)
    found = ((words, next_call(before, world, at), next_call(after, there, at)) for words, at in
             _moments(before, after, world))  # fmt: skip
    told = [Comparison(words, old, new) for words, old, new in found if old and new]
    return tuple(told[:MOST_MOMENTS])


def with_team(team: Team, world: World) -> World:
    """The world with a team as it would be."""
    return replace(world, directory=replace(world.directory, teams={**world.directory.teams, team.slug: team}))


def _moments(before: Team, after: Team, world: World) -> Iterator[tuple[str, datetime]]:
    yield "A call now", now()
    opening = opens_next(after, world)
    if opening:
        yield f"When the line opens, {clock_time(opening)}", opening
    for at in sorted(_dates(after) ^ _dates(before)):
        if at > now():
            yield f"A call at {clock_time(at)}", at


def opens_next(team: Team, world: World) -> datetime | None:
    """When the team's line opens, where it is closed now."""
    plan = line_of(world, Wanted(team))
    found = route(world, plan, Wanted(team), now()) if plan else None
    return found.until if found and found.open.state is State.CLOSED else None


def _dates(team: Team) -> set[datetime]:
    dated: tuple[DutyNumber | Shift, ...] = (*team.duty_numbers, *team.rota)
    return {at for one in dated for at in (one.since, one.until) if at}
