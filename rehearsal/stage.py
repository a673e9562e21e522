"""In which world is a call rehearsed? The one in force, or one with a draft, with a number for each line and a PIN that is no secret."""

from dataclasses import replace

from directory.model import LineNumbers
from directory.numbers import Number
from directory.snapshot import Change, written
from ivr.grid import handed_over
from ivr.moment import World
from ivr.plan import Plan
from ivr.steps.staff_only import pin_text

SPARE = Number("+442079460100")
"""What a line answers in rehearsals as long as nobody has given it a number."""

PIN = "1234"
"""The staff PIN of every authority that has one, in rehearsals: whoever rehearses learns nothing about the real one."""


def stage(world: World, line: str) -> World:
    """The world as it is rehearsed in: nothing of it is published."""
    changes = (*_numbered(world, line), *_pinned(world))
    directory = world.directory
    return replace(world, directory=directory.changed(directory.version, changes)) if changes else world


def staged_draft(world: World, plan: Plan) -> World:
    """The same with a plan that is not in force yet."""
    return stage(replace(world, plans=world.plans.with_current(plan)), plan.line)


def answered_lines(world: World, line: str) -> frozenset[str]:
    """The lines at which a caller of this one may wait for the desk."""
    plan = world.plans.of_line(line)
    return frozenset(one.line for one in handed_over(world, (plan,))) if plan else frozenset()


def staff_number(world: World, line: str) -> Number | None:
    """The number of a member of staff of the line's authority; none where nobody has one."""
    plan = world.plans.of_line(line)
    ours = (number for authority, number in world.directory.staff if plan and authority == plan.authority)
    return next((Number(number) for number in sorted(ours)), None)


def _numbered(world: World, line: str) -> tuple[Change, ...]:
    known = world.directory.lines.get(line)
    return () if known and known.numbers else (written(LineNumbers(line, (SPARE,))),)


def _pinned(world: World) -> tuple[Change, ...]:
    """A PIN like any other, hashed as they are."""
    known = (one for one in world.directory.authorities.values() if one.staff_pin)
    return tuple(written(replace(one, staff_pin=world.keyed(pin_text(one.slug, PIN)))) for one in known)
