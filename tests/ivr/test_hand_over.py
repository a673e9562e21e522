"""Does a caller of the wrong authority get to the right one, by its own hours, and never round for ever?"""

import pytest

from telephone import Call
from telephone.states import Ended
from tests.telling import Switchboard

HOLIDAY = "2026-12-25T11:00"


@pytest.mark.parametrize(
    ("when", "number"),
    [
        ("Wed 10:00", "01332 641172"),
        ("Wed 17:00", "01332 956606"),
        ("Sat 11:00", "01332 956606"),
        (HOLIDAY, "01332 956606"),
    ],
)
def test_a_derby_caller_of_call_derbyshire_reaches_derbys_team_of_the_hour(
    board: Switchboard, when: str, number: str
) -> None:
    call = board.ring("call-derbyshire", when).presses("4").hears("Derby City has its own line.")
    call.hears("For a child at risk, or anything urgent, press 1.").presses("1").rings(number)


@pytest.mark.parametrize("when", ["Wed 10:00", "Sat 03:00"])
def test_a_derbyshire_caller_of_derby_reaches_call_derbyshire(board: Switchboard, when: str) -> None:
    call = board.ring("derby", when).presses("5").hears("Derbyshire has its own line.")
    call.hears("For a child already open to us, press 2.").presses("1").hears("For a call back, press 1.")


def test_the_whisper_names_the_line_that_the_caller_came_to(board: Switchboard) -> None:
    call = board.ring("call-derbyshire").presses("4").presses("4").presses("1").rings("07812 300329").picks_up()
    call.whispers("accept: Professionals Consultation, Derby social care.")


def test_a_withheld_caller_shows_the_number_that_they_dialled(board: Switchboard) -> None:
    call = board.ring("call-derbyshire", caller="anonymous").presses("4").presses("1").rings("01332 641172")
    call.answers().talks(60).callee_hangs_up().has_ended()
    assert call.warnings == ()


def test_hash_after_a_hand_over_stays_in_the_line_that_was_reached(board: Switchboard) -> None:
    board.ring("call-derbyshire").presses("4").presses("#").hears("For domestic abuse, press 3.")
    board.ring("call-derbyshire").presses("4").presses("3").presses("#").hears("For domestic abuse, press 3.")


def test_nought_after_a_hand_over_reaches_the_default_destination_of_the_line_reached(board: Switchboard) -> None:
    board.ring("call-derbyshire").presses("4").presses("0").rings("01332 641172")


def test_derbys_consultation_line_hands_urgent_callers_over_outside_its_hours(board: Switchboard) -> None:
    board.ring("derby-consultation", "Fri 16:00").presses("1").presses("1").rings("01332 641172")
    board.ring("derby-consultation", "Sat 11:00").presses("1").presses("1").rings("01332 956606")


def test_derbyshires_consultation_line_hands_a_child_at_risk_over(board: Switchboard) -> None:
    board.ring("derbyshire-consultation").presses("3").hears("We are taking you to Call Derbyshire.").hears("press 1.")


def test_call_derbyshires_professionals_reach_the_consultation_line(board: Switchboard) -> None:
    call = board.ring("call-derbyshire").presses("3").presses("2").hears("consultation and advice line")
    call.hears("your own safeguarding lead?").presses("1").hears("We will call you back")


def to_and_fro(call: Call) -> int:
    """Hand over until the line has had enough; how often it let the caller."""
    for count in range(90):
        if "ask us to call you back" in call.transcript[-1].text or isinstance(call.state, Ended):
            return count
        call.presses("4" if count % 2 == 0 else "5")
    raise AssertionError("to and fro for ever")


def test_to_and_fro_between_derby_and_derbyshire_is_bounded_by_the_safe_message(board: Switchboard) -> None:
    call = board.ring("call-derbyshire")
    assert to_and_fro(call) <= 61
    call.hears("dial 9 9 9")
