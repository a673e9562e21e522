"""How is a number of the account told whom to ask when it rings? Only the addresses are set, and nothing that costs."""

from dataclasses import dataclass
from time import monotonic
from urllib.parse import quote

from requests import Session

from carrier.account import Account
from carrier.answers import Failure
from carrier.api import Api, UnansweredError
from carrier.inspecting import SECONDS, Hook, OwnNumber
from carrier.patience import Patience


@dataclass(frozen=True, slots=True)
class Hooks:
    """Whom a number asks: when a call comes in, when that fails, and when a call has ended."""

    voice: Hook
    fallback: Hook
    status: Hook


class Setter:
    """Sets numbers of an account, one at a time; each ends within its seconds."""

    def __init__(self, account: Account, seconds: float = SECONDS) -> None:
        self._account, self._patience = account, Patience(seconds)

    def close(self) -> None:
        """Ask nothing more."""
        self._patience.close()

    def set(self, number: OwnNumber, hooks: Hooks) -> Failure | None:
        """Set all three, and take off an application, which would go before them; nothing where it was done. Doing it twice changes
        nothing."""
        until = monotonic() + self._patience.seconds
        form = _form(hooks) | ({"VoiceApplicationSid": ""} if number.application else {})

        def visit() -> Failure | None:
            with Session() as session:
                try:
                    Api(self._account, session, until).post(f"IncomingPhoneNumbers/{quote(number.sid, safe='')}", form)
                except UnansweredError as fault:
                    return fault.result
            return None

        return self._patience.within(visit)


def _form(hooks: Hooks) -> dict[str, str | list[str]]:
    return {
        "VoiceUrl": hooks.voice.url, "VoiceMethod": hooks.voice.method,
        "VoiceFallbackUrl": hooks.fallback.url, "VoiceFallbackMethod": hooks.fallback.method,
        "StatusCallback": hooks.status.url, "StatusCallbackMethod": hooks.status.method,
    }  # fmt: skip
