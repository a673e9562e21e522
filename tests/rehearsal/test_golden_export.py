"""Does any recorded call become a golden test that plays again, without anybody's number or name?"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from directory.model import Person
from directory.numbers import Number
from directory.snapshot import written
from ivr.moment import World
from ivr.record import Record
from rehearsal.golden import CALLER_REPLACED, NUMBER_REPLACED, WORKER_REPLACED, Golden, NotGoldenError, Then, golden
from rehearsal.staging import Staffed, rehearsal
from telephone import NoAnswer
from tests.calls.golden import retold
from tests.rehearsal.recorded import BEGINS
from tests.rehearsal.retaken import dialled
from tests.rehearsal.stumbling import Stumbling

CALLS = 8
REAL_CALLER, REAL_PHONE = "+441392383000", Number("+447911123456")
ASHWORTH = Person("w-real01", "Ottoline Ashworth", "devon-cf-north-1", "4747", (REAL_PHONE,))


def exported(world: World, then: World, records: Sequence[Record]) -> Golden:
    return golden(records, Then(then.directory, then.plans.by_digest), world)


@pytest.fixture
def staffed(world: World) -> World:
    """The bundled world with somebody real in it."""
    return replace(world, directory=world.directory.changed(1, [written(ASHWORTH)]))


def test_calls_by_the_dice_play_again_as_they_went(world: World) -> None:
    dice = Random(CALLS)
    for _ in range(CALLS):
        line = dice.choice(sorted(world.plans.current))
        when = BEGINS + timedelta(minutes=dice.randint(0, 400 * 24 * 60))
        staged = rehearsal(world, when, Staffed(frozenset((line,))))
        Stumbling(dice, world.directory).through(staged.phone.dial(dialled(world, line), REAL_CALLER))
        kept = exported(world, world, staged.memory.records)
        assert retold(world, kept.text) == kept.text
        assert not {note for note in kept.notes if "another way" in note}
        assert "383000" not in kept.text.replace(" ", "")


def test_a_real_worker_asked_for_by_extension_becomes_an_invented_one(world: World, staffed: World) -> None:
    staged = rehearsal(staffed, BEGINS)
    staged.phone.dial(dialled(world, "devon"), REAL_CALLER).presses("1").presses("4747").phone_does(
        NoAnswer()
    ).hangs_up()
    kept = exported(world, staffed, staged.memory.records)
    assert set(kept.notes) == {CALLER_REPLACED, WORKER_REPLACED}
    is_nobodys(kept.text)
    assert re.search(r"020 7946 0\d{3} is not answered", kept.text)
    assert retold(world, kept.text) == kept.text


def test_a_real_worker_asked_for_by_name_becomes_an_invented_one(world: World, staffed: World) -> None:
    staged = rehearsal(staffed, BEGINS)
    asked = staged.phone.dial(dialled(world, "devon")).presses("1").presses("9#").presses("27496784#")
    asked.hears("Ottoline").presses("1").hangs_up()
    kept = exported(world, staffed, staged.memory.records)
    assert kept.notes == (WORKER_REPLACED,)
    is_nobodys(kept.text)
    assert "27496784" not in kept.text
    assert retold(world, kept.text) == kept.text


def test_a_number_keyed_for_a_call_back_is_replaced(world: World) -> None:
    staged = rehearsal(world, BEGINS)
    asked = staged.phone.dial(dialled(world, "sheffield-cpet"), "anonymous").presses("3").presses("01392383000#")
    asked.presses("1").has_ended()
    kept = exported(world, world, staged.memory.records)
    assert kept.notes == (NUMBER_REPLACED,)
    assert ("383000" in kept.text.replace(" ", ""), "Caller: anonymous" in kept.text) == (False, True)
    assert retold(world, kept.text) == kept.text


def test_a_call_to_a_line_that_is_not_bundled_says_so(world: World) -> None:
    staged = rehearsal(world, BEGINS)
    staged.phone.dial(dialled(world, "devon")).hangs_up()
    lines = {slug: line for slug, line in world.directory.lines.items() if slug != "devon"}
    elsewhere = replace(world, directory=replace(world.directory, lines=lines))
    with pytest.raises(NotGoldenError, match="“devon” is not among the bundled plans"):
        exported(elsewhere, world, staged.memory.records)


def is_nobodys(text: str) -> None:
    """Neither the real worker's number nor their name nor their extension is told."""
    digits = text.replace(" ", "")
    told = [one for one in ("911123456", "4747", "383000", "Ottoline", "Ashworth") if one in digits]
    assert told == []
