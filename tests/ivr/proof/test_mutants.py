"""Is there a spoilt plan that the proof accepts and a random walk of the telephone finds unsafe? Each mutant is its seed.

``make prove`` spoils many more than the suite (DUTYLINE_MUTANTS; DUTYLINE_FIRST_MUTANT begins elsewhere). It rings first and
proves only what the walk complains of, which answers the same question in a third of the time; the suite proves all.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from random import Random

import pytest

from ivr.moment import World
from ivr.plan import Plan
from ivr.proof.prove import prove
from ivr.reading import plan_from
from tests.ivr.proof.bad_plans import NOW, REFUTED, Refuted
from tests.ivr.proof.mutating import SMALL, spoilt
from tests.ivr.proof.wandering import wrong

FEW = 60
MUTANTS = int(os.environ.get("DUTYLINE_MUTANTS", FEW))
FIRST = int(os.environ.get("DUTYLINE_FIRST_MUTANT", "0"))
GROUPS = max(2, MUTANTS // 250)
FOLDERS = SMALL[:1] if MUTANTS == FEW else None
CALLS = 4 if MUTANTS == FEW else 12
AUDIBLE = (
    "message circle",
    "no 999 in the opening",
    "safe message without 999",
    "silent dead end",
    "queue without way out",
)
BAD = [bad for bad in REFUTED if bad.kind in AUDIBLE]
"""Plans that are unsafe for many callers, so that a walk must find them."""


@dataclass(slots=True)
class Fate:
    """What became of some mutants."""

    unreadable: int = 0
    refuted: int = 0
    safe: int = 0
    accepted: int = 0
    unsafe: dict[int, str] = field(default_factory=dict)


def read(seed: int, world: World) -> tuple[World, str] | None:
    """The world with a mutant in force, and its line; nothing where reading refuses it."""
    plan = plan_from(spoilt(seed, FOLDERS))
    if not isinstance(plan, Plan) or not plan.teams <= world.directory.teams.keys():
        return None
    return replace(world, plans=world.plans.with_current(plan)), plan.line


def fate(world: World, seeds: Iterable[int]) -> Fate:
    """Spoil, read, ring, and prove; of many mutants only those that are not safe to ring."""
    found = Fate()
    for seed in seeds:
        known = read(seed, world)
        if known is None:
            found.unreadable += 1
            continue
        complaint = complains(*known, seed)
        found.safe += not complaint
        if not complaint and MUTANTS != FEW:
            continue
        if not prove(known[0], [known[1]], NOW).is_sound:
            found.refuted += 1
        else:
            found.accepted += 1
            found.unsafe |= {seed: complaint} if complaint else {}
    return found


def complains(world: World, line: str, seed: int) -> str:
    """What the telephone finds wrong in some calls."""
    dice = Random(seed)  # dice
    return next((said for _ in range(CALLS) if (said := wrong(world, line, dice))), "")


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_mutant_is_accepted_that_a_random_walk_of_the_telephone_finds_unsafe(world: World, group: int) -> None:
    found = fate(world, range(FIRST + group, FIRST + MUTANTS, GROUPS))
    assert found.unsafe == {}
    assert min(found.unreadable, found.safe) > MUTANTS // GROUPS // 20
    assert min(found.refuted, found.accepted) > MUTANTS // GROUPS // 20 or MUTANTS != FEW


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.kind)
def test_a_random_walk_finds_what_is_wrong_with_a_bad_plan(world: World, bad: Refuted) -> None:
    there, line = bad.made(world)
    dice = Random(0)  # dice
    assert any(wrong(there, line, dice) for _ in range(400))
