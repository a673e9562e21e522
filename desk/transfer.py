"""What becomes of a warm transfer when something happens? One table of state and event; nothing here rings or waits.

A handler (H) speaks to somebody else (X, the consulted party) while the caller (C) is on hold. Three rules stand behind
every cell: the caller is never alone in silence, nobody is rung twice, and a late answer is turned away politely. The
diagram in ``docs/desk.md``, the buttons of the page and the answers of the API are drawn from this table
(Twilio: recipe 9.2; ADR 0010).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a transfer is. ``LEFT`` is a ringing one whose handler has gone: the caller waits for the other alone. ``ADDING`` is a
    ringing one whose caller is not on hold: the other is to join the two at once, as the police do (B:37)."""

    RINGING = "ringing"
    ADDING = "adding"
    LEFT = "left"
    CONSULTING = "consulting"
    JOINED = "joined"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def word(self) -> str:
        """The state as the contract names it."""
        return State.RINGING.value if self in (State.LEFT, State.ADDING) else self.value

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked of anybody."""
        return self in (State.COMPLETED, State.CANCELLED, State.FAILED)


class Event(StrEnum):
    """What can happen: a handler's command, or what a telephone did."""

    COMPLETE = "complete"
    JOIN = "join"
    CANCEL = "cancel"
    ACCEPTED = "accepted"
    UNREACHED = "unreached"
    NOBODY_LEFT = "nobody-left"
    CONSULTED_LEFT = "consulted-left"
    HANDLER_LEFT = "handler-left"
    CALLER_LEFT = "caller-left"


COMMANDS = frozenset((Event.COMPLETE, Event.JOIN, Event.CANCEL))


class Deed(StrEnum):
    """What is done about it. Each one can be done twice without harm, and only hurries what the legs' own documents would do."""

    RING_NEXT = "ring the next phone"
    STOP_RINGING = "stop the phone that rings"
    LET_IN = "let the consulted party in"
    TURN_AWAY = "turn a late answer away"
    HANG_UP_CONSULTED = "end the consulted party's leg"
    TAKE_OFF_HOLD = "take the caller off hold"
    HAND_OVER = "make the consulted party the owner of the call, and release the handler"
    TELL_HANDLER = "tell the handler"
    SEND_ON = "send the caller on"


@dataclass(frozen=True, slots=True)
class Step:
    """One cell of the table."""

    to: State
    deeds: tuple[Deed, ...] = ()


Cell = tuple[State, Event]

