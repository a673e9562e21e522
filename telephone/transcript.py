"""Who said and did what, and when?"""

from dataclasses import dataclass
from typing import Literal

Who = Literal["line", "twilio", "whisper", "caller", "callee", "phone", "call"]
"""line: what the application says to the caller. twilio: what Twilio itself says. whisper: what the application says
to the person called. caller, callee: what they do. phone: what a telephone does. call: how it ended."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a call's transcript; `at` is in seconds since the call began to ring."""

    at: float
    who: Who
    text: str


@dataclass(frozen=True, slots=True)
class Warned:
    """What Twilio would have written into its debugger: `code` is from its error dictionary."""

    code: int
    text: str
