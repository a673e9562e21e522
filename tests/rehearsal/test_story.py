"""Is a rehearsed call played from its moves alone, as a telephone would play it?"""

from dataclasses import replace

import pytest

from ivr.moment import World
from rehearsal.moves import KEYS, MOST_MOVES, Deed, Key, MoveError, moves_from, written
from rehearsal.stage import PIN, SPARE, stage
from rehearsal.story import NOBODY_LISTENS, Played, Story, offered, played
from telephone import Ended, Listening, Ringing, Talking, told
from tests.telling import at

WORKER = "1, 2301"


def call(world: World, moves: str, line: str = "devon", when: str = "Wed 10:00", desk: str = "") -> Played:
    return played(world, Story(line, at(when), desk=frozenset(desk.split()), moves=moves_from(moves)))


def test_the_same_moves_give_the_same_call_again(world: World) -> None:
    first, second = (call(world, "2, 4, 4, no-answer, busy, answers, callee hangs up") for _ in range(2))
    assert first.call.transcript == second.call.transcript
    assert first.phones == second.phones == (
        ("+447812106279", Deed.NO_ANSWER), ("+447581156261", Deed.BUSY), ("+443451551071", Deed.ANSWERS),
    )  # fmt: skip


def test_keys_are_collected_until_the_line_has_enough(world: World) -> None:
    assert call(world, "1, 2, 3").typed == "23"
    assert isinstance(call(world, "1, 2, 3").call.state, Listening)
    assert isinstance(call(world, WORKER).call.state, Ringing)
    assert call(world, WORKER).entries == ("1", "2301")


def test_whoever_keys_too_little_and_then_nothing_is_heard_with_what_they_keyed(world: World) -> None:
    shown = call(world, "1, 2, 3, nothing")
    assert (shown.typed, shown.entries) == ("", ("1", "23"))
    assert "presses 23" in told(shown.call.transcript)


def test_a_move_out_of_turn_ends_the_story_before_it_and_says_why(world: World) -> None:
    shown = call(world, "2, answers, 4")
    assert shown.story.moves == (Key("2"),)
    assert shown.refused.startswith("“answers” cannot happen now: no telephone rings.")


def test_nobody_listens_for_keys_while_a_telephone_rings(world: World) -> None:
    assert call(world, f"{WORKER}, 5").refused == NOBODY_LISTENS


@pytest.mark.parametrize("moves", ["", "2", WORKER, f"{WORKER}, answers", f"{WORKER}, answers, hangs up"])
def test_whatever_is_offered_can_be_done(world: World, moves: str) -> None:
    for deed in offered(call(world, moves).call):
        assert call(world, f"{moves}, {deed}").refused == "", deed


def test_a_caller_waits_at_the_desk_and_is_answered(world: World) -> None:
    desk = "call-derbyshire"
    shown = call(world, "1, waits, nothing", line=desk, desk=desk)
    assert shown.call.is_in_queue
    answered = call(world, "1, waits, nothing, answered from the queue", line=desk, desk=desk)
    assert isinstance(answered.call.state, Talking)
    assert not answered.call.is_in_queue
    assert isinstance(call(world, "1, waits, hangs up", line=desk, desk=desk).call.state, Ended)


def test_moves_are_written_and_read_back() -> None:
    moves = (*map(Key, KEYS), *Deed)
    assert moves_from(written(moves)) == moves


def test_what_is_no_move_is_refused_with_what_may_stand_there() -> None:
    with pytest.raises(MoveError, match=r"“jumps” is nothing that anybody does in a call; it may be a key, or one of:"):
        moves_from("2, jumps")


def test_a_call_has_so_many_moves_at_the_most() -> None:
    assert len(moves_from("1" * MOST_MOVES)) == MOST_MOVES
    with pytest.raises(MoveError, match="start again"):
        moves_from("1" * (MOST_MOVES + 1))


def test_a_line_without_a_number_is_phoned_all_the_same(world: World) -> None:
    bare = replace(world, directory=replace(world.directory, lines={}, line_answering={}))
    staged = stage(bare, "devon")
    assert staged.directory.lines["devon"].numbers == (SPARE,)
    assert call(staged, "2").refused == ""


def test_nobody_learns_a_pin_by_rehearsing(world: World) -> None:
    authority = replace(world.directory.authorities["derbyshire"], staff_pin=world.keyed("pin:derbyshire:8642"))
    known = replace(world, directory=replace(world.directory, authorities={"derbyshire": authority}))
    staged = stage(known, "call-derbyshire")
    keyed = {pin: call(staged, f"3, 3, {pin}, #", line="call-derbyshire") for pin in ("8642", PIN)}
    assert {pin: "That is not the PIN." in told(one.call.transcript) for pin, one in keyed.items()} == {
        "8642": True, PIN: False,
    }  # fmt: skip
