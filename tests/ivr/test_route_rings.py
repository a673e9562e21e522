"""Does ``route`` say what the telephone then sees ringing, for any line, wish and moment? A few now; DUTYLINE_ROUTES=1000 for all."""

import os
from datetime import datetime, timedelta
from random import Random

import pytest

from ivr.grid import grid
from ivr.moment import World
from ivr.plan import Plan
from ivr.route import route
from rehearsal.staging import CALLER, rehearsal
from telephone import NoAnswer, play
from tests.ivr.enriched import AHEAD, BEGINS, enriched
from tests.ivr.reaching import HELP, SILENT, Way, ways

MANY = int(os.environ.get("DUTYLINE_ROUTES", "60"))
WORLDS = 10
LONGEST_CALL = timedelta(minutes=15)
"""A call during which something changes climbs two ladders; its moment is drawn again."""


def moment(world: World, plan: Plan, dice: Random) -> datetime:
    """Any minute of 400 days, or the very one at which something changes; nothing changes while the call lasts."""
    while True:
        at = BEGINS + timedelta(minutes=dice.randrange(int(AHEAD / timedelta(minutes=1))))
        depends = grid(world, [plan])
        if dice.random() < 0.5:
            at = dice.choice(depends.moments(at, at + timedelta(days=30)))
        if depends.moments(at, at + LONGEST_CALL) == (at,):
            return at


def numbers_rung(world: World, plan: Plan, way: Way, at: datetime) -> list[str]:
    """The phones that ring one after the other when nobody answers any."""
    staged = rehearsal(world, at)
    dialled = world.directory.lines[plan.line].numbers[0].e164
    call = play(staged.phone.dial(dialled, CALLER), way.keys, default=NoAnswer())
    assert staged.memory.faults == []
    rung = [line.text.removesuffix(" rings") for line in call.transcript if line.text.endswith(" rings")]
    assert timedelta(seconds=call.elapsed) < LONGEST_CALL
    return rung


def numbers_told(world: World, plan: Plan, way: Way, at: datetime) -> list[str]:
    avoid = frozenset((CALLER, world.directory.lines[plan.line].numbers[0].e164))
    found = route(world, way.plan, way.wanted, at, avoid, dialled=plan)
    return [rung.number.number.national for rung in found.ladder.rungs]


@pytest.mark.parametrize("seed", range(WORLDS))
def test_what_route_says_is_what_rings(world: World, seed: int) -> None:
    dice = Random(seed)
    busy, met = enriched(world, dice), set[str]()
    lines = sorted(line for line in busy.plans.current if busy.directory.lines[line].numbers)
    for _ in range(MANY // WORLDS):
        plan = busy.plans.of_line(dice.choice(lines))
        assert plan is not None
        at = moment(busy, plan, dice)
        way = dice.choice(ways(busy, plan, at))
        rung, told = numbers_rung(busy, plan, way, at), numbers_told(busy, plan, way, at)
        assert rung == told, f"{plan.line}, {at.isoformat()}, {way.how or way.keys}, seed {seed}"
        met.add(way.how or "asks for somebody")
    assert met, "nothing was asked"
    assert MANY < 600 or met == {SILENT, HELP, "asks for somebody"}
