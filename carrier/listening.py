"""How is a real test call placed? From one of our numbers to another, with TwiML that listens and hangs up; never a second time."""

from typing import Protocol

from carrier.answers import NOT_A_DESTINATION, NOT_THERE, refusal
from carrier.api import Api
from carrier.port import Done, Gone, Result
from carrier.twilio import Twilio
from directory.numbers import E164, Number
from directory.policy import is_never_dialled

LISTENS = '<Response><Pause length="{seconds}"/><Hangup/></Response>'
RINGS_SECONDS = 20
LONGEST_SECONDS = 10


class Listening(Protocol):
    """Whoever places a call that only listens."""

    def listen(self, to: Number, caller_id: Number, seconds: int) -> Result:
        """Place it; ``Done`` carries its sid, ``Unknown`` where it may have been placed."""
        ...


class TwilioListening(Twilio):
    """Through Twilio's REST API. (Twilio: voice/api/call-resource, Twiml and TimeLimit)"""

    def listen(self, to: Number, caller_id: Number, seconds: int) -> Result:
        """Its TwiML goes along, so that no webhook of ours is asked for the listening leg; ten seconds end it in any case.
        What is never dialled is not asked for."""
        if is_never_dialled(to) or not E164.fullmatch(caller_id.e164):
            return refusal(NOT_A_DESTINATION)
        form = {
            "To": to.e164, "From": caller_id.e164, "Twiml": LISTENS.format(seconds=seconds), "Timeout": str(RINGS_SECONDS),
            "TimeLimit": str(LONGEST_SECONDS),
        }  # fmt: skip

        def placed(api: Api) -> Result:
            return Done(str(api.post("Calls", form).get("sid") or ""))

        result = self._asked(placed)
        return refusal(NOT_THERE) if isinstance(result, Gone) else result
