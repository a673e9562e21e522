"""What if somebody deletes one field of a plan? Each bundled plan without each of its fields in turn: refused, or still safe by telephone.

The suite takes every header and a few of the steps; ``DUTYLINE_FIELDS=all`` (with ``-o timeout=7200``) takes every field there is.
"""

import os
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ivr.moment import World
from ivr.plan import Plan
from ivr.proof.prove import prove
from ivr.reading import plan_from
from tests.ivr.proof.bad_plans import NOW
from tests.ivr.proof.mutating import PLANS, toml
from tests.ivr.proof.wandering import wrong

ALL = os.environ.get("DUTYLINE_FIELDS") == "all"
EVERY = sorted(
    path for path in PLANS.glob("*/*.toml") if path.name != "authority.toml" and path.parent.name != "calendars"
)
FEW, CALLS = 4, 6 if ALL else 2
Path_ = tuple[str | int, ...]


def fields(table: Any, at: Path_ = ()) -> Iterator[Path_]:
    """Where every field stands, those within tables and lists as well."""
    inner = table.items() if isinstance(table, dict) else enumerate(table) if isinstance(table, list) else ()
    for name, value in inner:
        yield (*at, name)
        yield from fields(value, (*at, name))


def without(tables: dict[str, Any], at: Path_) -> str:
    """The plan's TOML without one field."""
    left: Any = deepcopy(tables)
    inner = left
    for name in at[:-1]:
        inner = inner[name]
    del inner[at[-1]]
    return toml(left)


def chosen(path: Path, tables: dict[str, Any]) -> list[Path_]:
    """Every field of the header and of the hours; of the steps a few, drawn."""
    every = list(fields(tables))
    of_steps = [at for at in every if at[0] == "nodes" and len(at) > 1]
    dice = Random(path.stem)  # dice
    return (
        every
        if ALL
        else [
            *(at for at in every if at[0] != "nodes" or len(at) == 1),
            *dice.sample(of_steps, min(FEW, len(of_steps))),
        ]
    )


def fate(world: World, text: str, seed: int) -> str:
    """``refused``, ``safe``, or what is wrong with a plan that nobody refuses."""
    plan = plan_from(text)
    if not isinstance(plan, Plan) or not plan.teams <= world.directory.teams.keys():
        return "refused"
    there, dice = replace(world, plans=world.plans.with_current(plan)), Random(seed)  # dice
    complaint = next((said for _ in range(CALLS) if (said := wrong(there, plan.line, dice))), "")
    if not complaint:
        return "safe"
    return complaint if prove(there, [plan.line], NOW).is_sound else "refused"


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_a_plan_without_one_of_its_fields_is_refused_or_still_safe(world: World, path: Path) -> None:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    found = {at: fate(world, without(tables, at), place) for place, at in enumerate(chosen(path, tables))}
    assert {at: word for at, word in found.items() if word not in ("refused", "safe")} == {}
    assert "refused" in found.values()


@pytest.mark.parametrize("field", ["last_resort", "otherwise", "safe", "start", "opening", "nodes"])
@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_what_every_call_may_fall_to_cannot_be_left_out(path: Path, field: str) -> None:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    assert field in tables, "every bundled plan has its floor"
    assert not isinstance(plan_from(without(tables, (field,))), Plan)