TABLE: Mapping[Cell, Step] = {
    (State.RINGING, Event.ACCEPTED): Step(State.CONSULTING, (Deed.LET_IN,)),
    (State.RINGING, Event.UNREACHED): Step(State.RINGING, (Deed.RING_NEXT,)),
    (State.RINGING, Event.NOBODY_LEFT): Step(State.FAILED, (Deed.TAKE_OFF_HOLD, Deed.TELL_HANDLER)),
    (State.RINGING, Event.CANCEL): Step(State.CANCELLED, (Deed.STOP_RINGING, Deed.TAKE_OFF_HOLD)),
    (State.RINGING, Event.HANDLER_LEFT): Step(State.LEFT),
    (State.RINGING, Event.CALLER_LEFT): Step(State.CANCELLED, (Deed.STOP_RINGING, Deed.TELL_HANDLER)),
    (State.ADDING, Event.ACCEPTED): Step(State.JOINED, (Deed.LET_IN,)),
    (State.ADDING, Event.UNREACHED): Step(State.ADDING, (Deed.RING_NEXT,)),
    (State.ADDING, Event.NOBODY_LEFT): Step(State.FAILED, (Deed.TELL_HANDLER,)),
    (State.ADDING, Event.CANCEL): Step(State.CANCELLED, (Deed.STOP_RINGING,)),
    (State.ADDING, Event.HANDLER_LEFT): Step(State.LEFT),
    (State.ADDING, Event.CALLER_LEFT): Step(State.CANCELLED, (Deed.STOP_RINGING, Deed.TELL_HANDLER)),
    (State.LEFT, Event.ACCEPTED): Step(State.COMPLETED, (Deed.LET_IN,)),
    (State.LEFT, Event.UNREACHED): Step(State.LEFT, (Deed.RING_NEXT,)),
    (State.LEFT, Event.NOBODY_LEFT): Step(State.FAILED, (Deed.SEND_ON,)),
    (State.LEFT, Event.CALLER_LEFT): Step(State.CANCELLED, (Deed.STOP_RINGING,)),
    (State.LEFT, Event.HANDLER_LEFT): Step(State.LEFT),
    (State.CONSULTING, Event.ACCEPTED): Step(State.CONSULTING, (Deed.LET_IN,)),
    (State.CONSULTING, Event.COMPLETE): Step(State.COMPLETED, (Deed.TAKE_OFF_HOLD, Deed.HAND_OVER)),
    (State.CONSULTING, Event.JOIN): Step(State.JOINED, (Deed.TAKE_OFF_HOLD,)),
    (State.CONSULTING, Event.CANCEL): Step(State.CANCELLED, (Deed.HANG_UP_CONSULTED, Deed.TAKE_OFF_HOLD)),
    (State.CONSULTING, Event.CONSULTED_LEFT): Step(State.FAILED, (Deed.TAKE_OFF_HOLD, Deed.TELL_HANDLER)),
    (State.CONSULTING, Event.HANDLER_LEFT): Step(State.COMPLETED, (Deed.TAKE_OFF_HOLD, Deed.HAND_OVER)),
    (State.CONSULTING, Event.CALLER_LEFT): Step(State.CANCELLED, (Deed.HANG_UP_CONSULTED, Deed.TELL_HANDLER)),
    (State.JOINED, Event.ACCEPTED): Step(State.JOINED, (Deed.LET_IN,)),
    (State.JOINED, Event.COMPLETE): Step(State.COMPLETED, (Deed.HAND_OVER,)),
    (State.JOINED, Event.JOIN): Step(State.JOINED, (Deed.TAKE_OFF_HOLD,)),
    (State.JOINED, Event.CANCEL): Step(State.CANCELLED, (Deed.HANG_UP_CONSULTED,)),
    (State.JOINED, Event.CONSULTED_LEFT): Step(State.CANCELLED, (Deed.TELL_HANDLER,)),
    (State.JOINED, Event.HANDLER_LEFT): Step(State.COMPLETED, (Deed.HAND_OVER,)),
    (State.JOINED, Event.CALLER_LEFT): Step(State.CANCELLED, (Deed.HANG_UP_CONSULTED, Deed.TELL_HANDLER)),
    (State.COMPLETED, Event.COMPLETE): Step(State.COMPLETED, (Deed.TAKE_OFF_HOLD, Deed.HAND_OVER)),
    (State.COMPLETED, Event.ACCEPTED): Step(State.COMPLETED, (Deed.TURN_AWAY,)),
    (State.COMPLETED, Event.CALLER_LEFT): Step(State.COMPLETED, (Deed.HANG_UP_CONSULTED,)),
    (State.COMPLETED, Event.CONSULTED_LEFT): Step(State.COMPLETED, (Deed.SEND_ON,)),
    (State.CANCELLED, Event.CANCEL): Step(State.CANCELLED, (Deed.TAKE_OFF_HOLD,)),
    (State.CANCELLED, Event.ACCEPTED): Step(State.CANCELLED, (Deed.TURN_AWAY,)),
    (State.FAILED, Event.ACCEPTED): Step(State.FAILED, (Deed.TURN_AWAY,)),
}
"""What is not in the table does not happen: a command is refused in words, anything else is too late and changes nothing."""


class RefusedError(ValueError):
    """A command that the state of the transfer does not allow; the message says what it does allow."""


def after(state: State, event: Event) -> Step:
    """The next state and what is to be done. A command that is not offered raises RefusedError."""
    step = TABLE.get((state, event))
    if step:
        return step
    if event in COMMANDS:
        raise RefusedError(_refusal(state, event))
    return Step(state)


def offered(state: State) -> tuple[Event, ...]:
    """The commands of a state that lead on, in the order of the buttons."""
    return tuple(event for event in Event if event in COMMANDS and _leads_on(state, event))


def _leads_on(state: State, event: Event) -> bool:
    step = TABLE.get((state, event))
    return step is not None and step.to is not state


def _refusal(state: State, event: Event) -> str:
    able = " or ".join(command.value for command in offered(state))
    rest = f"you can {able} it" if able else "nothing more can be done with it"
    return f"A transfer that is {state.word} cannot be {PAST[event]}; {rest}."


PAST = {Event.COMPLETE: "completed", Event.JOIN: "joined", Event.CANCEL: "cancelled"}
