"""Which call is in hand? Noted where somebody begins to work on one, and read by whoever tells of it: the log, and traces.

It goes where its thread goes. Whoever gives work to another thread gives the context with it (``contextvars.copy_context``).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ivr.moment import Moment  # the log is read by commands that need no directory for it

SID = re.compile(r"[A-Z]{2}[0-9a-f]{1,34}")


@dataclass(slots=True)
class InHand:
    """A call that is worked on: its CallSid (the caller's, where a called person's leg asks), the path of the webhook, where there is
    one, and the line, once it is known."""

    call: str
    path: str = ""
    line: str = ""

    @property
    def told(self) -> str:
        """The CallSid as it may be told."""
        return tellable(self.call)


def tellable(sid: str) -> str:
    """A SID; empty where the text has not the form of one, for then nobody knows what it is."""
    return sid if SID.fullmatch(sid) else ""


IN_HAND: ContextVar[InHand | None] = ContextVar("in_hand", default=None)


def take(call: str, path: str) -> None:
    """A webhook of this call is answered from now on."""
    IN_HAND.set(InHand(call, path))


def noted(moment: "Moment") -> "Moment":
    """The moment, whose line is known from now on."""
    hand = IN_HAND.get()
    if hand:
        hand.line = moment.plan.line
    return moment


@contextmanager
def holding(call: str) -> Iterator[None]:
    """Something is done for this call. After a fault it stays in hand, so that whoever tells of the fault names the call."""
    before = IN_HAND.set(InHand(call))
    yield
    IN_HAND.reset(before)
