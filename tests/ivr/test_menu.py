"""What do the helping keys do in a menu, and how often may a caller press nothing or the wrong thing?"""

import pytest

from ivr.plan import MOST_HOPS
from telephone import Call
from tests.telling import Switchboard

WRONG, SILENT = "That key is not one of the choices.", "I did not hear a key."
DEFAULTS = [
    ("devon", "Calling MASH"),
    ("derby", "Calling our reception"),
    ("sheffield-cpet", "Calling the Child Protection Enquiry Team"),
    ("call-derbyshire", "ask us to call you back"),
    ("derbyshire-consultation", "A social worker can call you back"),
    ("cambridgeshire-ifd", "ask us to call you back"),
]


@pytest.mark.parametrize(("line", "words"), DEFAULTS)
def test_nought_leads_to_the_default_destination(board: Switchboard, line: str, words: str) -> None:
    board.ring(line).presses("0").hears(words)


@pytest.mark.parametrize(("line", "words"), DEFAULTS)
def test_silence_repeats_once_and_then_leads_to_the_default_destination(
    board: Switchboard, line: str, words: str
) -> None:
    board.ring(line).waits().hears(SILENT).hears("press 1.").waits().hears(words)


@pytest.mark.parametrize(("line", "words"), DEFAULTS)
def test_wrong_keys_repeat_twice_and_then_lead_to_the_default_destination(
    board: Switchboard, line: str, words: str
) -> None:
    board.ring(line).presses("9").hears(WRONG).presses("8").hears(WRONG).presses("7").hears(words)


def test_outside_derbys_consultation_hours_nought_leads_on_to_derbys_own_line(board: Switchboard) -> None:
    call = board.ring("derby-consultation", "Wed 16:30").hears("closed").presses("0")
    call.hears("We are taking you to Derby City Children's Social Care.").presses("1").rings("01332 641172")


def test_a_caller_who_presses_nothing_at_all_reaches_a_person(board: Switchboard) -> None:
    call = board.ring("devon").waits().waits().rings("0345 155 1071").answers().talks(60).callee_hangs_up()
    call.has_ended()


def test_star_repeats_without_a_word_of_blame_until_the_call_has_had_enough_steps(board: Switchboard) -> None:
    call = board.ring("devon")
    for _ in range(MOST_HOPS):
        call.presses("*").hears("For a worker, by extension, press 1.").does_not_hear(WRONG)
    call.presses("*").hears("For a call back, press 1.")


def test_hash_goes_back_one_menu_at_a_time(board: Switchboard) -> None:
    call = board.ring("devon").presses("2").presses("4").hears("Initial Response Exeter")
    call.presses("#").hears("Which area is the team in?").presses("#").hears("For a team's duty desk, press 2.")


def test_hash_at_the_first_menu_repeats_it(board: Switchboard) -> None:
    board.ring("devon").presses("#").hears("For a team's duty desk, press 2.")


def test_hash_back_and_another_way_rings_the_other_team(board: Switchboard) -> None:
    call = board.ring("devon").presses("2").presses("1").presses("#").presses("2").presses("1")
    call.hears("Calling Initial Response South.").rings("01392 384050")


def test_wrong_keys_of_one_menu_are_forgotten_in_the_next(board: Switchboard) -> None:
    call = board.ring("devon").presses("9").presses("9").presses("2").hears("Which area")
    call.presses("9").hears(WRONG).presses("9").hears(WRONG).presses("1").hears("Initial Response North")


def test_a_caller_who_listened_again_may_still_be_silent_once(board: Switchboard) -> None:
    board.ring("devon").presses("*").waits().hears(SILENT).hears("press 1.")


def test_every_menu_waits_ten_seconds_for_a_slow_caller(board: Switchboard) -> None:
    call = board.ring("devon")
    before = call.elapsed
    assert call.waits().hears(SILENT).elapsed - before >= 10


def goes_round_and_round(board: Switchboard) -> Call:
    """A caller who hears Derby's form again and again, until the line has had enough of it."""
    call = board.ring("derby").presses("4").presses("2")
    for _ in range(80):
        if "ask us to call you back" in call.transcript[-1].text:
            return call
        call.presses("1")
    raise AssertionError("the line never has enough")


def test_a_caller_who_goes_round_and_round_is_told_goodbye(board: Switchboard) -> None:
    call = goes_round_and_round(board).hears("dial 9 9 9").waits().hears("For a call back, press 1.")
    call.waits().hears("Goodbye").has_ended()


def test_a_caller_who_went_round_and_round_may_still_be_called_back(board: Switchboard) -> None:
    call = goes_round_and_round(board).presses("1").hears("We will call you back on")
    call.presses("1").hears("Your call back is booked").has_ended()
