"""Under which circumstances is a line looked at? Every situation of the next 400 days, each with nobody and with somebody at the desk,
and with an emptied directory."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from directory.model import Authority, LineNumbers, Team
from directory.numbers import Number
from directory.snapshot import Snapshot, written
from ivr.grid import handed_over
from ivr.moment import Call, World
from ivr.plan import Plan, Queue
from ivr.proof.alike import Look, looks
from ivr.proof.places import Circumstances
from ivr.walk import with_known_pins

AHEAD = timedelta(days=400)
A_CALLER = Number("+442079460999")
"""A number of drama."""

SID = "CA"


@dataclass(frozen=True, slots=True)
class Scene:
    """One situation under one stress."""

    under: Circumstances
    look: Look
    emptied: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is the situation without any stress: nobody at the desk, the directory as it is."""
        return not (self.emptied or self.under.staffed or self.under.call.caller)


def scenes(world: World, plans: tuple[Plan, ...], now: datetime) -> Iterator[Scene]:
    """Every situation under every stress."""
    known, empty = with_known_pins(world), with_known_pins(emptied(world))
    reached = handed_over(world, plans)
    lines = frozenset(plan.line for plan in reached)
    queues = any(isinstance(node, Queue) for plan in reached for node in plan.nodes.values())
    ours = next((number for plan in plans for number in _numbers(world, plan)), None)
    for look in looks(world, plans, now, now + AHEAD):
        at = look.at
        yield Scene(Circumstances(known, at, Call(SID, None, ours)), look)
        if queues:
            yield Scene(Circumstances(known, at, Call(SID, None, ours), lines), look)
        yield Scene(Circumstances(empty, at, Call(SID, A_CALLER, ours)), look, emptied=True)


def emptied(world: World) -> World:
    """The world with nobody and no number in its directory, but for those that the lines answer."""
    directory = world.directory
    kept: list[Authority | LineNumbers | Team] = [*directory.authorities.values(), *directory.lines.values()]
    kept += [replace(team, duty_numbers=(), rota=()) for team in directory.teams.values()]
    empty = Snapshot(epoch=directory.epoch).changed(directory.version, map(written, kept))
    return replace(world, directory=empty)


def _numbers(world: World, plan: Plan) -> tuple[Number, ...]:
    line = world.directory.lines.get(plan.line)
    return line.numbers if line else ()
