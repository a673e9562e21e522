"""Whom can callers of a line choose at a moment, and who rings for a choice? Each team that a key leads to, as the hours stand."""

from collections.abc import Iterator
from datetime import datetime

from ivr.moment import World
from ivr.plan import Menu, Node, Plan, RingTeam, Switch
from ivr.route import asked_at, climbed, silent_ladder
from routing.hours import verdict
from routing.ladder import Ladder, Wanted

WAYS = ("go", "otherwise", "by_name", "call_back")


def named(world: World, plan: Plan, team: str) -> str:
    """How a line calls a team, up to the first comma."""
    names = (
        node.named.partition(",")[0] for node in plan.nodes.values() if isinstance(node, RingTeam) and node.team == team
    )
    known = world.directory.teams.get(team)
    return next((name for name in names if name), known.name if known else team.replace("-", " "))


def ever(plan: Plan) -> tuple[str, ...]:
    """Every team that some key of a line may lead to, in the plan's order."""
    return tuple(dict.fromkeys(node.team for node in plan.nodes.values() if isinstance(node, RingTeam)))


def choosable(world: World, plan: Plan, at: datetime) -> frozenset[str]:
    """The teams that keys lead to at this moment."""
    found, ahead = {plan.start, plan.otherwise}, [plan.start, plan.otherwise]
    while ahead:
        fresh = [slug for slug in _ways(world, plan, plan.nodes[ahead.pop()], at) if slug not in found]
        found.update(fresh)
        ahead += fresh
    return frozenset(node.team for node in map(plan.nodes.__getitem__, found) if isinstance(node, RingTeam))


def _ways(world: World, plan: Plan, node: Node, at: datetime) -> Iterator[str]:
    if isinstance(node, Switch):
        yield node.open if verdict(plan.hours[node.hours], at, world.calendar).is_open else node.closed
    if isinstance(node, Menu):
        yield from (option.go for option in node.options)
    yield from (way for way in (getattr(node, field, "") for field in WAYS) if way)


def answers(world: World, plan: Plan, at: datetime) -> dict[str, Ladder]:
    """Who rings for whoever wants each team: its ladder, or what callers get instead where no key leads to it now; and, without a
    team's slug, for whoever chooses nothing."""
    offered = choosable(world, plan, at)
    found = {"": silent_ladder(world, plan, at)}
    for team in ever(plan):
        wanted = Wanted(world.directory.teams.get(team))
        reached, wish = (plan, wanted) if team in offered else asked_at(world, plan, plan.start, at)
        found[team] = climbed(world, reached, wish, at, dialled=plan)
    return found
