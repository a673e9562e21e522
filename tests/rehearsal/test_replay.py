"""Does today's code answer past calls as they were answered, byte for byte, and is it found out where it does not?"""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from app import Config
from ivr.moment import World
from ivr.plan import Menu, Plans
from rehearsal.replaying import TOO_OLD, Replayed, Replayer, Verdict
from rehearsal.staging import rehearsal
from store.database import Database
from tests.rehearsal.recorded import BEGINS, Deployment, deployed
from tests.rehearsal.retaken import STAGED, dialled, replayed

KEPT = {"place", "said", "answered"}
CALLS = int(os.environ.get("DUTYLINE_REPLAYS", "40"))


@pytest.fixture
def deployment(config: Config, database: Database) -> Iterator[Deployment]:
    with deployed(config, database) as made:
        yield made


def differing(deployment: Deployment, sids: list[str]) -> list[Replayed]:
    """The steps that are not answered as they were."""
    with deployment.replayer() as replayer:
        replayed = [one for sid in sids for one in replayer.replayed(deployment.records(sid))]
    assert len(replayed) > len(sids)
    return [one for one in replayed if one.verdict is not Verdict.SAME]


def test_recorded_calls_are_answered_again_byte_for_byte(deployment: Deployment) -> None:
    dice, sids = Random(CALLS), list[str]()
    for _ in range(CALLS):
        when = BEGINS + timedelta(minutes=dice.randint(0, 400 * 24 * 60))
        if dice.random() < 0.4:
            deployment.changes(dice, when)
        sids.append(deployment.stumbles(dice, when))
    assert deployment.faults == []
    assert differing(deployment, sids) == []


def test_a_prompt_that_says_something_else_today_is_found(world: World) -> None:
    staged, plan = rehearsal(world, BEGINS), world.plans.by_digest[world.plans.current["devon"]]
    staged.phone.dial(dialled(world, "devon")).presses("2").hangs_up()
    welcome = plan.nodes["welcome"]
    assert isinstance(welcome, Menu)
    reworded = replace(plan, nodes={**plan.nodes, "welcome": replace(welcome, say="How can we help?")})
    today = replace(world, plans=Plans({**world.plans.by_digest, plan.digest: reworded}, world.plans.current))
    first, *others = Replayer(lambda _: today, STAGED).replayed(staged.memory.records)
    assert (first.verdict, "How can we help?" in first.reply) == (Verdict.DIFFERENT, True)
    assert {one.verdict for one in others} == {Verdict.SAME}


def test_a_step_recorded_before_its_circumstances_were_kept_is_told_apart(world: World) -> None:
    staged = rehearsal(world, BEGINS)
    staged.phone.dial(dialled(world, "devon")).hangs_up()
    old = [replace(one, body={name: value for name, value in one.body.items() if name not in KEPT})
           for one in staged.memory.records]  # fmt: skip
    assert {(one.verdict, one.why) for one in replayed(world, old)} == {(Verdict.UNKNOWN, TOO_OLD)}
