"""Every cell of the table that a telephone or a handler can bring about, played with all three people at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from desk.transfer import TABLE, Event, State
from telephone import Fault, Leg, RestFault
from tests.admin.desk_client import Holder
from tests.desk.stage import CONSULTED, DEPUTY, HANDLER, Stage

REPEATED = {(state, Event.ACCEPTED) for state in (State.CONSULTING, State.JOINED)}
"""A request that Twilio repeats: the leg finds itself in already (``test_a_repeated_key_changes_nothing``)."""

STAYS = {(State.LEFT, Event.HANDLER_LEFT), (State.FAILED, Event.ACCEPTED), (State.COMPLETED, Event.ACCEPTED)}
"""Told a second time, or too late: the table's own tests have them."""

CELLS = [cell for cell in TABLE if cell not in REPEATED | STAYS]


@dataclass
class Trio:
    """Caller, handler and consulted party, and the transfer that they are in."""

    stage: Stage
    handler: Holder
    caller: Leg
    transfer: str

    def commands(self, event: Event) -> None:
        self.stage.commands(self.handler, self.transfer, event.value)

    def accepts(self, number: str = CONSULTED) -> None:
        self.stage.until(lambda: self.stage.exchange.phone(number).is_ringing, 20)
        self.stage.exchange.phone(number).answers()
        leg = self.stage.exchange.phone(number).leg
        self.stage.until(lambda: leg.is_listened_to, 15)
        leg.presses("1")
        self.stage.exchange.advance(2)

    def is_answered(self) -> None:
        """Somebody picks up and hears the whisper; they have not pressed yet."""
        self.stage.until(lambda: self.stage.exchange.phone(CONSULTED).is_ringing, 20)
        self.stage.exchange.phone(CONSULTED).answers()
        self.stage.until(lambda: self.stage.exchange.phone(CONSULTED).leg.is_listened_to, 15)

    def presses_late(self) -> None:
        self.stage.exchange.phone(CONSULTED).leg.presses("1")
        self.stage.exchange.advance(1)

    def declines(self, number: str = CONSULTED) -> None:
        self.stage.until(lambda: self.stage.exchange.phone(number).is_ringing, 20)
        self.stage.exchange.phone(number).declines()
        self.stage.exchange.advance(1)

    def hangs_up(self, number: str) -> None:
        leg = self.caller if number == "caller" else self.stage.exchange.phone(number).leg
        if not leg.is_over:
            leg.hangs_up()


def rings(trio: Trio) -> None:
    trio.stage.until(lambda: trio.stage.exchange.phone(CONSULTED).is_ringing, 20)


def leaves(trio: Trio) -> None:
    rings(trio)
    trio.hangs_up(HANDLER)
    trio.stage.exchange.advance(3)


def joins(trio: Trio) -> None:
    trio.accepts()
    trio.commands(Event.JOIN)


def completes(trio: Trio) -> None:
    trio.accepts()
    trio.commands(Event.COMPLETE)


def cancels(trio: Trio) -> None:
    """The phone cannot be stopped for a while, so that its answer comes too late."""
    trio.is_answered()
    trio.stage.exchange.rest.fails(RestFault(Fault.BROKEN, path=r"/Calls/CA\w+\.json", times=3))
    trio.commands(Event.CANCEL)


def nobody_answers(trio: Trio) -> None:
    trio.declines()
    trio.declines(DEPUTY)


REACHED: Mapping[State, Callable[[Trio], None]] = {
    State.RINGING: rings,
    State.ADDING: rings,
    State.LEFT: leaves,
    State.CONSULTING: Trio.accepts,
    State.JOINED: joins,
    State.COMPLETED: completes,
    State.CANCELLED: cancels,
}
CAUSED: Mapping[Event, Callable[[Trio], None]] = {
    Event.COMPLETE: lambda trio: trio.commands(Event.COMPLETE),
    Event.JOIN: lambda trio: trio.commands(Event.JOIN),
    Event.CANCEL: lambda trio: trio.commands(Event.CANCEL),
    Event.ACCEPTED: Trio.accepts,
    Event.UNREACHED: Trio.declines,
    Event.NOBODY_LEFT: nobody_answers,
    Event.CONSULTED_LEFT: lambda trio: trio.hangs_up(CONSULTED),
    Event.HANDLER_LEFT: lambda trio: trio.hangs_up(HANDLER),
    Event.CALLER_LEFT: lambda trio: trio.hangs_up("caller"),
}
PARTICULAR: Mapping[tuple[State, Event], Callable[[Trio], None]] = {
    (State.CANCELLED, Event.ACCEPTED): Trio.presses_late,
}


@pytest.mark.parametrize("cell", CELLS, ids=[f"{state.value}-{event.value}" for state, event in CELLS])
def test_everybody_is_where_the_table_has_them(stage: Stage, handler: Holder, cell: tuple[State, Event]) -> None:
    caller = stage.talking()
    mode = "join" if cell[0] is State.ADDING else "warm"
    trio = Trio(stage, handler, caller, stage.transfer(caller, handler, mode)["id"])
    REACHED[cell[0]](trio)
    assert stage.state(trio.transfer) == cell[0].value
    PARTICULAR.get(cell, CAUSED[cell[1]])(trio)
    stage.exchange.advance(8)
    assert stage.state(trio.transfer) == TABLE[cell].to.value
    assert where(trio, cell) == expected(cell)
    assert stage.exchange.longest_silence(caller).seconds <= 5
    assert stage.exchange.rung_twice_at_once() == []


def where(trio: Trio, cell: tuple[State, Event]) -> set[str]:
    """Whom the caller hears, or who is still there once they have gone."""
    if cell[1] is Event.CALLER_LEFT:
        return {leg.person for leg in trio.stage.exchange.legs if not leg.is_over}
    return trio.stage.hears(trio.caller)


def expected(cell: tuple[State, Event]) -> set[str]:
    state, event = TABLE[cell].to, cell[1]
    if event is Event.CALLER_LEFT or state in (State.RINGING, State.LEFT, State.CONSULTING):
        return set()
    if event is Event.CONSULTED_LEFT and state is State.COMPLETED:
        return set()
    if cell == (State.LEFT, Event.NOBODY_LEFT):
        return set()
    return {State.JOINED: {HANDLER, CONSULTED}, State.COMPLETED: {CONSULTED}}.get(state, {HANDLER})


def test_a_late_answer_is_turned_away_in_words(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    trio = Trio(stage, handler, caller, stage.transfer(caller, handler)["id"])
    cancels(trio)
    trio.presses_late()
    stage.exchange.advance(6)
    assert stage.exchange.phone(CONSULTED).leg.has_heard("The caller is being helped already. Goodbye.")


def test_a_caller_left_while_a_phone_rings_hears_that_we_still_try_and_is_connected(
    stage: Stage, handler: Holder
) -> None:
    caller = stage.talking()
    trio = Trio(stage, handler, caller, stage.transfer(caller, handler)["id"])
    leaves(trio)
    stage.exchange.advance(4)
    assert caller.has_heard("We are still trying to reach somebody for you")
    trio.accepts()
    stage.until(lambda: stage.hears(caller) == {CONSULTED}, 10)


def test_a_repeated_key_changes_nothing(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    trio = Trio(stage, handler, caller, stage.transfer(caller, handler)["id"])
    trio.accepts()
    key = next(one for one in reversed(stage.exchange.attempts) if "/a0" in one.request.url)
    again = stage.sends_again(key)
    assert again == key.answer
    assert stage.state(trio.transfer) == "consulting"
