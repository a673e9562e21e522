"""What does a Dial agree with whomever it rings, and what does it report?"""

from collections.abc import Set
from dataclasses import dataclass
from typing import Literal

from telephone.document import Element
from telephone.signature import Parameters

EXTRA_SECONDS = 5.0
"""Twilio rings about five seconds longer than `timeout` says. (Twilio: voice/twiml/dial)"""

DialStatus = Literal["completed", "busy", "no-answer", "failed", "canceled"]


@dataclass(frozen=True, slots=True)
class Terms:
    """The attributes of a Dial; seconds. `ring` is how long a telephone really rings."""

    ring: float
    limit: float
    caller_id: str
    answer_on_bridge: bool
    hangup_on_star: bool
    sequential: bool

    @classmethod
    def read(cls, verb: Element, caller: str) -> "Terms":
        """From the element, defaults filled in; the caller's own number is shown unless callerId says otherwise."""
        return cls(
            ring=float(verb.attribute("timeout", "30")) + EXTRA_SECONDS,
            limit=float(verb.attribute("timeLimit", "14400")),
            caller_id=verb.attribute("callerId", "") or caller,
            answer_on_bridge=verb.attribute("answerOnBridge", "false") == "true",
            hangup_on_star=verb.attribute("hangupOnStar", "false") == "true",
            sequential=verb.attribute("sequential", "false") == "true",
        )

    def refusal(self, allowed: Set[str]) -> tuple[int, str] | None:
        """Why Twilio would not show this caller ID: neither end of the call, nor ours. (Twilio: api/errors/13214)"""
        if self.caller_id in allowed:
            return None
        return 13214, f"callerId {self.caller_id!r} is not a number of this call or account"


@dataclass(frozen=True, slots=True)
class Dialled:
    """How a Dial came out. `seconds` is None where nobody answered: DialCallDuration is then not sent."""

    status: DialStatus
    sid: str
    seconds: int | None = None
    is_bridged: bool = False

    def parameters(self) -> Parameters:
        """What the action is told. (Twilio: voice/twiml/dial, action parameters)"""
        told = (
            ("DialCallStatus", self.status),
            ("DialCallSid", self.sid),
            ("DialBridged", "true" if self.is_bridged else "false"),
        )
        return told if self.seconds is None else (*told, ("DialCallDuration", str(self.seconds)))
