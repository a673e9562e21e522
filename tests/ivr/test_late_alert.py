"""Who may leave a late alert on Call Derbyshire, and what happens to those who are not known? (B:64-69)"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from directory.snapshot import written
from ivr.moment import World
from ivr.steps.staff_only import pin_text
from tests.telling import Switchboard

STAFF = "+442079460231"
LATE = "An alert should say what is needed and why, and which manager you consulted."
BY_DAY = "Please consult your manager, then use the Mosaic step"
PIN = "4711"


@pytest.fixture
def with_pin(world: World) -> Iterator[Switchboard]:
    """Derbyshire with a PIN for its staff."""
    directory = world.directory
    authority = replace(directory.authorities["derbyshire"], staff_pin=world.keyed(pin_text("derbyshire", PIN)))
    changed = directory.changed(directory.version + 1, [written(authority)])
    board = Switchboard(replace(world, directory=changed))
    yield board
    assert board.staged is None or board.staged.memory.faults == []


def test_a_known_number_is_let_on_at_once(board: Switchboard) -> None:
    board.ring("call-derbyshire", "Wed 18:00", STAFF).presses("3").presses("3").hears(LATE).does_not_hear("PIN")
    assert "The caller is known as staff by their number." in board.reasons


def test_the_right_pin_is_let_on(with_pin: Switchboard) -> None:
    call = with_pin.ring("call-derbyshire", "Wed 18:00").presses("3").presses("3").hears("Please key your PIN")
    call.presses(f"{PIN}#").hears(LATE)
    assert "The caller is known as staff by the PIN." in with_pin.reasons


def test_a_wrong_pin_three_times_leads_back_to_the_professionals_choices(with_pin: Switchboard) -> None:
    call = with_pin.ring("call-derbyshire", "Wed 18:00").presses("3").presses("3")
    call.presses("1234#").hears("That is not the PIN.").presses("1235#").hears("That is not the PIN.")
    call.presses("1236#").does_not_hear(LATE).hears("For consultation and advice, press 2.")


def test_the_right_pin_at_the_third_try_is_let_on(with_pin: Switchboard) -> None:
    call = with_pin.ring("call-derbyshire", "Wed 18:00").presses("3").presses("3")
    call.presses("1234#").presses("1235#").presses(f"{PIN}#").hears(LATE)


def test_silence_three_times_leads_back_likewise(with_pin: Switchboard) -> None:
    call = (
        with_pin.ring("call-derbyshire", "Wed 18:00").presses("3").presses("3").waits().hears("I did not hear a PIN.")
    )
    call.waits().waits().does_not_hear(LATE).hears("For a child at risk, press 0.")


@pytest.mark.parametrize("keyed", ["0000#", "1#", "4711#"])
def test_without_a_pin_on_record_no_key_lets_anybody_on(board: Switchboard, keyed: str) -> None:
    board.ring("call-derbyshire", "Wed 18:00").presses("3").presses("3").presses(keyed).hears("That is not the PIN.")


def test_another_authoritys_staff_are_not_ours(board: Switchboard) -> None:
    board.ring("call-derbyshire", "Wed 18:00", "+442079460251").presses("3").presses("3").hears("Please key your PIN")


def test_a_withheld_member_of_staff_keys_the_pin(with_pin: Switchboard) -> None:
    call = with_pin.ring("call-derbyshire", "Wed 18:00", "anonymous").presses("3").presses("3")
    call.hears("Please key your PIN").presses(f"{PIN}#").hears(LATE)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("Wed 16:59", BY_DAY),
        ("Wed 17:00", LATE),
        ("Sat 11:00", LATE),
        ("2026-12-25T11:00", LATE),
        ("Fri 16:00", BY_DAY),
    ],
)
def test_an_alert_is_late_when_the_day_team_has_gone(board: Switchboard, when: str, words: str) -> None:
    board.ring("call-derbyshire", when, STAFF).presses("3").presses("3").hears(words)


def test_by_day_only_exceptional_circumstances_go_on_by_telephone(board: Switchboard) -> None:
    call = board.ring("call-derbyshire", "Wed 10:00", STAFF).presses("3").presses("3").hears(BY_DAY)
    call.presses("1").hears("agree a plan with the Out of Hours Team").hears("For a call back, press 1.")
    again = board.ring("call-derbyshire", "Wed 10:00", STAFF).presses("3").presses("3").presses("2")
    again.hears("dial 9 9 9. Goodbye.").has_ended()


def test_the_pin_never_reaches_a_url(with_pin: Switchboard) -> None:
    call = with_pin.ring("call-derbyshire", "Wed 18:00").presses("3").presses("3").presses(f"{PIN}#")
    assert not any(PIN in exchange.request.url for exchange in call.exchanges)
