"""Who calls, and when do they hang up? A caller is never rung themselves, and may leave at every boundary."""

from collections.abc import Callable

import pytest

from ivr.moment import World
from telephone import Answers, Call, NoAnswer
from telephone.states import Ended, Listening, Ringing, Talking, Whispering
from tests.telling import Switchboard

WITHHELD = ("anonymous", "", "+266696687", "Restricted", "+7378742833", "unavailable")


def test_a_worker_who_rings_about_their_own_case_is_not_rung(board: Switchboard) -> None:
    call = board.ring("devon", caller="+442079460201").presses("1").presses("2301").rings("020 7946 0204")
    assert any("not rung: the number is the caller's" in reason for reason in board.reasons)
    call.no_answer().rings("01392 388646")


def test_a_duty_desk_that_rings_the_line_is_not_rung_back(board: Switchboard) -> None:
    board.ring("devon", caller="+441392388481").presses("2").presses("1").presses("1").rings("0345 155 1071")


def test_the_hub_that_rings_the_line_reaches_the_night_team(board: Switchboard) -> None:
    board.ring("devon", caller="+443451551071").presses("3").rings("0345 600 0388")


def test_a_call_forwarded_from_a_desk_does_not_go_back_to_it(world: World, board: Switchboard) -> None:
    board.ring("devon")
    assert board.staged is not None
    number = world.directory.lines["devon"].numbers[0].e164
    call = board.staged.phone.dial(number, "+442079460999", forwarded_from="+441392388481")
    call.presses("2").presses("1").presses("1").rings("0345 155 1071")


def test_a_call_that_comes_from_one_of_our_lines_rings_nobody_and_is_never_called_back(board: Switchboard) -> None:
    call = board.ring("devon", caller="+442079460104").hears("hang up and dial 9 9 9").hears("We are sorry.")
    call.presses("1").hears("Please key the number to call you back on")


@pytest.mark.parametrize("caller", WITHHELD)
def test_a_withheld_caller_is_a_normal_caller_and_shows_our_number(board: Switchboard, caller: str) -> None:
    call = board.ring("devon", caller=caller).presses("3").rings("0345 155 1071")
    assert b'callerId="+442079460101"' in _last_document(call)
    call.answers().talks(60).callee_hangs_up().has_ended()
    assert call.warnings == ()


def test_a_known_caller_is_shown_to_the_phone_that_rings(board: Switchboard) -> None:
    call = board.ring("devon", caller="+442079460998").presses("2").presses("1").presses("1").picks_up()
    shown = [exchange.parameter("From") for exchange in call.exchanges if exchange.purpose == "child"]
    assert shown == ["+442079460998"]


def _last_document(call: Call) -> bytes:
    answer = [exchange for exchange in call.exchanges if exchange.purpose == "parent"][-1].answer
    body: bytes = getattr(answer, "body", b"")
    return body


def _step(call: Call, keys: list[str]) -> None:
    match call.state:
        case Listening():
            call.presses(keys.pop(0)) if keys else call.waits()
        case Ringing((number,)) if number == "+443451551071":
            call.phone_does(Answers())
        case Ringing():
            call.phone_does(NoAnswer()) if keys else call.picks_up()
        case Whispering():
            call.callee_waits()
        case Talking():
            call.talks(30).callee_hangs_up()


def _boundaries(begin: Callable[[], Call], keys: str) -> int:
    """How many times this call needs somebody before it ends by itself."""
    call, left = begin(), keys.split()
    for count in range(40):
        if isinstance(call.state, Ended):
            return count
        _step(call, left)
    raise AssertionError("the call does not end")


STORIES = [
    ("devon", "Wed 10:00", "1 2301"),
    ("devon", "Wed 10:00", "2 1 1"),
    ("devon", "Wed 10:00", "1 9999 0000 1111 1 3"),
    ("devon", "Wed 10:00", "5 3 1 4 2"),
    ("devon", "Sat 11:00", "1 2 02079460998# 1"),
    ("call-derbyshire", "Wed 10:00", "3 3 1# 2# 3#"),
    ("call-derbyshire", "Wed 10:00", "4 5 1 1 1"),
    ("derbyshire-consultation", "Wed 10:00", "2 2 02079460998# 3"),
    ("derby", "Wed 20:00", "1"),
    ("sheffield-cpet", "Wed 20:00", "1 1"),
    ("cambridgeshire-ifd", "Wed 10:00", "1 1 1 1"),
]


@pytest.mark.parametrize(("line", "when", "keys"), STORIES, ids=str)
def test_a_caller_may_hang_up_at_every_boundary(board: Switchboard, line: str, when: str, keys: str) -> None:
    for boundary in range(_boundaries(lambda: board.ring(line, when), keys)):
        call, left = board.ring(line, when), keys.split()
        for _ in range(boundary):
            _step(call, left)
        rung = sum(one.text.endswith(" rings") for one in call.transcript)
        call.hangs_up().has_ended()
        assert board.staged is not None
        assert board.staged.memory.faults == []
        assert sum(one.text.endswith(" rings") for one in call.transcript) == rung


def test_a_caller_who_hangs_up_while_a_phone_rings_is_recorded_as_gone(board: Switchboard) -> None:
    board.ring("devon").presses("3").rings("0345 155 1071").hangs_up().has_ended()
    assert board.staged is not None
    assert [record.body["ending"] for record in board.staged.memory.records if record.kind == "step"][
        -1
    ] == "caller-gone"


def test_a_caller_who_hangs_up_after_talking_is_recorded_as_having_reached_a_person(board: Switchboard) -> None:
    board.ring("devon").presses("3").rings("0345 155 1071").answers().talks(30).hangs_up().has_ended()
    assert board.staged is not None
    assert [record.body["ending"] for record in board.staged.memory.records if record.kind == "step"][-1] == "person"
