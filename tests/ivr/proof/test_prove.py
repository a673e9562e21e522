"""Is what is bundled proved, with figures that the telephone confirms, and once for situations that are alike?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from directory.model import Absence, Person, Shift
from directory.numbers import Number
from directory.snapshot import written
from ivr.events import Keyed, LegEnd
from ivr.moment import World
from ivr.override import Override
from ivr.position import Position, Stage
from ivr.proof.example import Example
from ivr.proof.gathering import Measured
from ivr.proof.prove import Proof, prove
from ivr.proof.words import names_999, seconds_of, words_before_999, words_of
from ivr.reading import plan_from
from ivr.walk import happenings
from rehearsal.examples import shown, told_example
from telephone import speech as telephone_speech
from tests.ivr.proof.bad_plans import NOW, budget, with_plan
from tests.ivr.proof.noticing import lines
from tests.ivr.proof.unreadable_plans import PLANS, SHEFFIELD

A_DAY = timedelta(days=1)
WORKER = "w-3f9a2c"


@pytest.fixture(scope="module")
def proof(world: World) -> Proof:
    """The proof of everything that is bundled."""
    return prove(world, world.plans.current, NOW)


def measured(proof: Proof, line: str) -> Measured:
    return next(one for one in proof.measured if one.line == line)


def test_every_bundled_line_is_sound_within_what_a_plan_may_take_by_default(world: World, proof: Proof) -> None:
    assert [one.finding.sentence for one in proof.refuted] == []
    assert {one.line for one in proof.measured} == world.plans.current.keys()
    for one in proof.measured:
        assert 10 < one.steps <= 30
        assert 0 < one.first_ring_seconds <= 240
        assert 100 < one.safe_seconds <= 300


def test_the_two_situations_of_a_line_with_one_rule_of_hours_stand_for_every_opening_and_closing(proof: Proof) -> None:
    devon = measured(proof, "devon")
    assert devon.situations == 2
    assert devon.stretches > 2 * 250
    assert devon.positions > 800
    assert devon.tried > 4 * devon.positions


def test_lines_that_hand_over_to_one_another_are_each_measured_from_their_own_beginning(proof: Proof) -> None:
    assert measured(proof, "derby-consultation").safe_seconds > measured(proof, "derby").safe_seconds
    assert measured(proof, "derby").situations == measured(proof, "call-derbyshire").situations == 3


def test_one_line_is_proved_as_it_is_among_all(world: World, proof: Proof) -> None:
    assert prove(world, ["sheffield-cpet"], NOW).measured == (measured(proof, "sheffield-cpet"),)
    assert prove(world, ["cornwall"], NOW) == Proof(())


@pytest.mark.parametrize("field", ["first_ring_seconds", "safe_seconds"])
def test_the_telephone_needs_as_long_as_was_measured(world: World, proof: Proof, field: str) -> None:
    most = getattr(measured(proof, "sheffield-cpet"), field)
    there, line = budget(SHEFFIELD, **{field: most - 1})(world)
    (found,) = prove(there, [line], NOW).refuted
    assert found.example
    told = lines(shown(there, found.example), "phone" if field == "first_ring_seconds" else "line")
    reached = next(one for one in told if one.text.endswith("rings") or "Nobody can take your call" in one.text)
    took = reached.at + (seconds_of(reached.text) if reached.who == "line" else 0)
    assert most - 2 <= took <= most


def texts() -> Iterator[str]:
    for path in sorted(PLANS.glob("*/*.toml")):
        plan = plan_from(path.read_text(encoding="utf-8"))
        if not isinstance(plan, tuple):
            yield from (plan.opening, plan.emergency, plan.name)
            yield from (getattr(node, "say", "") for node in plan.nodes.values())
    yield from ("", "  ...", "don't mother-in-law 9.30 a.m.", "0 1 3 9 2, 388481", "Año — Zoë’s")


def test_words_take_as_long_in_a_proof_as_on_the_telephone() -> None:
    assert [text for text in texts() if seconds_of(text) != telephone_speech.seconds_of(text)] == []


def test_999_is_heard_in_every_way_of_writing_it_and_in_no_other_number() -> None:
    assert all(map(names_999, ("dial 9 9 9.", "ring 999 now", "9-9-9")))
    assert not any(map(names_999, ("0 9 9 9 5", "1999", "9 9", "nine")))
    assert (words_before_999("In danger dial 9 9 9."), words_before_999("Hello."), words_of("In danger 9 9 9.")) == (
        3,
        None,
        5,
    )


def weekly(*who: Number | str) -> tuple[Shift, ...]:
    """A turn a week for a year and more."""
    begins = (datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(weeks=week) for week in range(60))
    return tuple(Shift(since, since + timedelta(weeks=1), who[place % len(who)]) for place, since in enumerate(begins))


def test_a_rota_of_sixty_weeks_is_looked_at_as_often_as_its_turns_differ(world: World) -> None:
    looks = {}
    for number in ("+441392388481", "+443456000388"):
        edt = replace(world.directory.teams["devon-edt"], rota=weekly(Number(number), WORKER), duty_numbers=())
        there = replace(world, directory=world.directory.changed(2, [written(edt)]))
        found = measured(prove(there, ["devon"], NOW), "devon")
        assert found.stretches > 550
        looks[number] = found.situations
    assert looks == {"+441392388481": 2, "+443456000388": 4}, "a key is pressed by all, or in every other week only"


def test_whoever_is_away_is_looked_at_once_for_all_who_will_be(world: World) -> None:
    people = [world.directory.people[slug] for slug in (WORKER, "w-b81d07")]
    away = [
        replace(one, away=tuple(Absence(NOW + day * A_DAY, NOW + (day + 1) * A_DAY) for day in range(30 * place + 1, 30 * place + 20, 2)))
        for place, one in enumerate(people)
    ]  # fmt: skip
    there = replace(world, directory=world.directory.changed(2, map(written, away)))
    found = measured(prove(there, ["devon"], NOW), "devon")
    assert 2 < found.situations <= 8


def test_a_number_that_stands_in_is_part_of_the_proof(world: World) -> None:
    override = Override("sheffield-cpet", Number("+442079460399"), NOW, NOW + A_DAY)
    there = replace(world, overrides={"sheffield-cpet": override})
    found = measured(prove(there, ["sheffield-cpet"], NOW), "sheffield-cpet")
    assert found.situations == 4
    assert found.safe_seconds > 140


def test_of_a_thousand_workers_one_of_each_kind_is_asked_for(world: World) -> None:
    many = [Person(f"w-{number:06}", "Many Alike", "devon-mash", f"{number:04}") for number in range(3000, 4000)]
    there = replace(world, directory=world.directory.changed(2, map(written, many)))
    devon = world.plans.of_line("devon")
    assert devon
    asked = Position(devon.digest, "devon", "worker", Stage.KEYS, 2)
    keyed = [event for event, _ in happenings(there, asked, NOW) if isinstance(event, Keyed)]
    assert 6 < len(keyed) < 40


def test_a_caller_who_waits_in_a_queue_for_nobody_is_told_as_such(world: World) -> None:
    there, line = with_plan(SHEFFIELD)(world)
    example = Example(line, NOW, keys=("1", "1"), staffed=frozenset((line,)), unanswered=True)
    told = told_example(there, example)
    assert "Somebody is signed in at the desk, but takes no call." in told
    assert "You are first in the queue." in told
    assert any("you have waited so long" in one.text for one in lines(shown(there, example)))


def test_an_example_from_an_emptied_directory_is_played_in_one(world: World) -> None:
    called = shown(world, Example("devon", NOW, keys=("3",), emptied=True))
    assert lines(called, "phone") == []
    assert "We are sorry" in lines(called)[-2].text


def test_mailboxes_pick_up_at_the_last_moment(world: World) -> None:
    (number,) = (duty.number for duty in world.directory.teams["devon-ir-north"].duty_numbers)
    called = shown(world, Example("devon", NOW, keys=("2", "1", "1"), phones=((number, LegEnd.NOT_ACCEPTED),)))
    assert any("is answered by a mailbox" in one.text for one in lines(called, "phone"))
