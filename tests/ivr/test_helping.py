"""What do 0, * and # do where a caller is asked for keys outside a menu? (the safe message, a call-back, a number, a PIN)"""

from typing import Any

import pytest

from telephone import Call
from tests.telling import Switchboard

CHOICES = "For this number, press 1. For another number, press 2. For no call back, press 3."
ASKS = "Please key the number to call you back on"
PIN = "Please key your PIN"
HELPED = "The caller pressed 0: on to the line's default destination."


def requests(board: Switchboard) -> list[dict[str, Any]]:
    """What the call asked to be kept, in order."""
    assert board.staged is not None
    return [dict(request) for record in board.staged.memory.records for request in record.body.get("requests", ())]


def safe(board: Switchboard) -> Call:
    """Nobody answers by night, and the safe message is heard."""
    return board.ring("devon", "Sat 11:00").rings("0345 600 0388").no_answer().hears("We are sorry.")


def presses(call: Call, key: str) -> Call:
    """A key, or silence."""
    return call.presses(key) if key else call.waits()


def by_menus_to_safe(board: Switchboard) -> Call:
    """The same after two menus and a ladder by day."""
    call = board.ring("devon").presses("2").presses("1").presses("1").rings("01392 388481").no_answer()
    return call.no_answer().no_answer().hears("We are sorry.")


def booked(board: Switchboard) -> Call:
    return board.ring("sheffield-cpet").presses("3").hears("We will call you back on")


def staff(board: Switchboard) -> Call:
    return board.ring("call-derbyshire", "Wed 18:00").presses("3").presses("3").hears(PIN)


@pytest.mark.parametrize("key", ["", "9", "0", "*", "#"])
def test_the_safe_message_is_heard_once_more_and_then_the_call_ends(board: Switchboard, key: str) -> None:
    call = safe(board)
    presses(call, key).hears("We are sorry.").hears("For a call back, press 1.")
    presses(call, key).does_not_hear("We are sorry.").hears("dial 9 9 9. Goodbye.").has_ended()
    assert requests(board) == []


def test_a_call_back_may_still_be_had_when_the_safe_message_is_heard_again(board: Switchboard) -> None:
    safe(board).waits().hears("For a call back, press 1.").presses("1").hears("We will call you back on")
    assert [request["do"] for request in requests(board)] == ["book"]


def test_hash_in_the_safe_message_does_not_lead_back_to_the_menus(board: Switchboard) -> None:
    by_menus_to_safe(board).presses("#").does_not_hear("For Initial Response North").hears("We are sorry.")


def test_nought_in_a_call_back_rings_the_default_destination_and_keeps_the_booking(board: Switchboard) -> None:
    booked(board).presses("0").rings("0114 273 4925")
    assert [request["do"] for request in requests(board)] == ["book"]


def test_hash_in_a_call_back_goes_to_the_menu_before_and_keeps_the_booking(board: Switchboard) -> None:
    booked(board).presses("#").hears("For a call back, press 3.").does_not_hear(CHOICES)
    assert [request["do"] for request in requests(board)] == ["book"]


def test_star_in_a_call_back_says_the_choices_again_without_another_booking(board: Switchboard) -> None:
    booked(board).presses("*").hears(f"Your call back is booked. {CHOICES}").presses("2").hears(ASKS)
    assert [request["do"] for request in requests(board)] == ["book"]


@pytest.mark.parametrize("keys", ["*", "*#"])
def test_star_says_again_that_a_number_is_asked_for(board: Switchboard, keys: str) -> None:
    call = board.ring("sheffield-cpet", caller="anonymous").presses("3").hears(ASKS).presses(keys)
    call.hears(ASKS).does_not_hear("not a number that we can ring").presses("02079460998#").hears("0 9 9 8")


@pytest.mark.parametrize("keys", ["0", "0#"])
def test_nought_alone_where_a_number_is_asked_for_rings_the_default_destination(board: Switchboard, keys: str) -> None:
    board.ring("sheffield-cpet", caller="anonymous").presses("3").hears(ASKS).presses(keys).rings("0114 273 4925")


def test_nought_instead_of_a_pin_goes_to_the_default_destination(board: Switchboard) -> None:
    staff(board).presses("0#").does_not_hear("not the PIN").hears("For a call back, press 1.")
    assert HELPED in board.reasons


def test_hash_instead_of_a_pin_goes_to_the_menu_before(board: Switchboard) -> None:
    staff(board).presses("#").does_not_hear("not the PIN").hears("For consultation and advice, press 2.")


def test_stars_instead_of_a_pin_are_no_wrong_pins(board: Switchboard) -> None:
    call = staff(board)
    for _ in range(4):
        call.presses("*#").hears(PIN).does_not_hear("not the PIN")
    call.presses("1#").hears("That is not the PIN.").presses("2#").hears("That is not the PIN.").hears(PIN)
