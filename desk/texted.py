"""What became of a text message that was asked for? One word for each answer of the carrier, as a paper keeps it."""

from typing import assert_never

from carrier.port import Busy, Done, Gone, Refused, Result, Unknown

ASKED, SENT, MAYBE, NOT_SENT = "asked", "sent", "unknown", "not-sent"


def state_of(result: Result) -> str:
    """The word for an answer."""
    match result:
        case Done():
            return SENT
        case Unknown():
            return MAYBE
        case Refused() | Busy() | Gone():
            return NOT_SENT
        case _:
            assert_never(result)
