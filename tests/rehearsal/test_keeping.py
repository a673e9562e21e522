"""Does a saved call play again as it was, and does it hold nobody's own data?"""

from dataclasses import replace

import pytest

from directory.numbers import Number
from ivr.moment import World
from rehearsal.keeping import file_name, kept
from rehearsal.moves import moves_from
from rehearsal.private import curtain, told_in
from rehearsal.story import Played, Story, played
from tests.calls.golden import retold
from tests.telling import at

REAL = "+441392383000"
CALLS = (
    ("devon", "2, 4, 4, no-answer, busy, answers, callee hangs up", "Keys:   2, 4, 4\nPhones: 07812 106279 no-answer"),
    ("devon", "nothing, 2, 1, 1, answers, callee hangs up", "Keys:   nothing, 2, 1, 1\n"),
    ("devon", "2, 1, 1, hangs up", "Moves:  2, 1, 1, hangs up\n"),
    (
        "devon",
        "1, 2301, answers without a key, voicemail, no-answer, hangs up",
        "Moves:  1, 2, 3, 0, 1, answers without",
    ),
    ("call-derbyshire", "1, nothing, waits, nothing, 1, 1", "Desk:   call-derbyshire\n"),
    (
        "call-derbyshire",
        "1, waits, answered from the queue, callee hangs up",
        "Moves:  1, waits, answered from the queue",
    ),
)


def call(world: World, line: str, moves: str, caller: str = "+442079460999") -> Played:
    return played(world, Story(line, at("Wed 10:00"), caller, frozenset((line,)), moves_from(moves)))


def with_a_real_worker(world: World) -> World:
    """The worker whom 2301 reaches has a telephone that somebody may have."""
    directory = world.directory
    person = replace(directory.people["w-3f9a2c"], numbers=(Number(REAL),))
    people = {**directory.people, person.slug: person}
    return replace(
        world, directory=replace(directory, people=people, staff={**directory.staff, ("devon", REAL): person.slug})
    )


@pytest.mark.parametrize(("line", "moves", "head"), CALLS)
def test_a_saved_call_is_a_golden_call(world: World, line: str, moves: str, head: str) -> None:
    text = kept(world, call(world, line, moves), "A call")
    assert head in text.split("\n\n", maxsplit=1)[0] + "\n"
    assert retold(world, text) == text


def test_the_hour_that_comes_twice_is_told_apart(world: World) -> None:
    for hour in ("2026-10-25T01:30+01:00", "2026-10-25T01:30+00:00"):
        text = kept(world, played(world, Story("devon", at(hour), moves=moves_from("hangs up"))), "A call")
        assert retold(world, text) == text
        assert at(text.split("When:")[1].split()[0]).timestamp() == at(hour).timestamp()


def test_the_file_is_named_for_line_and_moment(world: World) -> None:
    assert file_name(call(world, "devon", "hangs up")) == "devon-2026-11-25-1000.txt"


@pytest.mark.parametrize(
    ("line", "moves", "caller", "said"),
    [
        ("devon", "1, 2301, no-answer, hangs up", "+442079460999", "A worker's own telephone rang; ask for a team"),
        ("devon", "1, 2301, no-answer, hangs up", "+442079460999", "the directory holds real people; ask for a team."),
        ("devon", "2, hangs up", REAL, "The caller's number is a real one; call as 020 7946 0999"),
        ("call-derbyshire", "3, 3, 1, 2, 3, 4, #, hangs up", "anonymous", "The staff PIN was keyed"),
    ],
)
def test_a_call_that_tells_of_somebody_is_not_saved(
    world: World, line: str, moves: str, caller: str, said: str
) -> None:
    real = with_a_real_worker(world)
    assert said in " ".join(told_in(real, call(real, line, moves, caller)))


def test_a_call_of_invented_people_is_saved(world: World) -> None:
    assert told_in(world, call(world, "devon", "1, 2301, no-answer, hangs up")) == ()


def test_the_curtain_hides_numbers_in_every_spelling_and_the_names_that_are_read_out(world: World) -> None:
    hidden = curtain(world, call(world, "devon", "1, 2301, no-answer, hangs up"))
    assert hidden.over("020 7946 0201, +442079460201 or 0 2 0, 7 9 4 6, 0 2 0 1; 01392 388481") == (
        "the worker's phone, the worker's phone or the worker's phone; 01392 388481"
    )
    named = curtain(world, call(world, "devon", "1, 9#, 769#, hangs up"))
    assert named.over("For Rowan, in Children & Families North 1, press 1.").startswith("For a worker, in Children")
