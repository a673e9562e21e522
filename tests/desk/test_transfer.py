"""The table of the warm transfer, cell by cell where a rule stands behind it, and whole where a rule holds for all of it."""

from itertools import product

import pytest

from desk.transfer import COMMANDS, TABLE, Deed, Event, RefusedError, State, after, offered

CELLS = list(product(State, Event))
LIVE = (State.RINGING, State.ADDING, State.LEFT, State.CONSULTING, State.JOINED)
HELD = (State.RINGING, State.CONSULTING)


@pytest.mark.parametrize(("state", "event"), CELLS)
def test_every_cell_leads_somewhere_or_is_refused_in_words(state: State, event: Event) -> None:
    if event in COMMANDS and (state, event) not in TABLE:
        with pytest.raises(RefusedError, match=state.word):
            after(state, event)
    else:
        assert after(state, event).to in State


@pytest.mark.parametrize(("state", "event"), CELLS)
def test_what_is_over_stays_over(state: State, event: Event) -> None:
    if state.is_over and event not in COMMANDS:
        assert after(state, event).to is state


@pytest.mark.parametrize("cell", [cell for cell in TABLE if cell[0] in HELD])
def test_a_held_caller_is_taken_off_hold_wherever_the_consultation_ends(cell: tuple[State, Event]) -> None:
    step = TABLE[cell]
    ends = step.to.is_over or step.to is State.JOINED
    if ends and cell[1] is not Event.CALLER_LEFT:
        assert Deed.TAKE_OFF_HOLD in step.deeds


@pytest.mark.parametrize("state", LIVE)
def test_a_caller_who_leaves_ends_every_live_transfer_and_leaves_no_phone_ringing(state: State) -> None:
    step = after(state, Event.CALLER_LEFT)
    assert step.to is State.CANCELLED
    assert set(step.deeds) & {Deed.STOP_RINGING, Deed.HANG_UP_CONSULTED}


@pytest.mark.parametrize("state", [State.COMPLETED, State.CANCELLED, State.FAILED])
def test_a_late_answer_is_turned_away(state: State) -> None:
    assert after(state, Event.ACCEPTED).deeds == (Deed.TURN_AWAY,)


def test_a_handler_who_hangs_up_in_a_consultation_has_handed_over() -> None:
    assert after(State.CONSULTING, Event.HANDLER_LEFT).to is State.COMPLETED


def test_two_completes_at_once_are_one() -> None:
    first = after(State.CONSULTING, Event.COMPLETE)
    assert after(first.to, Event.COMPLETE).to is first.to


def test_a_handler_who_goes_while_it_rings_leaves_the_caller_waiting_for_the_same_phone() -> None:
    left = after(State.RINGING, Event.HANDLER_LEFT)
    assert left.to.word == "ringing"
    assert after(left.to, Event.ACCEPTED).to is State.COMPLETED
    assert after(left.to, Event.NOBODY_LEFT).deeds == (Deed.SEND_ON,)


@pytest.mark.parametrize("cell", [cell for cell in TABLE if cell[0] is State.ADDING])
def test_whoever_is_to_join_at_once_holds_nobody(cell: tuple[State, Event]) -> None:
    assert Deed.TAKE_OFF_HOLD not in TABLE[cell].deeds
    assert TABLE[cell].to is not State.CONSULTING


def test_the_buttons_of_each_state() -> None:
    assert {state: offered(state) for state in State if offered(state)} == {
        State.RINGING: (Event.CANCEL,),
        State.ADDING: (Event.CANCEL,),
        State.CONSULTING: (Event.COMPLETE, Event.JOIN, Event.CANCEL),
        State.JOINED: (Event.COMPLETE, Event.CANCEL),
    }


def test_a_refused_command_says_what_can_be_done() -> None:
    with pytest.raises(RefusedError, match="A transfer that is ringing cannot be completed; you can cancel it"):
        after(State.RINGING, Event.COMPLETE)
