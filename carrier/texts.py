"""How is a text message sent? Through Twilio, and only where a deployment says from which number; never a second time by itself."""

from carrier.account import Account
from carrier.api import Api
from carrier.port import Done, Result
from carrier.twilio import Twilio
from directory.numbers import Number


class TwilioTexts(Twilio):
    """Text messages through Twilio's REST API. (Twilio: messaging/api/message-resource)"""

    def __init__(self, account: Account, sender: str) -> None:
        super().__init__(account)
        self._sender = sender

    def text(self, to: Number, words: str) -> Result:
        """One message, as our number or name."""
        form = {"To": to.e164, "From": self._sender, "Body": words}

        def sent(api: Api) -> Result:
            api.post("Messages", form)
            return Done()

        return self._asked(sent)
