"""Devon's line, told as callers hear it."""

import pytest

from ivr.moment import World
from tests.telling import Switchboard


@pytest.fixture
def board(world: World) -> Switchboard:
    return Switchboard(world)


def test_a_new_concern_rings_the_hub(board: Switchboard) -> None:
    call = board.ring("devon").hears("dial 9 9 9").presses("3").hears("Calling MASH").rings("0345 155 1071")
    assert call.answers().talks(60).callee_hangs_up().hears("Goodbye").has_ended()


def test_a_duty_desk_is_whispered_to_and_accepts_with_a_key(board: Switchboard) -> None:
    call = board.ring("devon").presses("2").presses("1").presses("1").rings("01392 388481")
    assert (
        call.answers(presses="1").whispers("a call for Initial Response North").talks(30).callee_hangs_up().has_ended()
    )


def test_a_mailbox_never_counts_as_a_person(board: Switchboard) -> None:
    call = board.ring("devon").presses("2").presses("1").presses("3").rings("07790 770713").voicemail()
    call.hears("could not take the call").rings("0345 155 1071")


def test_out_of_hours_nothing_is_asked_and_the_emergency_duty_team_rings(board: Switchboard) -> None:
    board.ring("devon", "Fri 16:00").hears("offices are closed").rings("0345 600 0388")


def test_nobody_answers_and_the_safe_message_offers_a_call_back(board: Switchboard) -> None:
    call = board.ring("devon", "Sat 11:00").rings("0345 600 0388").no_answer()
    call.hears("dial 9 9 9").hears("For a call back, press 1").presses("1")
    call.hears("We will call you back on 0 2 0, 7 9 4 6, 0 9 9 9").presses("1").hears("Your call back is booked")
    assert call.has_ended()
