"""Does a trial of a draft say what it would have done to past calls, and nothing that is not the draft's doing?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

import pytest

from ivr.moment import World
from ivr.plan import Menu, Plan
from ivr.record import Record
from rehearsal.staging import Staffed, rehearsal
from rehearsal.what_if import Trial, WhatIf, what_if
from telephone import NoAnswer
from tests.rehearsal.recorded import BEGINS
from tests.rehearsal.retaken import dialled
from tests.rehearsal.stumbling import Stumbling

LINE = "devon"


@pytest.fixture(scope="module")
def calls(world: World) -> list[list[Record]]:
    return list(by_the_dice(world))


def by_the_dice(world: World) -> Iterator[list[Record]]:
    dice = Random(11)
    for number in range(25):
        staged = rehearsal(world, BEGINS, Staffed(frozenset(("sheffield-cpet",))))
        line = dice.choice((LINE, "sheffield-cpet"))
        Stumbling(dice, world.directory).through(staged.phone.dial(dialled(world, line)))
        yield [replace(record, call=f"CA{number}") for record in staged.memory.records]


def draft(world: World, **changed: str) -> Plan:
    """Devon's plan with keys of its first menu that lead elsewhere."""
    plan = world.plans.by_digest[world.plans.current[LINE]]
    welcome = plan.nodes["welcome"]
    assert isinstance(welcome, Menu)
    options = tuple(replace(one, go=changed.get(f"key_{one.key}", one.go)) for one in welcome.options)
    return replace(plan, digest="dddddddddddd", nodes={**plan.nodes, "welcome": replace(welcome, options=options)})


def tried(world: World, plan: Plan, calls: Sequence[Sequence[Record]]) -> WhatIf:
    trial = Trial(plan, lambda _: world, world.plans.by_digest)
    return what_if([trial.of(records) for records in calls])


def test_a_draft_that_says_the_same_changes_no_call(world: World, calls: list[list[Record]]) -> None:
    found = tried(world, draft(world), calls)
    assert (found.calls, found.changed, found.untold) == (25, (), {})
    assert found.before == found.after
    assert sum(found.before.values()) == 25


def test_a_draft_that_leads_a_key_elsewhere_changes_its_calls_and_says_why(world: World) -> None:
    staged = rehearsal(world, BEGINS)
    staged.phone.dial(dialled(world, LINE)).presses("2").presses("1").presses("2").phone_does(NoAnswer()).hangs_up()
    plan = draft(world, key_2=world.plans.by_digest[world.plans.current[LINE]].safe)
    found = tried(world, plan, [staged.memory.records])
    (one,) = found.changed
    assert (one.before, one.after) == ("caller-gone", "call-back")
    assert "With the draft: The safe message is spoken whole." in one.why
    assert (found.before, found.after) == ({"caller-gone": 1}, {"call-back": 1})


def test_a_call_whose_beginning_is_lost_is_counted_apart(world: World, calls: list[list[Record]]) -> None:
    found = tried(world, draft(world), [calls[0][1:]])
    assert list(found.untold) == ["CA0"]
    assert found.before == {}
