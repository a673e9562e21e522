"""Which keys lead a caller to whom, at a moment? Found on the plan itself, without the code that answers calls."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from ivr.moment import World
from ivr.plan import Deadline, Extension, HandOver, Menu, Message, Plan, Queue, RingTeam, StaffOnly, Switch
from ivr.route import default_of, silent_of
from routing.hours import verdict
from routing.ladder import Wanted

SILENT, HELP = "presses nothing", "presses 0"


@dataclass(frozen=True, slots=True)
class Way:
    """Keys, and what a call that presses them asks for."""

    keys: tuple[str, ...]
    plan: Plan
    wanted: Wanted
    how: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A node of a plan, and the keys that led there."""

    keys: tuple[str, ...]
    plan: Plan
    slug: str


def ways(world: World, plan: Plan, at: datetime) -> list[Way]:
    """Every way to a team, to a worker by extension, and to whatever is meant by 0 and by nothing."""
    found = [Way((), *silent_of(world, plan, at), SILENT), *_offered(world, plan, at)]
    first = _first(world, plan, at)
    if first and isinstance(first[1], Menu):
        found.append(Way(("0",), *default_of(world, first[0], at), HELP))
    return found


def _first(world: World, plan: Plan, at: datetime) -> tuple[Plan, object] | None:
    """The first node at which a caller is asked for keys or a phone rings, and whose line it is of."""
    slug = plan.start
    for _ in range(20):
        node = plan.nodes[slug]
        if isinstance(node, Switch):
            slug = _switched(world, plan, node, at)
        elif isinstance(node, Message | Deadline):
            slug = node.go
        elif isinstance(node, HandOver) and (other := world.plans.of_line(node.line)):
            plan, slug = other, other.start
        else:
            return plan, node
    return None


def _switched(world: World, plan: Plan, node: Switch, at: datetime) -> str:
    return node.open if verdict(plan.hours[node.hours], at, world.calendar).is_open else node.closed


def _offered(world: World, plan: Plan, at: datetime) -> Iterator[Way]:
    """Everybody whom keys lead to, by a shortest way; menus lead round, and each node is passed once."""
    ahead, passed = deque([Place((), plan, plan.start)]), {(plan.line, plan.start)}
    while ahead:
        here = ahead.popleft()
        node = here.plan.nodes[here.slug]
        if isinstance(node, RingTeam):
            yield Way(here.keys, here.plan, Wanted(world.directory.teams.get(node.team)))
        if isinstance(node, Extension):
            yield from _workers(world, here.plan, here.keys)
        fresh = [one for one in _onward(world, here, at) if (one.plan.line, one.slug) not in passed]
        passed |= {(one.plan.line, one.slug) for one in fresh}
        ahead += fresh


def _onward(world: World, here: Place, at: datetime) -> Iterator[Place]:
    match here.plan.nodes[here.slug]:
        case Menu(options=options):
            yield from (replace(here, keys=(*here.keys, option.key), slug=option.go) for option in options)
        case Switch() as node:
            yield replace(here, slug=_switched(world, here.plan, node, at))
        case Message(go=go) | Deadline(go=go) | Queue(otherwise=go):
            yield replace(here, slug=go)
        case StaffOnly(otherwise=otherwise):
            yield replace(here, keys=(*here.keys, "", "", ""), slug=otherwise)
        case HandOver(line=line) if other := world.plans.of_line(line):
            yield Place(here.keys, other, other.start)
        case _:
            return


def _workers(world: World, plan: Plan, keys: tuple[str, ...]) -> Iterator[Way]:
    here = world.directory
    for (authority, extension), slug in here.keyed.items():
        if authority == plan.authority:
            person = here.people[slug]
            yield Way((*keys, extension), plan, Wanted(here.teams.get(person.team), person))
