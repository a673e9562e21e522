"""Which carrier does a deployment have, and who sends its text messages? Only who calls out pays for the imports."""

from collections.abc import Mapping

from carrier.account import Account
from carrier.port import Carrier
from carrier.texting import Texting
from carrier.unplugged import Unplugged


def carrier_of(account: Account) -> Carrier:
    """Twilio's REST API, or nothing where the account has no address: a rehearsal places no call."""
    if not account.url:
        return Unplugged()
    from carrier.twilio import Twilio  # noqa: PLC0415  # as said

    return Twilio(account)


def texting_of(account: Account, sender: str, forms: Mapping[str, str]) -> Texting | None:
    """Text messages, where a deployment has an account and says from whom they come."""
    if not (account.url and sender):
        return None
    from carrier.texts import TwilioTexts  # noqa: PLC0415  # as said

    return Texting(TwilioTexts(account, sender), forms)
