"""How is a text message sent? Through Twilio, and only where a deployment says from which number; never a second time by itself."""

from carrier.account import Account
from carrier.answers import NOT_A_DESTINATION, refusal
from carrier.api import Api
from carrier.port import Done, Result
from carrier.twilio import Twilio
from directory.numbers import Number
from directory.policy import may_be_texted


class TwilioTexts(Twilio):
    """Text messages through Twilio's REST API. (Twilio: messaging/api/message-resource)"""

    def __init__(self, account: Account, sender: str) -> None:
        super().__init__(account)
        self._sender = sender

    def text(self, to: Number, words: str) -> Result:
        """One message, as our number or name; only to a mobile."""
        if not may_be_texted(to):
            return refusal(NOT_A_DESTINATION)
        form = {"To": to.e164, "From": self._sender, "Body": words}

        def sent(api: Api) -> Result:
            api.post("Messages", form)
            return Done()

        return self._asked(sent)
